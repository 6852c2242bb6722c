import { useState } from 'react'

import type { Clause, VersionDetail } from '#user-rules/api.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, useTexts, usePick } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { useDeed } from './calls.ts'
import { ClauseForm } from './clause-form.tsx'
import { ClauseText } from './clause-text.tsx'
import { PlaceDeeds } from './place-deeds.tsx'
import { StateSteps } from './state-steps.tsx'

type Props = { detail: VersionDetail; clause: Clause; fixed: boolean }

/** One article: where it comes from, where the version stands, its text with what differs from the version before. */
export function ClausePanel({ detail, clause, fixed }: Props) {
  const t = useTexts()
  const pick = usePick()
  const texts = t.userRules.clause
  const [editing, setEditing] = useState(false)
  const number = clause.number === null ? t.userRules.rule.removed : t.userRules.article(clause.number)
  return (
    <Panel title={`${number} ${pick(clause.heading)}`} aside={<Origin clause={clause} />}>
      <StateSteps version={detail.version} />
      {editing && !fixed ? (
        <ClauseForm detail={detail} clause={clause} onClose={() => setEditing(false)} />
      ) : (
        <>
          <Text detail={detail} clause={clause} fixed={fixed} />
          {clause.removedBecause !== null && (
            <p className="mt-2 text-note">{texts.removedBecause(clause.removedBecause)}</p>
          )}
          {detail.may.write && (
            <div className="mt-3 flex flex-wrap items-center gap-2">
              {clause.removedBecause === null && (
                <Button
                  size="medium"
                  onPress={() => setEditing(true)}
                  {...(fixed ? { blockedBecause: texts.onlyDraft, reason: 'below' as const } : {})}
                >
                  {texts.edit}
                </Button>
              )}
              {!fixed && <PlaceDeeds detail={detail} clause={clause} />}
            </div>
          )}
        </>
      )}
    </Panel>
  )
}

/** The clause of the model it was made from is official; our wording and where it stands are a preset. */
function Origin({ clause }: { clause: Clause }) {
  const t = useTexts()
  const texts = t.userRules.clause
  if (clause.basedOn === null) return <Tag>{texts.own}</Tag>
  const model = clause.basedOn.startsWith('u-')
  const guide = {
    document: t.userRules.addClause.guide,
    href: paths.catalogList('user-rule-guide', '1', clause.basedOn.startsWith('s-') ? 'system-rule' : 'ministry-rule'),
  }
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {model && (
        <span className="inline-flex items-center gap-1">
          {texts.itemOf(clause.basedOn)}
          <ProvenanceTag
            provenance="official"
            sources={[
              { document: 'DS-920', edition: '1.0', href: paths.catalogList('ds-920', '1.0', 'model-user-rule') },
            ]}
          />
        </span>
      )}
      <span className="inline-flex items-center gap-1">
        {texts.place}
        <ProvenanceTag provenance="preset" sources={[guide]} />
      </span>
    </span>
  )
}

function Text({ detail, clause, fixed }: Props) {
  const t = useTexts()
  const f = useFormat()
  const texts = t.userRules.clause
  const { language: spoken } = useLanguage()
  const [language, setLanguage] = useState<'ja' | 'en'>(spoken)
  const deed = useDeed(detail)
  const before = detail.before?.clauses.find(({ id }) => id === clause.id)
  const same = before?.text[language] === clause.text[language]
  const { sameMeaning } = clause
  return (
    <>
      <h3 className="mb-1 text-std-16B-170">{language === 'ja' ? texts.text : texts.textOther}</h3>
      <div className="rounded-8 border border-solid-gray-600 p-3.5">
        <ClauseText before={before?.text[language]} text={clause.text[language]} language={language} />
      </div>
      <p className="mt-1.5 text-note text-solid-gray-700">
        {detail.before !== null &&
          `${before ? (same ? texts.same(detail.before.number) : texts.diffNote(detail.before.number)) : texts.newClause} `}
        <button
          type="button"
          className="text-blue-1000 underline underline-offset-4"
          onClick={() => setLanguage(language === 'ja' ? 'en' : 'ja')}
        >
          {language === 'ja' ? texts.english : texts.japanese}
        </button>
      </p>
      <p className="mt-1 text-note text-solid-gray-700">
        {sameMeaning ? texts.confirmed(f.date(sameMeaning.at)) : texts.notConfirmed}
      </p>
      {deed.isError && <Problem error={deed.error} takesFocus />}
      {!sameMeaning && !fixed && clause.number !== null && (
        <Button
          size="small"
          busy={deed.isPending}
          onPress={() =>
            deed.mutate({ method: 'post', path: `/clauses/${clause.id}/same-meaning`, seen: clause.version })
          }
        >
          {texts.confirm}
        </Button>
      )}
    </>
  )
}

/** Articles beside this one, in order. */
export function Neighbours({
  detail,
  clause,
  href,
}: {
  detail: VersionDetail
  clause: Clause
  href: (id: string) => string
}) {
  const t = useTexts()
  const { clauses } = detail.version
  const at = clauses.findIndex(({ id }) => id === clause.id)
  const beside = [clauses[at - 1], clauses[at + 1]].filter((one) => one?.number != null)
  return (
    <span className="flex gap-4">
      {beside.map((one) => (
        <Link key={one!.id} href={href(one!.id)}>
          {t.userRules.article(one!.number!)}
        </Link>
      ))}
    </span>
  )
}
