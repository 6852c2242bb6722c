import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import type { Clause, RuleVersion } from './api.ts'
import { changesBetween } from './differences.ts'
import { digestOf } from './digest.ts'
import { type Level, type Section, sections, stateOn, type StoredState } from './model.ts'

export type VersionRow = Omit<RuleVersion, 'rule' | 'state' | 'clauses' | 'changes' | 'digest' | 'substance'> & {
  readonly ruleId: string
  readonly level: Level
  readonly organisationId: string
  readonly organisationName: Name
  readonly organisationPath: readonly string[]
  readonly systemId: string | null
  readonly systemName: Name | null
  readonly stored: StoredState
  readonly followedFrom: string | null
  readonly beforeId: string | null
  readonly beforeFrom: string | null
  readonly digest: string | null
  readonly substance: boolean | null
}

/** The first day of an adopted version of the same rule that came after. */
export const followedFrom = sql`(select min(n.effective_from) from rule_version n
  where n.rule_id = v.rule_id and n.state = 'adopted' and n.number > v.number)`

const versionRows = sql<VersionRow>`
  select v.id, v.rule_id as "ruleId", case when v.system_id is null then 'ministry' else 'system' end as level,
    v.organisation_id as "organisationId", jsonb_build_object('ja', o.name_ja, 'en', o.name_en) as "organisationName",
    o.path as "organisationPath", v.system_id as "systemId",
    case when s.id is null then null else jsonb_build_object('ja', s.facts #>> '{name,value}',
      'en', coalesce(s.facts #>> '{name-en,value}', s.facts #>> '{name,value}')) end as "systemName",
    v.number, v.state as stored, v.before_id as "beforeId",
    b.effective_from as "beforeFrom", v.effective_from as "effectiveFrom", v.ended_from as "endedFrom",
    ${followedFrom} as "followedFrom", v.adopted_at as "adoptedAt",
    case when a.id is null then null else jsonb_build_object('id', a.id, 'name', jsonb_build_object('ja', a.name_ja, 'en', a.name_en),
      'post', jsonb_build_object('ja', a.post_ja, 'en', a.post_en)) end as "adoptedBy",
    v.digest, v.substance, v.contact, v.version
  from rule_version v join organisation o on o.id = v.organisation_id
    left join ai_system s on s.id = v.system_id left join person a on a.id = v.adopted_by
    left join rule_version b on b.id = v.before_id`

type ClauseRow = Omit<Clause, 'number'> & { readonly versionId: string; readonly position: number }

const order = (section: Section) => sections.indexOf(section)

/** Articles count from 1 in the order of sections and places; what was taken out has no number and comes last. */
export function numbered(rows: readonly (Omit<Clause, 'number'> & { readonly position: number })[]): Clause[] {
  const sorted = rows.toSorted(
    (a, b) =>
      Number(a.removedBecause !== null) - Number(b.removedBecause !== null) ||
      order(a.section) - order(b.section) ||
      a.position - b.position ||
      (a.id < b.id ? -1 : 1),
  )
  return sorted.map((row, index) => clauseOf(row, row.removedBecause === null ? index + 1 : null))
}

function clauseOf(row: Omit<Clause, 'number'>, number: number | null): Clause {
  const { id, section, heading, text, staff, settings, basedOn, change, wordingOnly } = row
  const { sameMeaning, removedBecause, version } = row
  const content = { section, heading, text, staff, settings, change, wordingOnly }
  return { id, number, ...content, basedOn, sameMeaning, removedBecause, version }
}

/** The clauses of several versions, each in order. */
export async function clausesOf(db: Db, versionIds: readonly string[]): Promise<Map<string, Clause[]>> {
  const { rows } = await sql<ClauseRow>`
    select c.version_id as "versionId", c.id, c.section, c.position, c.heading, c.body as text, c.staff, c.settings,
      c.based_on as "basedOn", c.change, c.wording_only as "wordingOnly",
      case when c.same_meaning_at is null then null else jsonb_build_object('at', c.same_meaning_at,
        'by', case when p.id is null then null else jsonb_build_object('ja', p.post_ja, 'en', p.post_en) end) end as "sameMeaning",
      c.removed_because as "removedBecause", c.version
    from rule_clause c left join person p on p.id = c.same_meaning_by
    where c.version_id = any(${[...versionIds]}::uuid[])`.execute(db)
  const byVersion = Map.groupBy(rows, (row) => row.versionId)
  return new Map(versionIds.map((id) => [id, numbered(byVersion.get(id) ?? [])]))
}

