import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'

import type { StepState, VersionDetail } from '#user-rules/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { CheckboxGroup } from '#web/ui/choices.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { useDeed } from './calls.ts'
import { reasonWords } from './reason-words.ts'

type Props = { detail: VersionDetail; name: string }

/** What follows from the version once it is in force. */
export function Consequence({ detail }: { detail: VersionDetail }) {
  const t = useTexts()
  const f = useFormat()
  const texts = t.userRules.consequence
  const { version, before, concerned } = detail
  const people = f.number(concerned)
  const kind = before === null ? texts.first : version.substance ? texts.substance : texts.wording
  const then = before === null ? texts.once(people) : version.substance ? texts.again(people) : texts.none
  return (
    <div className="mt-4 flex gap-3 rounded-8 border border-solid-gray-600 p-4 text-note">
      <Icon name="information" size={20} className="mt-0.5 shrink-0" />
      <p className="wrap-anywhere">
        <b>{t.userRules.sentences([kind, ''])}</b>
        {t.userRules.sentences([then, texts.oneSource(`${version.digest.slice(0, 4)}…${version.digest.slice(-2)}`)])}
      </p>
    </div>
  )
}

/** The next step, or why it cannot be taken yet. */
export function Deeds({ detail, name }: Props) {
  const t = useTexts()
  const texts = t.userRules.deeds
  const { version, may } = detail
  if (version.state !== 'draft' && version.state !== 'review') return null
  return (
    <div className="mt-4">
      {version.state === 'review' ? (
        <UnderReview detail={detail} name={name} />
      ) : (
        <AsDraft detail={detail} name={name} />
      )}
      {!may.write && !may.adopt && <p className="mt-2 text-note">{texts.writers[version.rule.level]}</p>}
    </div>
  )
}

function UnderReview({ detail, name }: Props) {
  const t = useTexts()
  const f = useFormat()
  const texts = t.userRules.deeds
  const deed = useDeed(detail)
  const [asked, setAsked] = useState(false)
  const [refused, setRefused] = useState<StepState>()
  const { version, may, adopt } = detail
  const seen = version.version
  const why = may.adopt
    ? reasonWords(t, f.proseDate, refused ?? adopt)
    : [version.rule.level === 'ministry' ? texts.onlyCaio : texts.onlyPlanner]
  const blocked = !may.adopt || !adopt.ok
  return (
    <>
      <div className="flex flex-wrap items-start gap-3">
        <Button
          look="filled"
          onPress={() => setAsked(true)}
          {...(blocked ? { blockedBecause: t.userRules.sentences(why), reason: 'hidden' as const } : {})}
        >
          {texts.adopt}
        </Button>
        {may.write && (
          <Button busy={deed.isPending} onPress={() => deed.mutate({ method: 'post', path: '/draft', seen })}>
            {texts.toDraft}
          </Button>
        )}
      </div>
      {blocked && (
        <ul className="mt-2 text-note">
          {why.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      {deed.isError && <Problem error={deed.error} takesFocus />}
      <ConfirmDialog
        open={asked}
        onClose={() => setAsked(false)}
        title={texts.adoptTitle(name)}
        deed={texts.adopt}
        busy={deed.isPending}
        onDeed={() =>
          deed.mutate(
            { method: 'post', path: '/adopt', seen },
            {
              onSuccess: (answer) => {
                setAsked(false)
                setRefused((answer as StepState).ok ? undefined : (answer as StepState))
              },
              onError: () => setAsked(false),
            },
          )
        }
      >
        <p>{texts.adoptText(version.effectiveFrom === null ? '' : f.proseDate(version.effectiveFrom))}</p>
      </ConfirmDialog>
    </>
  )
}

function AsDraft({ detail, name }: Props) {
  const t = useTexts()
  const f = useFormat()
  const router = useRouter()
  const texts = t.userRules.deeds
  const deed = useDeed(detail)
  const [asking, setAsking] = useState(false)
  const [discarding, setDiscarding] = useState(false)
  const { version, may, review } = detail
  const why = reasonWords(t, f.proseDate, review)
  if (!may.write) return null
  return (
    <>
      {asking ? (
        <Reviewers detail={detail} onClose={() => setAsking(false)} />
      ) : (
        <div className="flex flex-wrap items-start gap-3">
          <Button
            look="filled"
            onPress={() => setAsking(true)}
            blockedBecause={review.ok ? undefined : t.userRules.sentences(why)}
          >
            {texts.review}
          </Button>
          <Button look="text" tone="danger" onPress={() => setDiscarding(true)}>
            {texts.discard}
          </Button>
        </div>
      )}
      {deed.isError && <Problem error={deed.error} takesFocus />}
      <ConfirmDialog
        open={discarding}
        onClose={() => setDiscarding(false)}
        title={texts.discardTitle(name)}
        deed={texts.discard}
        tone="danger"
        busy={deed.isPending}
        onDeed={() =>
          deed.mutate(
            { method: 'delete', path: '', seen: version.version },
            {
              onSuccess: () => router.history.push(detail.before ? paths.userRule(version.rule.id) : paths.userRules()),
              onError: () => setDiscarding(false),
            },
          )
        }
      >
        <p>{texts.discardText}</p>
      </ConfirmDialog>
    </>
  )
}

function Reviewers({ detail, onClose }: { detail: VersionDetail; onClose: () => void }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const texts = t.userRules.deeds
  const deed = useDeed(detail)
  const [chosen, setChosen] = useState<string[]>(detail.reviews.map((r) => r.personId))
  const [refused, setRefused] = useState<StepState>()
  const { version } = detail
  const people = useQuery({
    queryKey: ['user-rules', 'reviewers', version.id],
    queryFn: ({ signal }) =>
      api.get<{ people: { id: string; name: { ja: string; en: string }; post: { ja: string; en: string } }[] }>(
        `/${version.rule.level}-rules/versions/${version.id}/reviewers`,
        { signal },
      ),
  })
  return (
    <Panel title={texts.reviewTitle} level={3}>
      <Loaded query={people}>
        {(found) => (
          <CheckboxGroup
            label={texts.reviewers}
            choices={found.people.map(({ id, post }) => ({ id, name: pick(post) }))}
            value={chosen}
            onChange={(ids) => setChosen([...ids])}
          />
        )}
      </Loaded>
      {refused && (
        <ul className="mt-2 text-note text-red-900">
          {reasonWords(t, f.proseDate, refused).map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      )}
      {deed.isError && <Problem error={deed.error} takesFocus />}
      <div className="mt-3 flex flex-wrap gap-3">
        <Button
          look="filled"
          size="medium"
          busy={deed.isPending}
          blockedBecause={chosen.length === 0 ? t.userRules.reasons['no-reviewers']() : undefined}
          onPress={() =>
            deed.mutate(
              { method: 'post', path: '/review', body: { reviewers: chosen }, seen: version.version },
              {
                onSuccess: (answer) => {
                  const result = answer as StepState
                  if (result.ok) onClose()
                  else setRefused(result)
                },
              },
            )
          }
        >
          {texts.ask(chosen.length)}
        </Button>
        <Button look="text" size="medium" onPress={onClose}>
          {t.userRules.clause.cancel}
        </Button>
      </div>
    </Panel>
  )
}
