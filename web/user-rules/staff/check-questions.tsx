import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Answered, AskedQuestion } from '#user-rules/acknowledgements/api.ts'
import type { RuleVersion } from '#user-rules/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Problem } from '#web/ui/problem.tsx'

type Props = { version: RuleVersion; questions: readonly AskedQuestion[] }

/** A few questions before the acknowledgement: a wrong choice shows why, and the rule, and can be made again. */
export function CheckQuestions({ version, questions }: Props) {
  const t = useTexts()
  return (
    <section>
      <h4 className="text-std-16B-170">{t.staffRules.questions.title}</h4>
      <p className="text-note text-solid-gray-700">{t.staffRules.questions.lead}</p>
      <ol className="mt-2">
        {questions.map((question, at) => (
          <li key={question.id} className="border-b border-solid-gray-200 py-4">
            <OneQuestion question={question} number={at + 1} all={questions.length} version={version} />
          </li>
        ))}
      </ol>
    </section>
  )
}

type OneProps = { question: AskedQuestion; number: number; all: number; version: RuleVersion }
function OneQuestion({ question, number, all, version }: OneProps) {
  const t = useTexts()
  const pick = usePick()
  const words = t.staffRules.questions
  const client = useQueryClient()
  // What was answered before this visit stays folded; what is answered now can be chosen again.
  const [folded] = useState(question.answered)
  const [choice, setChoice] = useState<string>()
  const [said, setSaid] = useState<Answered>()
  const [failure, setFailure] = useState<unknown>()
  const answer = async () => {
    setFailure(undefined)
    try {
      setSaid(await api.post<Answered>(`/check-questions/${question.id}/answer`, { choice: Number(choice) }))
      await client.invalidateQueries({ queryKey: ['my-rules'] })
    } catch (error) {
      setFailure(error)
    }
  }
  if (folded)
    return (
      <p className="flex flex-wrap items-center gap-2">
        <span>{t.ui.named(words.number(number, all), pick(question.question))}</span>
        <span className="keep inline-flex items-center gap-1 text-note text-green-900">
          <Icon name="circle-tick" size={16} />
          {words.done}
        </span>
      </p>
    )
  return (
    <div className="flex flex-col gap-3">
      <RadioCards
        label={t.ui.named(words.number(number, all), pick(question.question))}
        choices={question.choices.map((one, at) => ({ id: String(at), name: pick(one) }))}
        value={choice}
        offerNotYet={false}
        onChange={(id) => {
          setChoice(id)
          if (said?.right === false) setSaid(undefined)
        }}
      />
      {failure !== undefined && <Problem error={failure} />}
      <div role="status">{said && <Verdict said={said} version={version} />}</div>
      {said?.right !== true && (
        <Button
          look="outline"
          size="medium"
          blockedBecause={choice === undefined ? words.choose : undefined}
          onPress={() => void answer()}
        >
          {words.answer}
        </Button>
      )}
    </div>
  )
}

function Verdict({ said, version }: { said: Answered; version: RuleVersion }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.staffRules.questions
  const clause = version.clauses.find(({ id }) => id === said.clause)
  return (
    <div className={said.right ? 'border-l-4 border-green-800 pl-3' : 'border-l-4 border-yellow-900 pl-3'}>
      <p className="flex items-center gap-1.5 font-700">
        <Icon name={said.right ? 'circle-tick' : 'attention'} size={20} />
        {said.right ? words.right : words.wrong}
      </p>
      <p>{pick(said.explanation)}</p>
      {clause && (
        <p className="mt-1 text-note text-solid-gray-700">
          {t.ui.named(words.clause, pick(clause.heading))} {clause.staff.map((line) => pick(line)).join(' ')}
        </p>
      )}
    </div>
  )
}
