import type { SystemDetail } from '#register/api.ts'
import { factOf } from '#register/model.ts'
import { verdictOrder } from '#register/model-verdict.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Link } from '#web/ui/link.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { VerdictTag } from '#web/ui/tags.tsx'

import { FactView } from './fact-view.tsx'
import { useUseName } from './use-names.ts'

type Props = { system: SystemDetail; chosen: string | undefined }

/** Several uses: they come first with their verdicts, the strictest named. */
export function UsesPanel({ system, chosen }: Props) {
  const t = useTexts()
  const words = t.register.system.uses
  const nameOf = useUseName(system)
  const rows = system.uses.toSorted((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict))
  return (
    <div className="mb-6">
      <Panel title={words.title}>
        <p className="mb-3">{words.strictest(t.words.verdicts[system.strictest])}</p>
        <ul>
          {rows.map((use) => {
            const name = nameOf(use)
            return (
              <li
                key={use.id}
                className="grid items-center gap-x-4 gap-y-1 border-t border-solid-gray-200 py-3 md:grid-cols-[minmax(0,1fr)_11rem_12rem_14rem]"
              >
                <span className="font-700 text-solid-gray-900">{name}</span>
                <span>
                  <VerdictTag verdict={use.stale ? 'stale' : use.verdict} />
                </span>
                <span className="text-note">
                  <FactView field="users-kind" fact={factOf(use.facts, 'users-kind')} />
                </span>
                <span className="keep flex gap-4 text-note">
                  {use.id === chosen ? (
                    <span className="text-solid-gray-700">{words.chosen}</span>
                  ) : (
                    <Link href={paths.system(system.id, { use: use.id })} label={words.showOf(name)}>
                      {words.show}
                    </Link>
                  )}
                  <Link href={paths.useFinder(use.id)} label={words.open(name)}>
                    {t.register.system.tabs.finder}
                  </Link>
                </span>
              </li>
            )
          })}
        </ul>
      </Panel>
    </div>
  )
}
