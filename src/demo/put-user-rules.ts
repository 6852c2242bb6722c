import { sql } from 'kysely'
import { z } from 'zod'

import { type Actor, type Tx, txOver } from '#audit/transaction.ts'
import { loadCatalog } from '#catalog/load-catalog.ts'
import { AppError } from '#platform/errors.ts'
import type { NewId } from '#platform/ids.ts'
import { fromRoot } from '#platform/root.ts'
import { changesBetween } from '#user-rules/differences.ts'
import { digestOf } from '#user-rules/digest.ts'
import { firstClauses, type Guide, guideOf } from '#user-rules/guide.ts'
import { changeNoteSchema, type ClauseContent, contactSchema, staffLineSchema } from '#user-rules/model.ts'
import { wordsSchema } from '#user-rules/settings.ts'
import { inText, numbered } from '#user-rules/store-read.ts'
import { insertClauses, insertVersion, type NewClause, type RuleEventType, tell } from '#user-rules/store-write.ts'

import { idOf } from './ids.ts'
import type { Content } from './read-content.ts'

const moment = z.string().regex(/^\d{4}-\d\d-\d\d \d{1,2}:\d\d$/)
const day = z.iso.date()
const clause = z.strictObject({
  text: wordsSchema.optional(),
  staff: z.array(staffLineSchema).optional(),
  change: changeNoteSchema.optional(),
  /** Sets every category of personal data of a service at once. */
  personal: z.strictObject({ contracted: z.enum(['refuse', 'mask', 'warn', 'allow']) }).optional(),
})
const version = z.strictObject({
  number: z.int(),
  effective: day,
  adopted: z.strictObject({ on: moment, by: z.string() }).optional(),
  begun: moment.optional(),
  'review-began': moment.optional(),
  reviewers: z.array(z.strictObject({ person: z.string(), on: moment.optional() })),
  add: z.array(z.string()).default([]),
  clauses: z.record(z.string(), clause).default({}),
})
const rule = z.strictObject({
  key: z.string(),
  organisation: z.string(),
  system: z.string().optional(),
  contact: contactSchema,
  versions: z.array(version),
})
/** The form of demo/user-rules.yaml. */
export const userRulesSchema = z.strictObject({ rules: z.array(rule) })
type Rule = z.infer<typeof rule>
type Version = z.infer<typeof version>

/** The guide that is shipped: what the demonstration says does not depend on what a ministry has put in its place. */
function shippedGuide(): Guide {
  const read = loadCatalog(fromRoot('catalogs/user-rule-guide-1'))
  if (!read.ok) throw new AppError('unavailable', { reason: 'catalog-faulty', faults: read.faults })
  return guideOf({ catalog: read.catalog.id, edition: read.catalog.edition, content: read.catalog })
}

const at = (text: string) => new Date(`${text.replace(/ (\d):/, ' 0$1:').replace(' ', 'T')}:00+09:00`)
const daysBefore = (date: Date, days: number) => new Date(date.getTime() - days * 86_400_000)

/** Puts in the rules with the versions they went through, each step by who took it and at its time. */
export async function putUserRules(t: Tx, newId: NewId, content: Content): Promise<void> {
  const guide = shippedGuide()
  const actorOf = (key: string): Actor => {
    const person = content.people.find((one) => one.key === key)
    if (!person) throw new Error(`demo/user-rules.yaml: no such person: ${key}`)
    const organisationId = idOf(`organisation ${person.for}`)
    return { personId: idOf(`person ${key}`), role: person.roles[0]!, organisationId }
  }
  for (const one of content.userRules) await putRule(t, { newId, guide, actorOf }, one)
}

type Around = { readonly newId: NewId; readonly guide: Guide; readonly actorOf: (key: string) => Actor }

/** Who writes: the office of the CAIO for a ministry, the planner for a system. */
const writerOf = ({ system, key }: Rule) => (system === undefined ? `${key}-office` : `${key.split('-')[0]}-planner`)

async function putRule(t: Tx, around: Around, one: Rule): Promise<void> {
  const ruleId = idOf(`user-rule ${one.key}`)
  const place = {
    ruleId,
    organisationId: idOf(`organisation ${one.organisation}`),
    systemId: one.system === undefined ? null : idOf(`system ${one.system}`),
  }
  const level = one.system === undefined ? 'ministry' : 'system'
  const writer = around.actorOf(writerOf(one))
  let clauses: NewClause[] = firstClauses(around.guide, level).map(({ id, content }, n) => {
    return { id, content, position: n + 1, basedOn: id, sameMeaning: true }
  })
  let before: { id: string; clauses: NewClause[] } | null = null
  for (const v of one.versions) {
    const began = v.begun ? at(v.begun) : daysBefore(at(v.adopted!.on), 30)
    const deed = (when: Date, actor: Actor): Tx => txOver(t.db, { actor, at: when, newId: around.newId })
    if (before === null)
      await sql`insert into user_rule (id, organisation_id, system_id, created_at, created_by, demo)
        values (${ruleId}, ${place.organisationId}, ${place.systemId}, ${began.toISOString()}, ${writer.personId}, true)`.execute(
        t.db,
      )
    clauses = changed(around.guide, level, clauses, v)
    const id = idOf(`user-rule ${one.key} ${v.number}`)
    const begin = deed(began, writer)
    const guide = before === null ? `${around.guide.catalog}@${around.guide.edition}` : null
    await insertVersion(begin, {
      ...place,
      id,
      number: v.number,
      guide,
      beforeId: before?.id ?? null,
      contact: one.contact,
    })
    await insertClauses(begin, id, clauses)
    const event = { ...place, versionId: id }
    await tell(begin, {
      ...event,
      type: before === null ? 'rule-begun' : 'version-begun',
      detail: { number: v.number },
    })
    await putReview({ ...around, deed, writer, event }, v, began)
    if (v.adopted)
      await adopt(deed(at(v.adopted.on), around.actorOf(v.adopted.by)), { one, v, event, clauses, before, level })
    before = { id, clauses }
  }
}

