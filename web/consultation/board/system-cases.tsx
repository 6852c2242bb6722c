import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'

import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { casesOfSystemQuery } from './calls.ts'
import { useDeed } from './use-deed.ts'

/** On the page of a system: whether the Board was consulted, and the way to it. Who keeps no docket sees no panel. */
export function SystemCases({ systemId }: { systemId: string }) {
  return useMe()?.may['read-docket'] === true ? <Cases systemId={systemId} /> : null
}

function Cases({ systemId }: { systemId: string }) {
  const t = useTexts()
  const f = useFormat()
  const router = useRouter()
  const words = t.docket.system
  const found = useQuery(casesOfSystemQuery(systemId))
  const prepare = useDeed(
    () => api.post<{ id: string }>('/board/cases', { systemId }),
    ({ id }) => router.history.push(paths.boardCase(id)),
  )
  return (
    <Panel title={words.title}>
      <Loaded query={found}>
        {({ cases, verdict, may }) => (
          <>
            <p className="mb-3">{verdict === 'consult-board' ? words.asked : words.voluntary}</p>
            {cases.length === 0 && <p className="mb-3">{words.none}</p>}
            <ul className="mb-3">
              {cases.map((one) => (
                <li key={one.id} className="flex flex-wrap items-center gap-2 border-b border-solid-gray-200 py-2">
                  <Link href={paths.boardCase(one.id)}>{`${one.number ?? t.docket.list.noNumber} ${one.title}`}</Link>
                  <Tag>{t.docket.states[one.state]}</Tag>
                  <span className="text-note text-solid-gray-700">{f.date(one.submittedAt ?? one.updatedAt)}</span>
                </li>
              ))}
            </ul>
            {prepare.isError && <Problem error={prepare.error} />}
            {may.prepare && (
              <Button look="outline" busy={prepare.isPending} onPress={() => prepare.mutate(undefined)}>
                {words.prepare}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  )
}
