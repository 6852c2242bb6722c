import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { Acknowledged, MyRule } from '#user-rules/acknowledgements/api.ts'
import { ApiError, api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Checkbox } from '#web/ui/choices.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { CheckQuestions } from './check-questions.tsx'

/** The acknowledgement of a rule; where none is asked for, why. */
export function Acknowledge({ rule, deputy }: { rule: MyRule; deputy: boolean }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.staffRules.acknowledgement
  const { standing, acknowledged, due } = rule
  return (
    <section className="border-t border-solid-gray-420 pt-6">
      <h3 className="text-std-18B-160">{words.title}</h3>
      {standing === null && <p className="mt-1 text-note text-solid-gray-700">{words.notAsked}</p>}
      {acknowledged && due === null && (
        <Notice
          kind="success"
          level={3}
          takesFocus={false}
          title={(standing === 'wording' ? words.wordingDone : words.done)(
            acknowledged.number,
            f.proseDate(acknowledged.at),
          )}
        >
          {words.doneText}
        </Notice>
      )}
      {due !== null && (
        <>
          <p className={due.over ? 'mt-1 text-note font-700 text-red-900' : 'mt-1 text-note text-solid-gray-700'}>
            {(due.over ? words.over : words.due)(f.deadline(due.on))}
          </p>
          <Asked rule={rule} deputy={deputy} />
        </>
      )}
    </section>
  )
}

function Asked({ rule, deputy }: { rule: MyRule; deputy: boolean }) {
  const t = useTexts()
  const words = t.staffRules.acknowledgement
  const [read, setRead] = useState(false)
  const { busy, failure, overtaken, acknowledge } = useAcknowledge(rule)
  const { version, questions } = rule
  const changes = rule.changes.filter(({ kind }) => kind !== 'moved').length
  const left = questions.filter(({ answered }) => !answered).length
  const blocked = deputy ? words.deputy : left > 0 ? words.answerFirst(left) : read ? undefined : words.tickFirst
  return (
    <div className="mt-3 flex flex-col gap-4">
      {overtaken !== undefined && (
        <Notice kind="attention" level={3} takesFocus title={words.overtaken(overtaken)}>
          {words.overtakenText}
        </Notice>
      )}
      {questions.length > 0 && <CheckQuestions version={version} questions={questions} />}
      <Checkbox chosen={read} onChange={setRead}>
        {changes > 0 ? words.readChanges(changes) : words.readAll}
      </Checkbox>
      {failure !== undefined && <Problem error={failure} takesFocus />}
      <div className="max-sm:[&_button]:w-full">
        <Button look="filled" blockedBecause={blocked} busy={busy} onPress={acknowledge}>
          {words.deed(version.number)}
        </Button>
      </div>
      <p>
        <Link href={paths.tell()}>{words.ask}</Link>
      </p>
    </div>
  )
}

function useAcknowledge({ version }: MyRule) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const [overtaken, setOvertaken] = useState<number | null>()
  const refresh = () =>
    Promise.all(['my-rules', 'navigation-counts'].map((key) => client.invalidateQueries({ queryKey: [key] })))
  const send = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      await api.post<Acknowledged>(`/rule-versions/${version.id}/acknowledgement`, {
        digest: version.digest,
        read: true,
      })
      await refresh()
    } catch (error) {
      if (error instanceof ApiError && error.code === 'changed-meanwhile') {
        const { now } = error.params
        setOvertaken(typeof now === 'number' ? now : null)
        await refresh()
      } else setFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return { busy, failure, overtaken, acknowledge: () => void send() }
}