/** The clauses of a version: those before, without their news, with what it adds and changes. */
function changed(guide: Guide, level: 'ministry' | 'system', before: NewClause[], v: Version): NewClause[] {
  const added = v.add.map((id): NewClause => {
    const seeds = guide.clauses[level]
    const index = seeds.findIndex((seed) => seed.id === id)
    const seed = seeds[index]
    if (!seed) throw new Error(`demo/user-rules.yaml: the guide has no clause ${id}`)
    const above = seeds.slice(0, index).findLast((s) => before.some((c) => c.id === s.id))
    const position = (before.find((c) => c.id === above?.id)?.position ?? 0) + 0.5
    return { id, content: seed.content, position, basedOn: id, sameMeaning: true }
  })
  return [...before, ...added].map((one) => {
    const { personal, ...to } = v.clauses[one.id] ?? {}
    const settings = one.content.settings.map((s) =>
      personal && s.kind === 'personal-data' && s.service === 'contracted' ? { ...s, value: personal.contracted } : s,
    )
    return { ...one, content: { ...one.content, change: null, settings, ...to } as ClauseContent }
  })
}

type Step = Around & {
  readonly deed: (when: Date, actor: Actor) => Tx
  readonly writer: Actor
  readonly event: { ruleId: string; versionId: string; organisationId: string; systemId: string | null }
}

async function putReview({ deed, writer, event, actorOf }: Step, v: Version, began: Date): Promise<void> {
  const start = v['review-began'] ? at(v['review-began']) : new Date(began.getTime() + 5 * 86_400_000)
  const reviewers = v.reviewers.map(({ person, on }) => ({ actor: actorOf(person), on }))
  const rows = reviewers.map(({ actor, on }) => ({ person: actor.personId, on: on ? at(on).toISOString() : null }))
  const t = deed(start, writer)
  await sql`insert into rule_review (version_id, person_id, organisation_id, named_at, finding, found_at)
    select ${event.versionId}::uuid, r.person, ${event.organisationId}::uuid, ${start.toISOString()}::timestamptz,
      case when r.on is null then null else 'confirmed' end, r.on
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(person uuid, "on" timestamptz)`.execute(t.db)
  await sql`update rule_version set state = 'review', effective_from = ${v.effective}::date,
    review_began_at = ${start.toISOString()}, version = version + 1, updated_at = ${start.toISOString()}
    where id = ${event.versionId}`.execute(t.db)
  await tell(t, { ...event, type: 'review-began', detail: { reviewers: rows.map((r) => r.person) } })
  for (const { actor, on } of reviewers)
    if (on) await tell(deed(at(on), actor), { ...event, type: 'review-confirmed' satisfies RuleEventType })
}

type Adoption = {
  readonly one: Rule
  readonly v: Version
  readonly event: Step['event']
  readonly clauses: readonly NewClause[]
  readonly before: { readonly clauses: readonly NewClause[] } | null
  readonly level: 'ministry' | 'system'
}

async function adopt(t: Tx, { one, v, event, clauses, before, level }: Adoption): Promise<void> {
  const articles = (all: readonly NewClause[]) =>
    inText(
      numbered(
        all.map(({ id, position, content, basedOn }) => {
          return { id, position, ...content, basedOn, sameMeaning: null, removedBecause: null, version: 1 }
        }),
      ),
    )
  const now = articles(clauses)
  const substance = before === null || changesBetween(articles(before.clauses), now).some((c) => c.substantive)
  const rule = { id: event.ruleId, level, organisation: { id: '', name: { ja: '', en: '' } }, system: null }
  const digest = digestOf({ rule, number: v.number, effectiveFrom: v.effective, contact: one.contact, clauses: now })
  await sql`update rule_version set state = 'adopted', adopted_at = ${t.at.toISOString()}, adopted_by = ${t.actor.personId},
    adopted_role = ${t.actor.role}, digest = ${digest}, substance = ${substance}, version = version + 1,
    updated_at = ${t.at.toISOString()} where id = ${event.versionId}`.execute(t.db)
  const detail = { number: v.number, effectiveFrom: v.effective, substance }
  await tell(t, { ...event, type: 'adopted', digest, detail })
}
