import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'

import type { Followed, FollowedRule } from '#user-rules/acknowledgements/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'
import { Select } from '#web/ui/select.tsx'

import { CountsTable } from './counts-table.tsx'
import { PeopleList } from './people-list.tsx'
import { Remind } from './remind.tsx'

type Where = { rule: string; organisation: string; show: string }

/** Who has yet to acknowledge a rule: counts by place, the people behind them, and telling them. */
export function AcknowledgementsScreen() {
  const t = useTexts()
  const words = t.staffRules.following
  const search = useSearch({ strict: false })
  const router = useRouter()
  const rules = useQuery({
    queryKey: ['followed-rules'],
    queryFn: ({ signal }) => api.get<{ rules: FollowedRule[] }>('/acknowledgements/rules', { signal }),
  })
  const where: Where = {
    rule: oneOf(search, 'rule'),
    organisation: oneOf(search, 'organisation'),
    show: oneOf(search, 'show'),
  }
  return (
    <Page title={words.title} lead={words.lead} crumbs={[{ name: t.shell.product, href: paths.overview() }]}>
      <Loaded query={rules}>
        {({ rules: all }) => {
          const chosen = all.find(({ ruleId }) => ruleId === where.rule) ?? all[0]
          return chosen === undefined ? (
            <Empty why={words.none} todo={words.noneTodo} />
          ) : (
            <>
              <ChooseRule
                rules={all}
                chosen={chosen}
                onChoose={(rule) => router.history.push(paths.acknowledgements({ rule }))}
              />
              <OneRule
                key={`${chosen.ruleId} ${where.organisation}`}
                rule={chosen}
                where={{ ...where, rule: chosen.ruleId }}
              />
            </>
          )
        }}
      </Loaded>
    </Page>
  )
}

type ChooseProps = { rules: readonly FollowedRule[]; chosen: FollowedRule; onChoose: (id: string) => void }
function ChooseRule({ rules, chosen, onChoose }: ChooseProps) {
  const t = useTexts()
  const pick = usePick()
  const words = t.staffRules
  const nameOf = ({ level, name, number }: FollowedRule) =>
    words.following.ruleName(level === 'ministry' ? words.ofMinistry(pick(name)) : words.ofSystem(pick(name)), number)
  return (
    <div className="mb-6">
      <Select
        label={words.following.rule}
        width="full"
        value={chosen.ruleId}
        onChange={onChoose}
        choices={rules.map((rule) => ({ id: rule.ruleId, name: nameOf(rule) }))}
      />
    </div>
  )
}

function OneRule({ rule, where }: { rule: FollowedRule; where: Where }) {
  const query = useQuery({
    queryKey: ['acknowledgements', where.rule, where.organisation],
    queryFn: ({ signal }) =>
      api.get<Followed>('/acknowledgements', { signal, query: { rule: where.rule, organisation: where.organisation } }),
  })
  return (
    <Loaded query={query}>
      {(followed) => (
        <>
          <Above followed={followed} />
          <Counted followed={followed} />
          <Remind followed={followed} />
          <PeopleList followed={followed} show={where.show} />
          <Questions rule={rule} />
        </>
      )}
    </Loaded>
  )
}

/** The way back up the tree. */
function Above({ followed: { above, organisation, rule } }: { followed: Followed }) {
  const t = useTexts()
  const pick = usePick()
  if (above.length === 0) return null
  return (
    <nav aria-label={t.staffRules.following.columns.place} className="mb-3 flex flex-wrap gap-x-2 text-note">
      {above.map(({ id, name }) => (
        <span key={id}>
          <Link href={paths.acknowledgements({ rule: rule.ruleId, organisation: id })}>{pick(name)}</Link>
          <span aria-hidden="true"> ›</span>
        </span>
      ))}
      <span aria-current="page">{pick(organisation.name)}</span>
    </nav>
  )
}

function Counted({ followed }: { followed: Followed }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.staffRules.following
  const { total, rule, organisation, dueDays, dueOn } = followed
  return (
    <Section title={t.ui.named(pick(organisation.name), words.total(f.number(total.staff)))}>
      <p className="mb-3 tabular-nums">
        {words.equation({
          staff: f.number(total.staff),
          this: f.number(total.this),
          wording: f.number(total.wording),
          earlier: f.number(total.earlier),
          never: f.number(total.never),
        })}
      </p>
      <CountsTable followed={followed} />
      <div className="mt-3 flex flex-col gap-1 text-note text-solid-gray-700">
        {rule.level === 'system' && <p>{words.systemHelp}</p>}
        <p>{words.wordingHelp}</p>
        <p>
          {words.overHelp(f.deadline(dueOn), dueDays)}{' '}
          <ProvenanceTag provenance="preset" sources={[]} of={words.preset} />
        </p>
      </div>
    </Section>
  )
}

function Questions({ rule }: { rule: FollowedRule }) {
  const t = useTexts()
  const words = t.staffRules.following
  if (rule.questions === 0) return null
  return (
    <p className="mt-6">
      <Link href={paths.checkQuestions(rule.versionId)}>{words.questions(rule.questions)}</Link>{' '}
      <span className="text-note text-solid-gray-700">{words.privacy}</span>
    </p>
  )
}
