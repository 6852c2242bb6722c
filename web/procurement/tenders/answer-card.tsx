import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { OwnAnswer, OwnTender } from '#procurement/tenders/api.ts'
import { type Fulfilment, fulfilments, type TakenFrom } from '#procurement/tenders/model.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { ApiError } from '#web/api.ts'
import { EvidencePanel } from '#web/evidence/evidence-panel.tsx'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { TextDiff } from '#web/procurement/sheets/text-diff.tsx'
import { ownTenderQuery, saveAnswer } from './calls.ts'
import type { Taken } from './proposals-panel.tsx'
import { Refused } from './refused.tsx'

type Props = { tender: OwnTender; answer: OwnAnswer; taken: Taken | undefined }

/** One item: what is asked, and the own answer to it. */
export function AnswerCard({ tender, answer, taken }: Props) {
  const pick = usePick()
  const t = useTexts().tenders.item
  const format = useFormat()
  const [files, setFiles] = useState(false)
  const { asked, answeredText, evidence } = answer
  return (
    <Panel
      level={2}
      title={`${labelOf(answer.item)} ${pick(asked.title)}`}
      edge={answeredText === null ? 'line' : 'strong'}
      aside={<Marks answer={answer} />}
    >
      <Asked answer={answer} />
      {answeredText !== null && (
        <div className="mt-4">
          <Notice kind="attention" title={t.amended} level={3}>
            <TextDiff from={answeredText.requirement} to={asked.requirement} />
          </Notice>
        </div>
      )}
      <AnswerForm key={`${answer.id} ${taken?.at ?? ''}`} tender={tender} answer={answer} taken={taken} />
      <div className="mt-4">
        <Button look="text" size="small" expanded={files} onPress={() => setFiles(!files)}>
          {t.filesCount(format.number(evidence))}
        </Button>
        {files && <EvidencePanel of={{ kind: 'tender-answer', id: answer.id }} words={t.files} />}
      </div>
    </Panel>
  )
}

function Marks({ answer: { fulfils, changedSinceHandedIn } }: { answer: OwnAnswer }) {
  const t = useTexts().tenders.item
  const tones = { yes: 'success', partly: 'attention', no: 'error' } as const
  return (
    <span className="flex flex-wrap gap-2">
      {changedSinceHandedIn && <Tag tone="attention">{t.changed}</Tag>}
      <Tag tone={fulfils === null ? 'quiet' : tones[fulfils]}>{fulfils === null ? t.notYet : t.choices[fulfils]}</Tag>
    </span>
  )
}

function Asked({ answer: { asked } }: { answer: OwnAnswer }) {
  const { ui, tenders } = useTexts()
  const t = tenders.item
  return (
    <DefinitionList
      items={[
        {
          term: t.requirement,
          detail: (
            <>
              <p lang="ja" className="whitespace-pre-wrap">
                {asked.requirement}
              </p>
              {asked.chapter !== '' && <p className="text-note text-solid-gray-700">{t.chapter(asked.chapter)}</p>}
            </>
          ),
        },
        ...(asked.evidence.length === 0
          ? []
          : [{ term: t.evidence, detail: <span lang="ja">{ui.list([...asked.evidence])}</span> }]),
        ...(asked.verification.length === 0
          ? []
          : [{ term: t.verification, detail: ui.list(asked.verification.map((way) => t.ways[way])) }]),
      ]}
    />
  )
}

