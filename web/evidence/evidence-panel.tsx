import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { useMe } from '#web/shell/session.ts'

import { AttachForm } from './attach-form.tsx'
import { type EvidenceOf, evidenceQuery } from './calls.ts'
import { EvidenceItem } from './evidence-item.tsx'

type Props = {
  of: EvidenceOf
  /** Other words than those for the papers behind a registration. */
  words?: { readonly title: string; readonly lead: string; readonly none: string }
}

/** The papers of an item. Who may not see evidence sees no panel. */
export function EvidencePanel(props: Props) {
  return useMe()?.may['read-evidence'] === true ? <Papers {...props} /> : null
}

function Papers({ of, words }: Props) {
  const t = useTexts().evidence
  const [adding, setAdding] = useState(false)
  const [added, setAdded] = useState<string>()
  const evidence = useQuery(evidenceQuery(of))
  return (
    <div className="mt-6">
      <Panel title={words?.title ?? t.title}>
        <p className="mb-4">{words?.lead ?? t.lead}</p>
        <Loaded query={evidence}>
          {({ items, rules, may }) => (
            <>
              <div aria-live="polite" className="mb-4 empty:hidden">
                {added !== undefined && <Notice kind="success" title={t.added(added)} />}
              </div>
              {items.length === 0 && !adding && <p className="mb-4">{words?.none ?? t.none}</p>}
              {adding && (
                <AttachForm
                  of={of}
                  rules={rules}
                  onDone={(title) => {
                    setAdding(false)
                    setAdded(title)
                  }}
                />
              )}
              {items.length > 0 && (
                <ul className="mb-4">
                  {items.map((item) => (
                    <EvidenceItem key={item.id} evidence={item} mayWithdraw={may.withdraw} />
                  ))}
                </ul>
              )}
              {!adding && (
                <Button
                  icon="upload"
                  size="medium"
                  onPress={() => {
                    setAdded(undefined)
                    setAdding(true)
                  }}
                  {...(may.add ? {} : { blockedBecause: t.addBlocked })}
                >
                  {t.add}
                </Button>
              )}
            </>
          )}
        </Loaded>
      </Panel>
    </div>
  )
}
