import type { ReactNode } from 'react'

import type { SheetItem } from '#procurement/sheets/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'

/** How the item is proved, by whom, until when. */
export function ProofsPart({ item, edit }: { item: SheetItem; edit: ReactNode }) {
  const t = useTexts().procurement
  const f = useFormat()
  return (
    <>
      {item.proofs.length === 0 && <p className="text-solid-gray-700">{t.noProof}</p>}
      {item.proofs.length > 0 && (
        <ul className="divide-y divide-solid-gray-300">
          {item.proofs.map((proof) => (
            <li key={proof.id} className="py-1.5 first:pt-0">
              <span lang="ja">{proof.what}</span>
              <b className="block">
                {proof.state === 'done' ? (
                  <span className="inline-flex items-center gap-1 text-green-900">
                    <Icon name="circle-tick" size={16} />
                    {t.proofStates.done}
                  </span>
                ) : (
                  t.proofStages[proof.stage]
                )}
                {proof.kind === 'run-time-rule' && <span className="block">{t.item.enforced}</span>}
              </b>
              {proof.setting !== null && <span className="block wrap-anywhere">{t.item.setting(proof.setting)}</span>}
              <span className="text-solid-gray-700">
                {t.item.responsible(proof.responsible)}
                {proof.dueOn !== null && <span className="keep block">{t.item.due(f.date(proof.dueOn))}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {item.files > 0 && <p className="text-solid-gray-700">{t.item.attached(f.number(item.files))}</p>}
      {edit}
    </>
  )
}
