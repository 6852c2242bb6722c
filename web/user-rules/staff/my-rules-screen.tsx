import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { MyRule, MyRules } from '#user-rules/acknowledgements/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { Acknowledge } from './acknowledge.tsx'
import { StaffRule } from './staff-rule.tsx'

export const myRulesQuery = {
  queryKey: ['my-rules'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.get<MyRules>('/my-rules', { signal }),
} as const

/** What concerns the person who reads, in plain words: what is new, what to do and not to do, whom to tell. */
export function MyRulesScreen() {
  const t = useTexts()
  const pick = usePick()
  const query = useQuery(myRulesQuery)
  const ministry = query.data?.organisation
  return (
    <Page title={t.staffRules.title} lead={ministry && t.staffRules.to(pick(ministry.name))}>
      <Loaded query={query}>
        {(mine) => (
          <div className="max-w-[46rem]">
            {mine.rules.length === 0 && <Empty why={t.staffRules.list.none} todo={t.staffRules.list.noneTodo} />}
            {mine.rules.length > 1 && <Index rules={mine.rules} />}
            {mine.rules.map((rule) => (
              <OneRule key={rule.version.rule.id} rule={rule} mine={mine} alone={mine.rules.length === 1} />
            ))}
            <p className="mt-8 text-note text-solid-gray-700">
              {t.staffRules.list.systems} <Link href={paths.usableSystems()}>{t.staffRules.list.toSystems}</Link>
            </p>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

const isDue = (rule: MyRule) => rule.due !== null

function useRuleName() {
  const t = useTexts()
  const pick = usePick()
  return ({ version: { rule } }: MyRule) =>
    rule.system === null
      ? t.staffRules.ofMinistry(pick(rule.organisation.name))
      : t.staffRules.ofSystem(pick(rule.system.name))
}

function Index({ rules }: { rules: readonly MyRule[] }) {
  const t = useTexts()
  const nameOf = useRuleName()
  return (
    <Section title={t.staffRules.list.title}>
      <ul className="border-t border-solid-gray-200">
        {rules.map((rule) => (
          <li
            key={rule.version.rule.id}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-solid-gray-200 py-2.5"
          >
            <Link href={`#rule-${rule.version.rule.id}`}>{nameOf(rule)}</Link>
            <StateTag rule={rule} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function StateTag({ rule }: { rule: MyRule }) {
  const t = useTexts()
  const words = t.staffRules.list.states
  if (rule.standing === null) return null
  if (rule.due?.over === true)
    return (
      <Tag tone="error" icon="attention">
        {words.over}
      </Tag>
    )
  if (rule.due !== null) return <Tag tone="attention">{words[rule.standing]}</Tag>
  return (
    <Tag tone="success" icon="circle-tick">
      {words[rule.standing]}
    </Tag>
  )
}

/** What is still to be acknowledged stands open; of several rules, those that are done are folded. */
function OneRule({ rule, mine, alone }: { rule: MyRule; mine: MyRules; alone: boolean }) {
  const t = useTexts()
  const nameOf = useRuleName()
  const [open, setOpen] = useState(alone || isDue(rule))
  const anchor = `rule-${rule.version.rule.id}`
  if (!open)
    return (
      <section id={anchor} className="mb-6 scroll-mt-4">
        <h2 className="mb-2 text-std-20B-150">{nameOf(rule)}</h2>
        <Button
          look="outline"
          size="medium"
          expanded={false}
          label={`${t.staffRules.list.show}：${nameOf(rule)}`}
          onPress={() => setOpen(true)}
        >
          {t.staffRules.list.show}
        </Button>
      </section>
    )
  return (
    <section
      id={anchor}
      aria-label={nameOf(rule)}
      className="mb-8 scroll-mt-4 sm:rounded-12 sm:border sm:border-solid-gray-420 sm:px-8 sm:py-7"
    >
      <StaffRule
        version={rule.version}
        changes={rule.changes}
        since={rule.acknowledged}
        allNew={rule.standing === 'never'}
        wordingOnly={rule.standing === 'wording'}
        newLines={rule.newLines}
        ahead={rule.ahead}
      >
        <Acknowledge key={rule.version.id} rule={rule} deputy={mine.deputy} />
      </StaffRule>
    </section>
  )
}