/** What was typed stays when somebody else saved first: the person reads what is there and decides. */
function AnswerForm({ tender, answer, taken }: Props) {
  const t = useTexts().tenders.item
  const format = useFormat()
  const queryClient = useQueryClient()
  const [version, setVersion] = useState(answer.version)
  const [fulfils, setFulfils] = useState<Fulfilment | null>(answer.fulfils)
  const [text, setText] = useState(taken === undefined ? answer.text : joined(answer.text, taken.text))
  const [from, setFrom] = useState<TakenFrom | null>(taken?.from ?? answer.takenFrom)
  const [theirs, setTheirs] = useState<OwnAnswer>()
  const [touched, setTouched] = useState(taken !== undefined)
  // What somebody else saved is taken up as long as nothing was typed over it.
  if (!touched && answer.version !== version) {
    setVersion(answer.version)
    setFulfils(answer.fulfils)
    setText(answer.text)
    setFrom(answer.takenFrom)
  }
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['tenders'] })
  const save = useMutation({
    mutationFn: () => saveAnswer(tender.id, answer.item, { fulfils, text, takenFrom: from }, version),
    onSuccess: async (saved) => {
      setVersion(saved.version)
      setTheirs(undefined)
      await refresh()
      setTouched(false)
      await queryClient.invalidateQueries({ queryKey: ['navigation-counts'] })
    },
  })
  const takeVersion = async () => {
    const { items } = await queryClient.fetchQuery(ownTenderQuery(tender.id))
    const now = items.find(({ item }) => item === answer.item)
    if (now) setVersion(now.version)
    setTheirs(now)
    save.reset()
  }
  const closed = tender.closed !== null
  if (closed) return <Closed answer={answer} />
  const conflict = save.error instanceof ApiError && save.error.code === 'changed-meanwhile'
  return (
    <form
      noValidate
      className="mt-5 flex flex-col gap-4 border-t border-solid-gray-420 pt-4"
      onSubmit={(e) => {
        e.preventDefault()
        save.mutate()
      }}
    >
      <RadioCards
        label={t.fulfils}
        offerNotYet={false}
        columns={2}
        value={fulfils ?? 'not-yet-answered'}
        onChange={(id) => {
          setFulfils(fulfilments.find((one) => one === id) ?? null)
          setTouched(true)
        }}
        choices={[
          ...fulfilments.map((id) => ({ id, name: t.choices[id] })),
          { id: 'not-yet-answered', name: t.notYet },
        ]}
      />
      <TextArea
        label={t.text}
        help={t.textHelp}
        width="full"
        rows={4}
        maxLength={20_000}
        value={text}
        onChange={(value) => {
          setText(value)
          setTouched(true)
        }}
      />
      {from !== null && <p className="text-note text-solid-gray-700">{sourceOf(from, t, format.dateTime)}</p>}
      {conflict ? (
        <Notice
          kind="attention"
          title={t.conflict}
          takesFocus
          action={
            <Button size="small" onPress={() => void takeVersion()}>
              {t.reload}
            </Button>
          }
        />
      ) : (
        <Refused error={save.error} />
      )}
      {theirs && <Theirs answer={theirs} />}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" busy={save.isPending} size="medium">
          {t.save}
        </Button>
        <span role="status" className="text-note text-solid-gray-700">
          {answer.version > 1 && t.saved(format.dateTime(answer.updatedAt))}
        </span>
      </div>
    </form>
  )
}

const joined = (before: string, more: string) => (before.trim() === '' ? more : `${before}\n${more}`)

/** What a colleague saved meanwhile. */
function Theirs({ answer: { fulfils, text } }: { answer: OwnAnswer }) {
  const t = useTexts().tenders.item
  return (
    <Panel edge="dashed">
      <p className="font-700">{fulfils === null ? t.notYet : t.choices[fulfils]}</p>
      <p className="whitespace-pre-wrap">{text}</p>
    </Panel>
  )
}

function Closed({ answer: { text } }: { answer: OwnAnswer }) {
  const t = useTexts().tenders.item
  return text === '' ? null : (
    <div className="mt-4">
      <h3 className="text-std-16B-170">{t.text}</h3>
      <p className="whitespace-pre-wrap">{text}</p>
    </div>
  )
}

type Words = ReturnType<typeof useTexts>['tenders']['item']
function sourceOf(from: TakenFrom, t: Words, dateTime: (iso: string) => string): string {
  if (from.kind === 'earlier') return t.taken.earlier(dateTime(from.at))
  return from.kind === 'description' ? t.taken.description(from.fileName) : t.taken.spreadsheet(from.fileName)
}
