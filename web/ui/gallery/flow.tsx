import { useState } from 'react'

import { ApiError } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Diff, DiffList } from '#web/ui/diff.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Loading, Progress } from '#web/ui/loading.tsx'
import { LongText } from '#web/ui/long-text.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Stepper, type StepState, WizardSteps } from '#web/ui/steps.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { useContent } from './content.ts'

const refused = new ApiError(403, 'not-permitted', { roles: ['caio'] }, '7F3A')
const nothing = () => undefined
const stateAt = (i: number): StepState => (i < 2 ? 'done' : i === 2 ? 'now' : 'later')

export function Flow() {
  const t = useTexts()
  const g = useContent()
  const [asking, setAsking] = useState(false)
  return (
    <Section title={g.flow}>
      <div className="mb-6">
        <Stepper
          steps={g.stages.map((name, i) => ({
            id: name,
            name,
            state: stateAt(i),
            ...(i < 3 ? { note: `2026/0${i + 4}/10` } : {}),
            ...(i === 2 ? { tag: <Tag tone="attention">{t.fields.codes.stage.suspended}</Tag> } : {}),
          }))}
        />
      </div>
      <WizardSteps steps={g.wizard.map((name, i) => ({ id: name, name, state: stateAt(i) }))} onGo={nothing} />
      <Notice kind="success" title={g.saved} takesFocus={false}>
        {g.savedText}
      </Notice>
      <Notice kind="attention" title={g.attention} action={<Button onPress={nothing}>{g.change}</Button>}>
        {g.attentionText}
      </Notice>
      <Notice kind="information" title={g.information}>
        {g.informationText}
      </Notice>
      <Problem error={refused} onAgain={nothing} />
      <Empty why={g.empty} todo={g.emptyTodo} action={<Button onPress={nothing}>{g.save}</Button>} />
      <Loading />
      <Progress done={120} all={312} doing={g.doing} onStop={nothing} />
      <div className="mt-6 grid gap-6 sm:grid-cols-2">
        <Panel title={g.linkText} aside={g.lead} level={3}>
          <DefinitionList
            items={[
              { term: g.name, detail: g.nameValue },
              { term: g.personal, detail: <Diff from={g.no} to={g.yes} /> },
            ]}
          />
        </Panel>
        <Panel title={g.tab[2] ?? ''} level={3} edge="dashed">
          <DiffList items={[{ id: 'stage', name: g.stage, from: g.stages[1], to: g.stages[2] }]} />
          <LongText text={`${g.details}\n`.repeat(8)} />
        </Panel>
      </div>
      <div className="mt-4">
        <Button onPress={() => setAsking(true)}>{g.open}</Button>
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={g.dialogTitle}
        deed={g.remove}
        tone="danger"
        typed={t.ui.typedWord}
        onDeed={() => setAsking(false)}
      >
        {g.dialogText}
      </ConfirmDialog>
    </Section>
  )
}
