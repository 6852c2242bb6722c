import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { CatalogSummary } from '#catalog/api.ts'
import type { Catalog } from '#catalog/model.ts'
import type { Rejudgement } from '#finder/api.ts'
import { api } from '#web/api.ts'
import { catalogsQuery } from '#web/catalog/load.ts'
import { paths } from '#web/paths.ts'
import { useMe } from '#web/shell/session.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag, VerdictTag } from '#web/ui/tags.tsx'

/** Stored answers under another edition: first what would differ, then, when wanted, the new assessments. */
export function Rejudge({ inForce }: { inForce: Catalog }) {
  const t = useTexts()
  const query = useQuery(catalogsQuery)
  const words = t.finder.rejudge
  return (
    <Section title={words.title} id="rejudge">
      <p className="mb-3">{words.text}</p>
      <Loaded query={query}>
        {({ catalogs }) => {
          const editions = catalogs.filter((c) => c.id === inForce.id && (c.parts['questions'] ?? 0) > 0)
          return (
            <>
              {editions.length === 1 && <p className="mb-3 text-note">{words.noOther}</p>}
              <Trial editions={editions} />
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}

function Trial({ editions }: { editions: readonly CatalogSummary[] }) {
  const t = useTexts()
  const me = useMe()
  const queryClient = useQueryClient()
  const words = t.finder.rejudge
  const [edition, setEdition] = useState(editions.find((e) => !e.inForce)?.edition ?? editions[0]?.edition ?? '')
  const chosen = editions.find((e) => e.edition === edition)
  const refused = me?.may.rejudge ? undefined : words.onlyCaio
  const call = (record: boolean) => api.post<Rejudgement>('/finder/rejudge', { catalog: chosen?.id, edition, record })
  const trial = useMutation({ mutationFn: () => call(false) })
  const recording = useMutation({ mutationFn: () => call(true), onSuccess: () => queryClient.invalidateQueries() })
  return (
    <>
      <div className="flex flex-wrap items-end gap-4">
        <Select
          label={words.edition}
          value={edition}
          onChange={(id) => {
            setEdition(id)
            trial.reset()
            recording.reset()
          }}
          choices={editions.map((e) => ({
            id: e.edition,
            name: `${t.catalog.shortEdition(e.id, e.edition)}${e.inForce ? words.inForce : ''}`,
          }))}
        />
        <Button onPress={() => trial.mutate()} busy={trial.isPending} blockedBecause={refused}>
          {words.try}
        </Button>
      </div>
      {trial.error && <Problem error={trial.error} onAgain={() => trial.mutate()} />}
      {trial.data && !recording.data && (
        <Outcome result={trial.data} onRecord={() => recording.mutate()} busy={recording.isPending} />
      )}
      {recording.error && <Problem error={recording.error} takesFocus />}
      {recording.data && (
        <Notice kind="success" title={words.recorded(formatNumber(recording.data.recorded))} level={3}>
          {words.recordedText}
        </Notice>
      )}
    </>
  )
}

type OutcomeProps = { result: Rejudgement; onRecord: () => void; busy: boolean }
function Outcome({ result, onRecord, busy }: OutcomeProps) {
  const t = useTexts()
  const words = t.finder.rejudge
  const { differs, same, cannotJudge } = result
  return (
    <div className="mt-4">
      <output className="block mb-3">
        {differs.length === 0 ? `${words.none} ` : ''}
        {words.result(formatNumber(differs.length), formatNumber(same), formatNumber(cannotJudge))}
      </output>
      {differs.length > 0 && (
        <DataTable
          caption={words.title}
          rows={differs}
          rowKey={(row) => row.useId}
          columns={[
            {
              id: 'name',
              name: words.name,
              cell: (row) => (
                <>
                  <Link href={paths.useFinder(row.useId)}>{row.name}</Link>{' '}
                  <span className="text-solid-gray-700">{row.number}</span>
                </>
              ),
            },
            { id: 'from', name: words.from, cell: (row) => <VerdictTag verdict={row.from} /> },
            {
              id: 'to',
              name: words.to,
              cell: (row) => (
                <>
                  <VerdictTag verdict={row.to} /> {row.judged && <Tag>{words.judged}</Tag>}
                </>
              ),
            },
          ]}
        />
      )}
      <p className="mt-3 mb-2 text-note">{words.recordHelp}</p>
      <Button onPress={onRecord} busy={busy}>
        {words.record(formatNumber(differs.length + same))}
      </Button>
    </div>
  )
}
