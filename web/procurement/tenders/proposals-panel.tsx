import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import type { DescriptionFault } from '#procurement/descriptions/model.ts'
import type { OwnTender, Proposed } from '#procurement/tenders/api.ts'
import type { TakenFrom } from '#procurement/tenders/model.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { ApiError } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { FileField } from '#web/ui/file-field.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'

import { readDescription } from './calls.ts'
import { Refused } from './refused.tsx'

/** Words for the explanation of an item, with where they come from; `at` tells one taking from the next. */
export type Taken = { readonly text: string; readonly from: TakenFrom; readonly at: number }
type Props = { tender: OwnTender; onTake: (item: string, taken: Taken) => void }

/** A model description is read and shown by item; only a press puts words into an answer, and only saving keeps them. */
export function ProposalsPanel({ tender, onTake }: Props) {
  const t = useTexts().tenders.proposals
  const [open, setOpen] = useState(false)
  const read = useMutation({ mutationFn: (file: File) => readDescription(tender.id, file) })
  return (
    <div className="mb-5">
      <Panel title={t.title}>
        <p className="mb-3">{t.lead}</p>
        {!open && (
          <Button size="small" onPress={() => setOpen(true)}>
            {t.open}
          </Button>
        )}
        {open && (
          <FileField
            label={t.file}
            accept=".json,.md,.markdown,.yaml,.yml"
            choose={t.choose}
            drop={t.drop}
            busy={read.isPending}
            onFile={(file) => read.mutate(file)}
          />
        )}
        {read.isError && <Faults error={read.error} />}
        {read.data && <Proposals tender={tender} proposed={read.data} onTake={onTake} />}
      </Panel>
    </div>
  )
}

/** Where in the file, and what. */
function Faults({ error }: { error: Error }) {
  const texts = useTexts().tenders
  const format = useFormat()
  const told = error instanceof ApiError ? error.params['description'] : undefined
  const tooLarge = error instanceof ApiError && error.code === 'too-large' ? Number(error.params['limit']) : undefined
  const faults: readonly DescriptionFault[] = Array.isArray(told)
    ? (told as DescriptionFault[])
    : tooLarge === undefined
      ? []
      : [{ code: 'too-large', detail: tooLarge }]
  if (faults.length === 0) return <Refused error={error} />
  return (
    <div className="mt-4">
      <Notice kind="error" title={texts.proposals.failed} takesFocus>
        <ul className="list-disc pl-6">
          {faults.map(({ code, line, at, detail }, n) => (
            <li key={n}>
              {line !== undefined && <span>{`${texts.proposals.line(format.number(line))} `}</span>}
              {at !== undefined && <code className="break-all">{`${at} `}</code>}
              {texts.descriptionFaults[code](typeof detail === 'number' ? format.number(detail) : String(detail ?? ''))}
            </li>
          ))}
        </ul>
      </Notice>
    </div>
  )
}

function Proposals({ tender, proposed, onTake }: Props & { proposed: Proposed }) {
  const t = useTexts().tenders.proposals
  const { ui } = useTexts()
  const pick = usePick()
  const format = useFormat()
  const [taken, setTaken] = useState<readonly string[]>([])
  const titles = new Map(tender.items.map(({ item, asked }) => [item, asked.title]))
  const { proposals, fileName, sha256 } = proposed
  const take = (item: string, statements: Proposed['proposals'][number]['statements']) => {
    const text = statements
      .map(({ title, text: words, place }) => t.source(pick(title), words, fileName, place.at))
      .join('\n')
    const places = statements.map(({ place }) => place)
    const from = { kind: 'description', format: proposed.format, fileName, sha256, places } as const
    onTake(item, { text, from, at: taken.length + 1 })
    setTaken((before) => [...before, item])
  }
  if (proposals.length === 0) return <p className="mt-4">{t.none}</p>
  return (
    <div className="mt-4">
      <p>{t.found(format.number(proposed.statements), format.number(proposals.length))}</p>
      {proposed.models.length > 0 && <p>{t.models(ui.list([...proposed.models]))}</p>}
      <p className="text-note text-solid-gray-700">{t.rule}</p>
      <ul className="mt-3 flex flex-col gap-4">
        {proposals.map(({ item, why, statements }) => (
          <li key={item} className="border-l-4 border-solid-gray-420 pl-3">
            <h3 className="text-std-16B-170">{`${labelOf(item)} ${pick(titles.get(item) ?? { ja: '', en: '' })}`}</h3>
            <p className="text-note text-solid-gray-700">{pick(why)}</p>
            <ul className="my-2 flex flex-col gap-1">
              {statements.map(({ topic, title, text, cut, place }, n) => (
                <li key={`${topic} ${n}`}>
                  <span className="font-700">{pick(title)}</span>
                  <p className="line-clamp-4 whitespace-pre-wrap">{cut ? `${text}${t.cut}` : text}</p>
                  <code className="text-note break-all text-solid-gray-700">
                    {t.place(place.at, format.number(place.line))}
                  </code>
                </li>
              ))}
            </ul>
            <Button look="outline" size="small" onPress={() => take(item, statements)}>
              {t.take}
            </Button>
            <span role="status" className="ml-3 text-note">
              {taken.includes(item) && t.taken}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
