import { stages } from '#register/fields.ts'
import { type Facts, textOf } from '#register/model.ts'
import { sinceField, stageOf } from '#register/workflow.ts'
import { useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { type StepItem, Stepper } from '#web/ui/steps.tsx'
import { AbsenceMark, Tag } from '#web/ui/tags.tsx'

/** Suspended is not a step: it is a tag on the stage of operation. */
const shown = stages.filter((stage) => stage !== 'suspended')

export function StageStepper({ facts }: { facts: Facts }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.fields.codes.stage
  const stage = stageOf(facts)
  const suspended = stage === 'suspended'
  const at = shown.findIndex((one) => one === (suspended ? 'operation' : stage))
  const steps = shown.map((one, i): StepItem => {
    const since = textOf(facts, sinceField(one))
    const suspendedSince = textOf(facts, 'suspended-since')
    const state = at < 0 || i > at ? 'later' : i === at ? 'now' : 'done'
    const date = since === '' ? undefined : f.date(since)
    const noteOf = () => {
      if (date !== undefined) return state === 'now' ? t.ui.since(date) : date
      // That a stage lies before the present one does not say that it was gone through.
      if (state !== 'later') return <AbsenceMark absent={{ absent: 'unanswered' }} />
      return i === at + 1 && at >= 0 && one !== 'retired' ? t.ui.stepNext : undefined
    }
    return {
      id: one,
      name: words[one],
      state,
      note: noteOf(),
      tag:
        suspended && one === 'operation' ? (
          <Tag tone="attention">
            {suspendedSince === '' ? words.suspended : t.register.system.suspendedSince(f.date(suspendedSince))}
          </Tag>
        ) : undefined,
    }
  })
  const stageFact = facts.stage
  return (
    <>
      {stage === undefined && (
        <p className="mb-2">
          {t.fields.labels.stage}：
          <AbsenceMark absent={stageFact && 'absent' in stageFact ? stageFact : { absent: 'unanswered' }} showNote />
        </p>
      )}
      <Stepper steps={steps} label={t.fields.labels.stage} />
    </>
  )
}
