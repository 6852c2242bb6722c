import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams, useRouter, useSearch } from '@tanstack/react-router'

import type { VersionDetail } from '#user-rules/api.ts'
import { api } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { StaffRule } from '#web/user-rules/staff/staff-rule.tsx'
import { ruleQuery } from './calls.ts'
import { ClauseList } from './clause-list.tsx'
import { ClausePanel, Neighbours } from './clause-panel.tsx'
import { Consequence, Deeds } from './deeds-panel.tsx'
import { DifferenceView } from './difference-view.tsx'
import { FullText } from './full-text.tsx'
import { ReviewPanel } from './review-panel.tsx'
import { SettingsPanel } from './settings-panel.tsx'
import { VersionPanel } from './version-panel.tsx'

type Asked = {
  readonly version: string | undefined
  readonly clause: string | undefined
  readonly view: string | undefined
  readonly from: string | undefined
}
const words = (text: string): string | undefined => (text === '' ? undefined : text)

/** A version of a rule: written beside what staff will see, read as a whole, or held against another version. */
export function RuleScreen() {
  const t = useTexts()
  const { id } = useParams({ from: '/user-rules/$id' })
  const search = useSearch({ strict: false })
  const asked: Asked = {
    version: words(oneOf(search, 'version')),
    clause: words(oneOf(search, 'clause')),
    view: words(oneOf(search, 'view')),
    from: words(oneOf(search, 'from')),
  }
  const query = useQuery(ruleQuery(id, asked.version))
  const crumbs = [{ name: t.userRules.title, href: paths.userRules() }]
  if (query.data) return <Rule detail={query.data} asked={asked} />
  return (
    <Page title={t.userRules.title} crumbs={crumbs}>
      <Loaded query={query}>{() => null}</Loaded>
    </Page>
  )
}

function Rule({ detail, asked }: { detail: VersionDetail; asked: Asked }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const { version, may, before } = detail
  const { rule, number, state, effectiveFrom, clauses } = version
  const name =
    rule.system === null
      ? t.userRules.ofMinistry(pick(rule.organisation.name))
      : t.userRules.ofSystem(pick(rule.system.name))
  const title = t.userRules.titled(name, number)
  const texts = t.userRules.rule
  const working = state === 'draft' || state === 'review'
  // Who only reads is shown the text; the editor is for those who write, review or adopt.
  const edits = working && (may.write || may.adopt || may.review)
  const view = asked.view === 'difference' ? 'difference' : asked.view === 'text' || !edits ? 'text' : 'editor'
  const here = { version: String(number) }
  const day =
    effectiveFrom === null
      ? texts.noDay
      : state === 'in-force' || state === 'ended'
        ? texts.since(f.proseDate(effectiveFrom))
        : texts.planned(f.proseDate(effectiveFrom))
  const lead = [
    ...(rule.level === 'ministry' ? [texts.guide] : []),
    t.userRules.articles(f.number(clauses.filter((clause) => clause.number !== null).length)),
    t.userRules.states[state],
    day,
  ].join(t.overview.separator)
  return (
    <Page
      title={title}
      wide
      crumbs={[{ name: t.userRules.title, href: paths.userRules() }]}
      lead={lead}
      actions={
        <>
          {view !== 'text' && (
            <ButtonLink href={paths.userRule(rule.id, { ...here, view: 'text' })}>{texts.wholeText}</ButtonLink>
          )}
          {view !== 'difference' && before && (
            <ButtonLink href={paths.userRule(rule.id, { ...here, view: 'difference' })}>{texts.compare}</ButtonLink>
          )}
          {view !== 'editor' && edits && <ButtonLink href={paths.userRule(rule.id, here)}>{texts.editor}</ButtonLink>}
          {!working && may.beginNext && <BeginNext detail={detail} />}
        </>
      }
    >
      {view === 'text' && <FullText detail={detail} />}
      {view === 'difference' && <DifferenceView detail={detail} from={asked.from} />}
      {view === 'editor' && <Editor detail={detail} chosen={asked.clause} name={title} />}
    </Page>
  )
}

function BeginNext({ detail }: { detail: VersionDetail }) {
  const t = useTexts()
  const client = useQueryClient()
  const router = useRouter()
  const { rule } = detail.version
  const begin = useMutation({
    mutationFn: () => api.post<{ number: number }>(`/${rule.level}-rules/${rule.id}/versions`),
    onSuccess: ({ number }) => {
      void client.invalidateQueries({ queryKey: ['user-rules'] })
      router.history.push(paths.userRule(rule.id, { version: String(number) }))
    },
  })
  return (
    <>
      <Button look="filled" busy={begin.isPending} onPress={() => begin.mutate()}>
        {t.userRules.rule.next}
      </Button>
      {begin.isError && <Problem error={begin.error} takesFocus />}
    </>
  )
}

/** The staff page at the left, one article at the right: both from the same version. */
function Editor({ detail, chosen, name }: { detail: VersionDetail; chosen: string | undefined; name: string }) {
  const t = useTexts()
  const texts = t.userRules.rule
  const { version, before } = detail
  const { clauses, changes } = version
  const clause =
    clauses.find(({ id }) => id === chosen) ??
    clauses.find(({ id }) => changes.some((c) => c.clauseId === id && c.parts.includes('settings'))) ??
    clauses.find(({ number }) => number !== null)
  const fixed = version.state !== 'draft' || !detail.may.write
  // The preview is that of somebody who acknowledged the version before on its first day.
  const day = detail.versions.find((v) => v.number === before?.number)?.effectiveFrom
  const since = before && day ? { number: before.number, at: day } : null
  const href = (id: string) => paths.userRule(version.rule.id, { version: String(version.number), clause: id })
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1.1fr)_minmax(0,1fr)]">
      <section aria-label={texts.staffSide} className="order-2 min-w-0 lg:order-1">
        <h2 className="mb-2 text-note font-700">{texts.staffSide}</h2>
        <div className="rounded-12 border border-solid-gray-420 p-4 sm:p-8">
          <StaffRule
            version={version}
            changes={changes}
            since={since}
            allNew={before === null}
            newLines={newLinesOf(detail)}
          />
        </div>
      </section>
      <section aria-label={texts.editorSide} className="order-1 min-w-0 lg:order-2">
        <div className="mb-2 flex flex-wrap items-baseline justify-between gap-2 text-note">
          <h2 className="font-700">{texts.editorSide}</h2>
          {clause && <Neighbours detail={detail} clause={clause} href={href} />}
        </div>
        {clause && (
          <>
            <ClausePanel key={`text ${clause.id}`} detail={detail} clause={clause} fixed={fixed} />
            <SettingsPanel key={`settings ${clause.id}`} detail={detail} clause={clause} fixed={fixed} />
          </>
        )}
        <Consequence detail={detail} />
        <Deeds detail={detail} name={name} />
        <ReviewPanel detail={detail} />
        <VersionPanel detail={detail} fixed={fixed} />
        <ClauseList detail={detail} chosen={clause?.id} href={href} fixed={fixed} />
      </section>
    </div>
  )
}

/** Sentences for staff that the version before did not have. */
function newLinesOf({ version, before }: VersionDetail): string[] {
  if (before === null) return []
  const earlier = new Set(before.clauses.flatMap(({ staff }) => staff.map((line) => line.ja)))
  return version.clauses.flatMap(({ id, staff }) =>
    staff.flatMap((line, at) => (earlier.has(line.ja) ? [] : [`${id} ${at}`])),
  )
}
