import type { ReactNode } from 'react'

import type { SystemDetail } from '#register/api.ts'
import { isFieldId } from '#register/fields.ts'
import type { StepNeeds, Steps } from '#stages/api.ts'
import { stages as stageOrder } from '#register/fields.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Icon, type IconName } from '#web/ui/icon.tsx'
import { Link } from '#web/ui/link.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { useUseName } from './use-names.ts'
import { WaiveNeed } from './waive-need.tsx'

export type Need = StepNeeds['needs'][number]
type Props = { system: SystemDetail; steps: Steps; step: StepNeeds }

/** What a step needs: first what is missing, blocking before warning, each with who does it, where, and since when. */
export function StepNeedsList({ system, steps, step }: Props) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.stages
  const shown = step.needs.filter(({ state }) => state === 'missing' || state === 'waived')
  const unknown = step.needs.filter(({ state }) => state === 'not-known')
  // A condition that nobody set is not "in place": it is not there.
  const met = step.needs.filter(
    ({ state, place }) => state === 'met' && (place.kind !== 'conditions' || place.id !== null),
  )
  return (
    <>
      <ul>
        {shown.map((need) => (
          <NeedItem key={need.id} system={system} steps={steps} step={step} need={need} />
        ))}
      </ul>
      {unknown.length > 0 && (
        <details className="border-b border-solid-gray-200 py-3" open={shown.length === 0}>
          <summary className="cursor-pointer font-700 text-solid-gray-900">
            {words.unknown(f.number(unknown.length))}
          </summary>
          <p className="mt-1 text-note">{words.unknownHelp}</p>
          <ul className="mt-2">
            {unknown.map((need) => (
              <NeedItem key={need.id} system={system} steps={steps} step={step} need={need} />
            ))}
          </ul>
        </details>
      )}
      {met.length > 0 && (
        <p className="flex gap-3 border-b border-solid-gray-200 py-3 text-solid-gray-800">
          <Icon name="circle-tick" className="mt-1 text-green-900" />
          <span>
            {words.met}：{t.ui.list(met.map(({ title }) => pick(title)))}
          </span>
        </p>
      )}
    </>
  )
}

type Look = { icon: IconName; sign: string; word: 'blocks' | 'warns' | 'waived' | 'not-known' }
const lookOf = ({ state, effect }: Need): Look =>
  state === 'waived'
    ? { icon: 'dash', sign: 'text-solid-gray-700', word: 'waived' }
    : state === 'not-known'
      ? { icon: 'diamond-question', sign: 'text-solid-gray-700', word: 'not-known' }
      : effect === 'blocks'
        ? { icon: 'stop', sign: 'text-red-900', word: 'blocks' }
        : { icon: 'attention', sign: 'text-yellow-1200', word: 'warns' }

function NeedItem({ system, steps, step, need }: Props & { need: Need }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const { language } = useLanguage()
  const words = t.stages
  const look = lookOf(need)
  const effect =
    look.word === 'waived' || look.word === 'not-known' ? words.states[look.word] : words.effects[look.word]
  const facts: ReactNode[] = [
    need.role === null ? null : words.does(t.words.roles[need.role]),
    need.since === null ? null : words.since(f.date(need.since)),
  ].filter((one) => one !== null)
  return (
    <li className="flex gap-3 border-b border-solid-gray-200 py-3 first:pt-0">
      <Icon name={look.icon} className={`mt-1 ${look.sign}`} />
      <div className="min-w-0 flex-1">
        <p className="font-700 text-solid-gray-900">{pick(need.state === 'not-known' ? need.title : need.reason)}</p>
        <p className="text-note">
          {need.state === 'not-known'
            ? words.unknownWhy(t.ui.list(need.unanswered.map((id) => pick(steps.questions[id] ?? { ja: id, en: id }))))
            : pick(need.text)}
        </p>
        <ConditionsOf steps={steps} step={step} need={need} />
        <p className="text-note">
          {t.ui.list(facts.map(String))}
          {facts.length > 0 && ' '}
          <PlaceLinks system={system} need={need} />
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-2 text-note">
          <Link href={paths.catalog(steps.catalog.catalog, steps.catalog.edition, { rule: need.rule })}>
            {words.rule(need.rule)}
          </Link>
          <ProvenanceTag
            provenance={need.provenance[language]}
            sources={need.sources.map(({ title, at, url }) => ({
              document: pick(title),
              ...(at === undefined ? {} : { at }),
              ...(url === undefined ? {} : { url }),
            }))}
          />
        </p>
        {steps.may.waive && need.state !== 'waived' && need.effect === 'blocks' && (
          <WaiveNeed systemId={system.id} to={step.to} need={need} />
        )}
      </div>
      <span className={`keep text-note font-700 ${look.sign}`}>{effect}</span>
    </li>
  )
}

/** The conditions themselves, as far as the case may be seen. */
function ConditionsOf({ steps, step, need }: Omit<Props, 'system'> & { need: Need }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.stages
  if (need.place.kind !== 'conditions') return null
  const of = steps.conditions.filter(
    (c) => c.effect === need.effect && stageOrder.indexOf(c.stage) <= stageOrder.indexOf(step.to),
  )
  return (
    <ul className="my-1 flex flex-col gap-1 text-note">
      {of.map((c) => (
        <li key={c.id}>
          {t.ui.quote(pick(c.text))} {c.dueOn !== null && words.due(f.date(c.dueOn))}{' '}
          {c.overdue && <Tag tone="error">{words.overdue}</Tag>}
          {c.state === 'reported' && <Tag tone="blue">{words.reported}</Tag>}
        </li>
      ))}
    </ul>
  )
}

function PlaceLinks({ system, need: { place, title } }: { system: SystemDetail; need: Need }) {
  const t = useTexts()
  const pick = usePick()
  const nameOf = useUseName(system)
  const words = t.stages.places
  const { kind, id } = place
  const link = (href: string, name: string) => (
    <Link href={href} label={`${name}：${pick(title)}`}>
      {name}
    </Link>
  )
  switch (kind) {
    case 'finder':
      return system.uses
        .filter((use) => place.useIds.includes(use.id))
        .map((use) => (
          <span key={use.id} className="mr-2 inline-block">
            {system.uses.length > 1 && `${nameOf(use)} `}
            {link(paths.useFinder(use.id), words.finder)}
          </span>
        ))
    case 'case':
      return id === null
        ? link(paths.docket({ system: system.id }), words.caseNew)
        : link(paths.boardCase(id), words.case)
    case 'conditions':
      return link(paths.boardConditions({ system: system.id }), words.conditions)
    case 'procurement':
      return id === null
        ? link(paths.procurements({ system: system.id }), words.procurementNew)
        : link(paths.procurement(id), words.procurement)
    case 'system-rule':
    case 'ministry-rule':
      return id === null
        ? link(paths.userRules(kind === 'system-rule' ? { system: system.id } : {}), words[`${kind}New`])
        : link(paths.userRule(id), words[kind])
    case 'field':
      return id !== null && isFieldId(id)
        ? link(paths.systemEdit(system.id, { field: id }), words.fieldOf(t.fields.labels[id]))
        : null
    case 'none':
      return null
  }
}
