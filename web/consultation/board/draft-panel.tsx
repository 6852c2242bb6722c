import { useState } from 'react'

import type { CaseDetail, DraftPart } from '#consultation/board/api.ts'
import { partAbsences } from '#consultation/board/model.ts'
import { api, ApiError } from '#web/api.ts'
import { EvidencePanel } from '#web/evidence/evidence-panel.tsx'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { LongText } from '#web/ui/long-text.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { MainAndAside } from '#web/ui/page.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { Supply, Trail } from './dossier-panel.tsx'
import { useDeed } from './use-deed.ts'

type Draft = NonNullable<CaseDetail['draft']>

/** The five parts while they are written, what is missing, and the submission. */
export function DraftPanel({ detail, draft }: { detail: CaseDetail; draft: Draft }) {
  const t = useTexts()
  const words = t.docket.draft
  const asks = draft.register.uses.some(({ verdict }) => verdict === 'consult-board')
  return (
    <MainAndAside
      main={
        <>
          <p className="mb-2">{words.lead}</p>
          <p className="mb-6 font-700">{asks ? words.asked : words.voluntary}</p>
          {draft.parts.map((part, n) => (
            <PartForm key={part.part} n={n + 1} detail={detail} part={part} register={draft.register} />
          ))}
          <EvidencePanel of={{ kind: 'board-case', id: detail.id }} words={words.evidence} />
        </>
      }
      aside={<Before detail={detail} draft={draft} />}
    />
  )
}

const written = 'written'

type PartProps = { n: number; detail: CaseDetail; part: DraftPart; register: Draft['register'] }
function PartForm({ n, detail, part, register }: PartProps) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.docket.draft
  const [base, setBase] = useState(part)
  const [how, setHow] = useState<string>(part.absent ?? written)
  const [text, setText] = useState(part.text)
  const [because, setBecause] = useState(part.because ?? '')
  const [tried, setTried] = useState(false)
  const name = t.docket.parts[part.part]
  const input = how === written ? { text } : { absent: how, because: because.trim() }
  const changed = how !== (base.absent ?? written) || text !== base.text || because !== (base.because ?? '')
  const take = (now: DraftPart) => {
    setBase(now)
    setHow(now.absent ?? written)
    setText(now.text)
    setBecause(now.because ?? '')
  }
  const save = useDeed(
    () => api.put<DraftPart>(`/board/cases/${detail.id}/parts/${part.part}`, input, { version: base.version }),
    take,
  )
  const other = conflictOf(save.error)
  const only = detail.may.prepare ? undefined : t.docket.system.notYou
  return (
    <Panel title={`${n} ${name}`} className="mb-6">
      <p className="mb-4 text-note text-solid-gray-700">{words.help[part.part]}</p>
      {part.part === 'verdict' && register.uses.map((use) => <Trail key={use.id} use={use} />)}
      {part.part === 'supply-chain' && <Supply dossier={{ register }} />}
      <div className="mt-4 grid gap-4">
        <Select
          label={words.absentChoice}
          width="medium"
          value={how}
          onChange={setHow}
          choices={[
            { id: written, name: words.write },
            ...partAbsences.map((id) => ({ id: id as string, name: t.docket.absences[id] })),
          ]}
        />
        {how === written ? (
          <TextArea label={words.text} value={text} onChange={setText} rows={5} maxLength={20_000} />
        ) : (
          <TextArea
            label={words.absentBecause}
            requirement="required"
            value={because}
            onChange={setBecause}
            rows={2}
            maxLength={2000}
            error={tried && because.trim() === '' ? words.becauseNeeded : undefined}
          />
        )}
        {other && (
          <Notice kind="attention" title={words.conflict} takesFocus>
            <LongText
              text={other.absent === null ? other.text : `${t.docket.absences[other.absent]} ${other.because ?? ''}`}
            />
            <div className="mt-3 flex flex-wrap gap-3">
              <Button size="small" onPress={() => (take(other), save.reset())}>
                {words.theirs}
              </Button>
              <Button size="small" onPress={() => (setBase({ ...other, text: base.text }), save.reset())}>
                {words.mine}
              </Button>
            </div>
          </Notice>
        )}
        {save.isError && !other && <Problem error={save.error} />}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            look="outline"
            label={words.saveOf(name)}
            busy={save.isPending}
            blockedBecause={only}
            onPress={() => {
              setTried(true)
              if (how === written || because.trim() !== '') save.mutate(undefined)
            }}
          >
            {words.save}
          </Button>
          <span aria-live="polite" className="text-note text-solid-gray-700">
            {changed
              ? words.unsaved
              : base.version > 1
                ? words.saved(base.updatedBy === null ? '' : pick(base.updatedBy), f.dateTime(base.updatedAt))
                : ''}
          </span>
        </div>
      </div>
    </Panel>
  )
}

function conflictOf(error: unknown): DraftPart | undefined {
  if (!(error instanceof ApiError) || error.code !== 'changed-meanwhile') return undefined
  return error.params['now'] as DraftPart
}

/** What is missing, blocking first, and the deed. */
function Before({ detail, draft }: { detail: CaseDetail; draft: Draft }) {
  const t = useTexts()
  const words = t.docket.draft
  const [asking, setAsking] = useState(false)
  const submit = useDeed(
    () => api.post(`/board/cases/${detail.id}/submit`, undefined, { version: detail.version }),
    () => setAsking(false),
  )
  const blocking = draft.missing.filter(({ blocks }) => blocks)
  const rest = draft.missing.filter(({ blocks }) => !blocks)
  const only = detail.may.submit
    ? blocking.length > 0
      ? words.submitBlocked(String(blocking.length))
      : undefined
    : words.submitNotYou
  return (
    <Panel title={words.missingTitle}>
      {draft.missing.length === 0 && <p className="mb-4">{words.missingNone}</p>}
      {blocking.length > 0 && <MissingList title={words.missingBlocks} items={blocking} draft={draft} />}
      {rest.length > 0 && <MissingList title={words.missingWarns} items={rest} draft={draft} />}
      {submit.isError && <Problem error={submit.error} />}
      <Button look="filled" full blockedBecause={only} onPress={() => setAsking(true)}>
        {words.submit}
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={words.submitTitle}
        deed={words.submit}
        busy={submit.isPending}
        onDeed={() => submit.mutate(undefined)}
      >
        {words.submitText}
      </ConfirmDialog>
    </Panel>
  )
}

function MissingList({ title, items, draft }: { title: string; items: Draft['missing']; draft: Draft }) {
  const t = useTexts()
  const words = t.docket.draft
  const what = ({ code, of }: Draft['missing'][number]): string => {
    if (of === null) return ''
    if (code === 'fact-unanswered') return t.fields.labels[of as keyof typeof t.fields.labels] ?? of
    const use = draft.register.uses.find(({ id }) => id === of)
    return use?.name ? t.ui.brackets(use.name) : ''
  }
  return (
    <>
      <h3 className="mt-2 text-std-16B-170">{title}</h3>
      <ul className="mb-4 list-disc pl-5 text-note">
        {items.map((one) => (
          <li key={`${one.part} ${one.code} ${one.of ?? ''}`}>
            {t.ui.named(t.docket.parts[one.part], words.missing[one.code](what(one)))}
          </li>
        ))}
      </ul>
    </>
  )
}
