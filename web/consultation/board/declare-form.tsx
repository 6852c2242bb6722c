import { useState } from 'react'

import type { CaseDetail } from '#consultation/board/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useDeed } from './use-deed.ts'

/** Title and organisations, and the question: all that a member sees before declaring. A correction asks why. */
export function DeclareForm({ detail, onDone }: { detail: CaseDetail; onDone?: () => void }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.docket.declare
  const [type, setType] = useState<string>()
  const [said, setSaid] = useState('')
  const [tried, setTried] = useState(false)
  const correcting = detail.own.some(({ own }) => own)
  const needsWords = type === 'interest' || correcting
  const deed = useDeed(
    () =>
      api.post(`/board/cases/${detail.id}/declarations`, {
        type,
        ...(said.trim() === '' ? {} : { words: said.trim() }),
      }),
    onDone,
  )
  const send = () => {
    setTried(true)
    if (type !== undefined && (!needsWords || said.trim() !== '')) deed.mutate(undefined)
  }
  return (
    <Panel title={words.title}>
      {!correcting && <p className="mb-4">{words.lead}</p>}
      <h3 className="text-std-16B-170">{words.parties}</h3>
      <DefinitionList
        items={[
          {
            key: 'ministry',
            term: words.ministry,
            detail: [pick(detail.organisation.ministry), pick(detail.organisation.name)].join(' '),
          },
          ...detail.parties.map((party, n) => ({ key: String(n), term: words[party.kind], detail: party.name })),
        ]}
      />
      {detail.parties.length === 0 && <p className="mt-2 text-note">{words.noParties}</p>}
      <div className="mt-5 grid gap-5">
        <RadioCards
          label={words.choose}
          requirement="required"
          columns={2}
          offerNotYet={false}
          value={type}
          onChange={setType}
          error={tried && type === undefined ? words.choiceNeeded : undefined}
          choices={[
            { id: 'no-interest', name: words.none, help: words.noneHelp },
            { id: 'interest', name: words.some, help: words.someHelp },
          ]}
        />
        {needsWords && (
          <TextArea
            label={type === 'interest' ? words.what : words.why}
            requirement="required"
            value={said}
            onChange={setSaid}
            error={tried && said.trim() === '' ? words.wordsNeeded : undefined}
            rows={3}
          />
        )}
        {deed.isError && <Problem error={deed.error} />}
        <div>
          <Button look="filled" busy={deed.isPending} onPress={send}>
            {words.send}
          </Button>
        </div>
      </div>
    </Panel>
  )
}
