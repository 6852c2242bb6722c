import { type FormEvent, useState } from 'react'

import type { Clause, VersionDetail } from '#user-rules/api.ts'
import { type ChangeNote, type StaffLine, staffKinds } from '#user-rules/model.ts'
import type { Words } from '#user-rules/settings.ts'
import { ApiError } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Checkbox } from '#web/ui/choices.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

import { useDeed } from './calls.ts'

type Props = { detail: VersionDetail; clause: Clause; onClose: () => void }
const languages = ['ja', 'en'] as const
/** The staff page shows a sentence in one flow; the field only wraps it so that all of it is seen. */
const oneLine = (value: string): string => value.replaceAll('\n', ' ')

/** An article as it is written: both languages beside each other, the sentences for staff, and what changed. */
export function ClauseForm({ detail, clause, onClose }: Props) {
  const t = useTexts()
  const texts = t.userRules.clause
  const deed = useDeed(detail)
  const [heading, setHeading] = useState<Words>(clause.heading)
  const [text, setText] = useState<Words>(clause.text)
  const [staff, setStaff] = useState<readonly StaffLine[]>(clause.staff)
  const [note, setNote] = useState<ChangeNote>(clause.change ?? { title: { ja: '', en: '' }, text: { ja: '', en: '' } })
  const [wordingOnly, setWordingOnly] = useState(clause.wordingOnly !== null)
  const [why, setWhy] = useState(clause.wordingOnly ?? '')
  const body = {
    heading,
    text,
    staff,
    change: note.title.ja.trim() === '' ? null : note,
    wordingOnly: wordingOnly && why.trim() !== '' ? why.trim() : null,
  }
  const save = (seen: number) =>
    deed.mutate({ method: 'patch', path: `/clauses/${clause.id}`, body, seen }, { onSuccess: onClose })
  const conflict =
    deed.error instanceof ApiError && deed.error.code === 'changed-meanwhile'
      ? (deed.error.params['now'] as Clause)
      : undefined
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        save(clause.version)
      }}
      className="grid gap-4"
    >
      {conflict && (
        <Conflict
          theirs={conflict}
          mine={text}
          onTheirs={onClose}
          onMine={() => save(conflict.version)}
          busy={deed.isPending}
        />
      )}
      {deed.isError && !conflict && <Problem error={deed.error} takesFocus />}
      {languages.map((language) => (
        <TextField
          key={language}
          label={t.ui.named(texts.heading, texts[language])}
          width="full"
          value={heading[language]}
          onChange={(value) => setHeading({ ...heading, [language]: value })}
        />
      ))}
      <TextArea label={texts.text} width="full" value={text.ja} onChange={(ja) => setText({ ...text, ja })} />
      <TextArea label={texts.textOther} width="full" value={text.en} onChange={(en) => setText({ ...text, en })} />
      <StaffLines staff={staff} onChange={setStaff} />
      {detail.before && (
        <>
          <fieldset className="grid gap-3">
            <legend className="mb-2 font-700">{texts.note}</legend>
            {(['title', 'text'] as const).map((part) =>
              languages.map((language) => (
                <TextArea
                  key={part + language}
                  label={t.ui.named(part === 'title' ? texts.noteTitle : texts.noteText, texts[language])}
                  width="full"
                  rows={2}
                  value={note[part][language]}
                  onChange={(value) => setNote({ ...note, [part]: { ...note[part], [language]: oneLine(value) } })}
                />
              )),
            )}
          </fieldset>
          <div>
            <Checkbox chosen={wordingOnly} onChange={setWordingOnly}>
              {texts.wordingOnly}
            </Checkbox>
            <p className="text-note text-solid-gray-700">{texts.wordingOnlyHelp}</p>
            {wordingOnly && (
              <TextField label={texts.wordingWhy} requirement="required" width="full" value={why} onChange={setWhy} />
            )}
          </div>
        </>
      )}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="filled" size="medium" busy={deed.isPending}>
          {texts.save}
        </Button>
        <Button look="text" size="medium" onPress={onClose}>
          {texts.cancel}
        </Button>
      </div>
    </form>
  )
}

function StaffLines({
  staff,
  onChange,
}: {
  staff: readonly StaffLine[]
  onChange: (staff: readonly StaffLine[]) => void
}) {
  const t = useTexts()
  const texts = t.userRules.clause
  const set = (at: number, to: Partial<StaffLine>) =>
    onChange(staff.map((line, n) => (n === at ? { ...line, ...to } : line)))
  return (
    <fieldset className="grid gap-4">
      <legend className="font-700">{texts.staff}</legend>
      <p className="text-note text-solid-gray-700">{texts.staffHelp}</p>
      {staff.map((line, at) => (
        <div key={at} className="grid gap-2 border-l-4 border-solid-gray-200 pl-3">
          <Select
            label={t.ui.named(texts.line(at + 1), texts.kind)}
            width="short"
            choices={staffKinds.map((id) => ({ id, name: texts.kinds[id] }))}
            value={line.kind}
            onChange={(kind) => set(at, { kind: kind as StaffLine['kind'] })}
          />
          {languages.map((language) => (
            <TextArea
              key={language}
              label={t.ui.named(texts.line(at + 1), texts[language])}
              width="full"
              rows={3}
              value={line[language]}
              onChange={(value) => set(at, { [language]: oneLine(value) })}
            />
          ))}
          <div>
            <Button look="text" size="small" onPress={() => onChange(staff.filter((_line, n) => n !== at))}>
              {texts.removeLine}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button size="small" icon="plus" onPress={() => onChange([...staff, { kind: 'always', ja: '', en: '' }])}>
          {texts.addLine}
        </Button>
      </div>
    </fieldset>
  )
}

type ConflictProps = { theirs: Clause; mine: Words; onTheirs: () => void; onMine: () => void; busy: boolean }

/** Somebody was first: both texts, and one is chosen. */
function Conflict({ theirs, mine, onTheirs, onMine, busy }: ConflictProps) {
  const t = useTexts()
  const texts = t.userRules.clause
  const sides = [
    [texts.theirs, theirs.text],
    [texts.mine, mine],
  ] as const
  return (
    <Notice kind="attention" title={texts.conflict} takesFocus>
      <p className="mb-2">{texts.conflictText}</p>
      <dl className="grid gap-3 sm:grid-cols-2">
        {sides.map(([name, words]) => (
          <div key={name} className="rounded-6 border border-solid-gray-200 bg-white p-2 text-note">
            <dt className="font-700">{name}</dt>
            <dd lang="ja">{words.ja}</dd>
            <dd lang="en" className="mt-1 text-solid-gray-700">
              {words.en}
            </dd>
          </div>
        ))}
      </dl>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button size="medium" onPress={onTheirs}>
          {texts.keepTheirs}
        </Button>
        <Button size="medium" onPress={onMine} busy={busy}>
          {texts.keepMine}
        </Button>
      </div>
    </Notice>
  )
}
