import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { type Assessment, type Judgement as Judged, judgedVerdicts, type JudgedVerdict } from '#finder/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { useFormat } from '#web/ui/format.ts'
import { LongText } from '#web/ui/long-text.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { VerdictTag } from '#web/ui/tags.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { sameAnswers } from './answers.ts'
import { OutcomeTag } from './outcome-look.tsx'
import type { Weighing } from './weighing.ts'
import type { Worder } from './words.ts'

type Props = { weighing: Weighing; words: Worder }

/** The judgement of the Chief AI Officer beside the result of the rule: both stay, for ever. */
export function Judgement({ weighing, words }: Props) {
  const t = useTexts()
  const [open, setOpen] = useState(false)
  const { finder, answers } = weighing
  const { current } = finder
  const texts = t.finder.override
  const permission = finder.may['override-verdict']
  const refused = permission.open ? undefined : permission.outside ? texts.outside : texts.onlyCaio
  const unsaved = current === null || !sameAnswers(current.answers, answers)
  return (
    <section aria-labelledby="judgement-title">
      <h3 id="judgement-title" className="mb-1 text-std-17B-170">
        {texts.title}
      </h3>
      {current?.judgement && (
        <BothSides assessment={current} judgement={current.judgement} weighing={weighing} words={words} />
      )}
      {open && current ? (
        <JudgementForm assessment={current} onClose={() => setOpen(false)} />
      ) : (
        <>
          <p className="mb-2 text-note">{texts.text}</p>
          <Button
            size="medium"
            onPress={() => setOpen(true)}
            blockedBecause={refused ?? (unsaved ? texts.saveFirst : undefined)}
          >
            {current?.judgement ? texts.again : texts.open}
          </Button>
        </>
      )}
    </section>
  )
}

type BothProps = Props & { assessment: Assessment; judgement: Judged }
export function BothSides({ assessment, judgement, weighing, words }: BothProps) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const texts = t.finder.override
  return (
    <div className="mb-3 text-note">
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] gap-2">
        <div className="rounded-6 border border-solid-gray-200 p-2">
          <dt className="text-solid-gray-700">{texts.rule}</dt>
          <dd>
            <OutcomeTag catalog={weighing.catalog} outcome={assessment.outcome} words={words} />
          </dd>
        </div>
        <div className="rounded-6 border border-solid-gray-200 p-2">
          <dt className="text-solid-gray-700">{texts.judged}</dt>
          <dd>
            <VerdictTag verdict={judgement.verdict} />
          </dd>
        </div>
      </dl>
      <p className="mt-2">
        {assessment.outcome === judgement.verdict
          ? texts.agreed(words.shortOutcome(assessment.outcome))
          : texts.both(words.shortOutcome(assessment.outcome), t.words.verdicts[judgement.verdict])}
      </p>
      <blockquote className="my-2 border-l-4 border-solid-gray-420 pl-3">
        <LongText text={judgement.reason} />
      </blockquote>
      <p className="text-solid-gray-700">
        {texts.by(
          judgement.by === null ? t.finder.history.noPerson : pick(judgement.by.post),
          f.dateTime(judgement.at),
        )}
        <br />
        {texts.forEver}
      </p>
    </div>
  )
}

function JudgementForm({ assessment, onClose }: { assessment: Assessment; onClose: () => void }) {
  const t = useTexts()
  const queryClient = useQueryClient()
  const [verdict, setVerdict] = useState<JudgedVerdict | undefined>(undefined)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const texts = t.finder.override
  const send = useMutation({
    mutationFn: () => api.post<Assessment>(`/assessments/${assessment.id}/judgement`, { verdict, reason }),
    onSuccess: async () => {
      await Promise.all(
        [['finder'], ['systems'], ['uses'], ['overview'], ['navigation-counts']].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      )
      onClose()
    },
  })
  const missing = { verdict: verdict === undefined, reason: reason.trim() === '' }
  return (
    <div className="flex flex-col gap-4">
      <RadioCards
        label={texts.verdict}
        requirement="required"
        offerNotYet={false}
        choices={judgedVerdicts.map((id) => ({ id, name: t.words.verdictSentences[id] }))}
        value={verdict}
        onChange={(id) => setVerdict(id as JudgedVerdict)}
        error={tried && missing.verdict ? texts.verdictMissing : undefined}
      />
      <TextArea
        label={texts.reason}
        help={texts.reasonHelp}
        requirement="required"
        width="full"
        rows={5}
        maxLength={4000}
        value={reason}
        onChange={setReason}
        error={tried && missing.reason ? texts.reasonMissing : undefined}
      />
      {send.error && <Problem error={send.error} takesFocus />}
      <div className="flex flex-wrap gap-3">
        <Button size="medium" look="text" onPress={onClose}>
          {texts.cancel}
        </Button>
        <Button
          size="medium"
          busy={send.isPending}
          onPress={() => {
            setTried(true)
            if (!missing.verdict && !missing.reason) send.mutate()
          }}
        >
          {texts.save(verdict === undefined ? t.finder.override.verdict : t.words.verdicts[verdict])}
        </Button>
      </div>
    </div>
  )
}
