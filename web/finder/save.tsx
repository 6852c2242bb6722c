import type { Role } from '#access/model.ts'
import type { Assessment, Permission } from '#finder/api.ts'
import type { FieldId } from '#register/fields.ts'
import { paths } from '#web/paths.ts'
import { type Texts, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Checkbox } from '#web/ui/choices.tsx'
import { Diff } from '#web/ui/diff.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { differsFromRegister } from './answers.ts'
import { factWords } from './prefill-note.tsx'
import type { DraftState } from './use-draft.ts'
import type { Save } from './use-save.ts'
import type { Weighing } from './weighing.ts'
import type { Worder } from './words.ts'

type Props = { weighing: Weighing; words: Worder }

/** Why a deed is not open, in words; undefined where it is. */
export function refusal(t: Texts, { open, outside, roles }: Permission): string | undefined {
  if (open) return undefined
  if (outside) return t.finder.save.outside
  return t.finder.save.onlyRoles(t.ui.list(roles.map((role) => t.words.roles[role as Role] ?? role)))
}

/** The deed, what it keeps, and when the draft was kept. */
export function SaveBar({ weighing, words, draft, save }: Props & { draft: DraftState; save: Save }) {
  const t = useTexts()
  const { finder } = weighing
  return (
    <div className="mb-8">
      <RegisterDifferences weighing={weighing} words={words} save={save} />
      {save.error && <Problem error={save.error} takesFocus onAgain={save.send} />}
      <div className="flex flex-wrap items-start gap-3">
        <Button look="filled" onPress={save.send} busy={save.busy} blockedBecause={refusal(t, finder.may.assess)}>
          {t.finder.save.save}
        </Button>
        <ButtonLink look="text" href={paths.system(finder.use.systemId)}>
          {t.finder.save.close}
        </ButtonLink>
      </div>
      <p className="mt-3 text-note text-solid-gray-700">
        {t.finder.save.promise} {t.finder.save.keys}
      </p>
      {finder.may.assess.open && <DraftLine weighing={weighing} draft={draft} />}
    </div>
  )
}

function DraftLine({ weighing, draft }: { weighing: Weighing; draft: DraftState }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.finder.draft
  const found = weighing.finder.draft
  const kind = weighing.changed ? draft.kind : 'none'
  const sentence = {
    none: found && !weighing.changed ? words.found(f.dateTime(found.at)) : words.none,
    saving: words.saving,
    saved: draft.kind === 'saved' ? words.saved(f.dateTime(draft.at)) : '',
    failed: words.failed,
  }[kind]
  return <p className="mt-1 text-note text-solid-gray-700">{sentence}</p>
}

/** Answers that say otherwise than the register, and whether to correct it too. */
function RegisterDifferences({ weighing, words, save }: Props & { save: Save }) {
  const t = useTexts()
  const f = useFormat()
  const { catalog, answers, finder, result } = weighing
  const writable = catalog.questions.filter((q) => q['register-field'] && result.visible.includes(q.id))
  const differ = differsFromRegister(
    answers,
    finder.prefilled,
    writable.map(({ id }) => id),
  )
  if (differ.length === 0) return null
  return (
    <section aria-labelledby="differences-title" className="mb-5 rounded-8 border border-solid-gray-420 p-4 text-note">
      <h2 id="differences-title" className="text-std-16B-170">
        {t.finder.register.title}
      </h2>
      <p>{t.finder.register.why(f.number(differ.length))}</p>
      <ul className="my-2">
        {differ.map((id) => {
          const question = writable.find((q) => q.id === id)
          const field = question?.['register-field']?.field as FieldId
          const fact = finder.prefilled[id]?.fact ?? { absent: 'unanswered' as const }
          return (
            <li key={id} className="border-b border-solid-gray-200 py-1.5">
              <span className="block font-700">{t.fields.labels[field]}</span>
              <Diff from={factWords(t, field, fact)} to={words.answer(question, answers[id])} />
            </li>
          )
        })}
      </ul>
      {finder.may['change-system'].open ? (
        <Checkbox chosen={save.updateRegister} onChange={save.setUpdateRegister}>
          {t.finder.register.update}
        </Checkbox>
      ) : (
        <p>{t.finder.register.blocked}</p>
      )}
    </section>
  )
}

export function Saved({ assessment, weighing, words }: Props & { assessment: Assessment }) {
  const t = useTexts()
  return (
    <Notice
      kind="success"
      title={t.finder.save.saved(words.outcome(assessment.outcome))}
      action={
        <ButtonLink href={paths.system(weighing.finder.use.systemId)} size="medium">
          {t.finder.save.toSystem}
        </ButtonLink>
      }
    >
      {t.finder.save.savedText(t.catalog.shortEdition(assessment.catalog, assessment.edition))}
    </Notice>
  )
}
