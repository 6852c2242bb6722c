import { useQuery } from '@tanstack/react-query'

import type { RuleLine, RuleList, VersionLine } from '#user-rules/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'

import { BeginSystemRule, useBegin } from './begin-system-rule.tsx'
import { rulesQuery } from './calls.ts'
import { StateTag } from './state-tag.tsx'

/** The rules of the ministry and of systems, and the systems that have none. */
export function RulesScreen() {
  const t = useTexts()
  const query = useQuery(rulesQuery)
  return (
    <Page title={t.userRules.title} lead={t.userRules.lead}>
      <Loaded query={query}>
        {(list) => (
          <>
            <BeginSystemRule list={list} />
            <Rules list={list} />
            <WithoutRule list={list} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function Rules({ list }: { list: RuleList }) {
  const t = useTexts()
  const pick = usePick()
  const begin = useBegin()
  const texts = t.userRules.list
  const { beginMinistry } = list.may
  const button = beginMinistry && (
    <Button look="filled" busy={begin.isPending} onPress={() => begin.mutate({ organisationId: beginMinistry.id })}>
      {texts.beginMinistry(pick(beginMinistry.name))}
    </Button>
  )
  return (
    <div className="mb-8">
      {begin.isError && <Problem error={begin.error} takesFocus />}
      {list.rules.length === 0 ? (
        <Empty why={texts.empty} todo={texts.emptyTodo} action={button ?? undefined} />
      ) : (
        <>
          <RulesTable rules={list.rules} />
          {button && <div className="mt-4">{button}</div>}
        </>
      )}
    </div>
  )
}

function RulesTable({ rules }: { rules: readonly RuleLine[] }) {
  const t = useTexts()
  const pick = usePick()
  const texts = t.userRules.list
  const nameOf = (rule: RuleLine) =>
    rule.system === null
      ? t.userRules.ofMinistry(pick(rule.organisation.name))
      : t.userRules.ofSystem(pick(rule.system.name))
  return (
    <DataTable
      caption={texts.caption}
      rows={[...rules]}
      rowKey={(rule) => rule.id}
      rowName={nameOf}
      columns={[
        {
          id: 'name',
          name: texts.name,
          rowHead: true,
          cell: (rule) => (
            <>
              <Link href={paths.userRule(rule.id)} bold>
                {nameOf(rule)}
              </Link>
              <p className="text-note text-solid-gray-700">
                {t.userRules.level[rule.level]}
                {rule.level === 'system' && ` ${t.ui.brackets(pick(rule.organisation.name))}`}
              </p>
            </>
          ),
        },
        { id: 'in-force', name: texts.inForce, cell: (rule) => <InForce rule={rule} /> },
        { id: 'open', name: texts.open, cell: (rule) => <OpenVersion rule={rule} /> },
      ]}
    />
  )
}

function InForce({ rule }: { rule: RuleLine }) {
  const t = useTexts()
  const f = useFormat()
  const texts = t.userRules.list
  const inForce = rule.versions.find((v) => v.state === 'in-force')
  const ahead = rule.versions.find((v) => v.state === 'adopted')
  return (
    <>
      {inForce ? (
        <Line rule={rule} version={inForce} />
      ) : (
        <span className="text-solid-gray-700">{texts.nothingInForce}</span>
      )}
      {ahead?.effectiveFrom && (
        <p className="text-note">
          <Link href={paths.userRule(rule.id, { version: String(ahead.number) })}>
            {texts.ahead(ahead.number, f.date(ahead.effectiveFrom))}
          </Link>
        </p>
      )}
    </>
  )
}

function Line({ rule, version }: { rule: RuleLine; version: VersionLine }) {
  const t = useTexts()
  const f = useFormat()
  return (
    <p className="flex flex-wrap items-center gap-2">
      <Link href={paths.userRule(rule.id, { version: String(version.number) })}>
        {t.userRules.edition(version.number)}
      </Link>
      <StateTag state={version.state} />
      {version.effectiveFrom && <span className="keep">{t.userRules.rule.since(f.date(version.effectiveFrom))}</span>}
    </p>
  )
}

function OpenVersion({ rule }: { rule: RuleLine }) {
  const t = useTexts()
  const f = useFormat()
  const texts = t.userRules.list
  const open = rule.versions.find((v) => v.state === 'draft' || v.state === 'review')
  if (!open) return <span className="text-solid-gray-700">{texts.nothingOpen}</span>
  const { confirmed, of } = open.reviewers
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Link href={paths.userRule(rule.id)}>{t.userRules.edition(open.number)}</Link>
        <StateTag state={open.state} />
      </p>
      <p className="text-note text-solid-gray-700">
        {open.effectiveFrom ? t.userRules.rule.planned(f.date(open.effectiveFrom)) : t.userRules.rule.noDay}
        {open.state === 'review' && of > 0 && `${t.overview.separator}${texts.reviewers(confirmed, of)}`}
      </p>
    </>
  )
}

function WithoutRule({ list }: { list: RuleList }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const begin = useBegin()
  const texts = t.userRules.list
  return (
    <Section title={texts.without} aside={texts.count(f.number(list.withoutRule.length))}>
      {list.withoutRule.length === 0 ? (
        <p>{texts.withoutNone}</p>
      ) : (
        <>
          <p className="mb-3 text-note">{texts.withoutText}</p>
          {begin.isError && <Problem error={begin.error} takesFocus />}
          <DataTable
            caption={texts.without}
            dense
            rows={[...list.withoutRule]}
            rowKey={(system) => system.id}
            rowName={(system) => pick(system.name)}
            columns={[
              {
                id: 'system',
                name: texts.system,
                rowHead: true,
                cell: (system) => <Link href={paths.system(system.id)}>{pick(system.name)}</Link>,
              },
              { id: 'organisation', name: texts.organisation, cell: (system) => pick(system.organisation) },
              {
                id: 'deed',
                name: texts.deed,
                cell: (system) =>
                  system.ruleId !== null ? (
                    <ButtonLink href={paths.userRule(system.ruleId)} size="small">
                      {texts.openRule}
                    </ButtonLink>
                  ) : (
                    <Button
                      size="small"
                      label={texts.beginOf(pick(system.name))}
                      busy={begin.isPending}
                      onPress={() => begin.mutate({ systemId: system.id })}
                      {...(system.mayBegin ? {} : { blockedBecause: texts.onlyPlanner, reason: 'hidden' as const })}
                    >
                      {texts.begin}
                    </Button>
                  ),
              },
            ]}
          />
          {list.withoutRule.some((s) => s.ruleId === null && !s.mayBegin) && (
            <p className="mt-2 text-note text-solid-gray-700">{texts.onlyPlanner}</p>
          )}
        </>
      )}
    </Section>
  )
}