export const inText = (clauses: readonly Clause[]): Clause[] => clauses.filter((clause) => clause.number !== null)

function versionOf(row: VersionRow, clauses: readonly Clause[], before: readonly Clause[] | undefined, on: string) {
  const changes = before === undefined ? [] : changesBetween(inText(before), inText(clauses))
  const { ruleId: id, level, organisationId, organisationName, systemId, systemName } = row
  const system = systemId === null ? null : { id: systemId, name: systemName ?? { ja: '', en: '' } }
  const rule = { id, level, organisation: { id: organisationId, name: organisationName }, system }
  const { number, effectiveFrom, endedFrom, adoptedAt, adoptedBy, contact, version } = row
  const content = { rule, number, effectiveFrom, contact, clauses: [...clauses] }
  return {
    ...content,
    id: row.id,
    state: stateOn({ ...row, state: row.stored }, on),
    endedFrom,
    adoptedAt,
    adoptedBy,
    digest: row.digest ?? digestOf(content),
    // The first version of a rule is new to everybody.
    substance: row.substance ?? (before === undefined || changes.some((change) => change.substantive)),
    changes,
    version,
  } satisfies RuleVersion
}

/** A version with what the store knows of it besides. */
export type Loaded = {
  readonly row: VersionRow
  readonly version: RuleVersion
  readonly before: readonly Clause[] | null
}

/** @param where a condition on `v` */
async function loadWhere(db: Db, where: ReturnType<typeof sql>, on: string): Promise<RuleVersion[]> {
  return (await loadedWhere(db, where, on)).map(({ version }) => version)
}

async function loadedWhere(db: Db, where: ReturnType<typeof sql>, on: string): Promise<Loaded[]> {
  const { rows } = await sql<VersionRow>`${versionRows} where ${where} order by v.rule_id, v.number`.execute(db)
  const ids = rows.flatMap((row) => (row.beforeId === null ? [row.id] : [row.id, row.beforeId]))
  if (ids.length === 0) return []
  const clauses = await clausesOf(db, [...new Set(ids)])
  return rows.map((row) => {
    const before = row.beforeId === null ? undefined : clauses.get(row.beforeId)
    return { row, version: versionOf(row, clauses.get(row.id) ?? [], before, on), before: before ?? null }
  })
}

/** @param on `YYYY-MM-DD`, the day for which its state is told. @throws AppError `not-found`, also when it may not be seen */
export async function loadVersion(db: Db, id: string, on: string): Promise<RuleVersion> {
  return (await loadWithRow(db, id, on)).version
}

/** @throws AppError `not-found` */
export async function loadWithRow(db: Db, id: string, on: string): Promise<Loaded> {
  const [loaded] = await loadedWhere(db, sql`v.id = ${id}`, on)
  if (!loaded) throw new AppError('not-found', { 'rule-version': id })
  return loaded
}

/** Every version of a rule that may be seen, oldest first. */
export const loadVersions = (db: Db, ruleId: string, on: string): Promise<RuleVersion[]> =>
  loadWhere(db, sql`v.rule_id = ${ruleId}`, on)

const inForceOn = (on: string) => sql`v.state = 'adopted' and v.effective_from <= ${on}::date
  and (v.ended_from is null or v.ended_from > ${on}::date)
  and not exists (select 1 from rule_version n where n.rule_id = v.rule_id and n.state = 'adopted'
    and n.number > v.number and n.effective_from <= ${on}::date)`

/**
 * The rule in force on a day: of a system, or of an organisation (its own, else that of the nearest one above it).
 * @param on `YYYY-MM-DD`, a day of the office
 */
export async function loadInForce(
  db: Db,
  where: { readonly organisationId: string } | { readonly systemId: string },
  on: string,
): Promise<RuleVersion | undefined> {
  if ('systemId' in where)
    return (await loadWhere(db, sql`v.system_id = ${where.systemId} and ${inForceOn(on)}`, on))[0]
  const { rows } = await sql<{ id: string }>`
    select v.id from rule_version v join organisation h on h.id = ${where.organisationId} and v.organisation_id = any(h.path)
    where v.system_id is null and ${inForceOn(on)}
    order by array_position(h.path, v.organisation_id) desc limit 1`.execute(db)
  return rows[0] && loadVersion(db, rows[0].id, on)
}
