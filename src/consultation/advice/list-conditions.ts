import { sql, type RawBuilder } from 'kysely'

import type { Name } from '#access/model.ts'
import type { May } from '#access/may.ts'
import type { Actor } from '#audit/transaction.ts'
import { peopleNamed } from '#consultation/board/store.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { todayInTokyo } from '#register/move-stage.ts'

import type {
  Condition,
  ConditionDetail,
  ConditionEvent,
  ConditionFilter,
  ConditionsPage,
  ConditionsQuery,
} from './api.ts'
import { conditionDeeds, type ConditionDeed, isOverdue, ofMinistry, stateAfter } from './model.ts'

type Deps = Pick<ConsultationDeps, 'db' | 'may' | 'now'>
type Place = { readonly id: string; readonly name: Name }
type Row = Omit<Condition, 'overdue' | 'may' | 'organisation' | 'owner'> & {
  readonly path: Place[]
  readonly ownerPath: Place[]
  readonly mySeat: 'chair' | 'deliberating' | 'none'
}

const places = (path: string) =>
  sql.raw(`(select jsonb_agg(jsonb_build_object('id', x.id, 'name',
  jsonb_build_object('ja', x.name_ja, 'en', x.name_en)) order by cardinality(x.path)) from organisation x where x.id = any(${path}))`)

/** A due day that is over; what is due on the day itself is in time. */
const late = (today: string) => sql`c.due_on < ${today}::date and c.state in ('open', 'reported')`
const shown = (show: ConditionFilter, today: string): RawBuilder<unknown> =>
  ({
    'to-meet': sql`c.state = 'open'`,
    reported: sql`c.state = 'reported'`,
    overdue: late(today),
    'change-asked': sql`c.change_asked is not null`,
    met: sql`c.state = 'met'`,
    withdrawn: sql`c.state = 'withdrawn'`,
    all: sql`true`,
  })[show]

function narrowed(
  query: Pick<ConditionsQuery, 'system' | 'case' | 'organisation' | 'effect' | 'stage'>,
): RawBuilder<unknown> {
  const parts = [
    sql`c.binding`,
    ...(query.system ? [sql`c.system_id = ${query.system}`] : []),
    ...(query.case ? [sql`c.case_id = ${query.case}`] : []),
    ...(query.organisation
      ? [
          sql`exists (select 1 from organisation x where x.id = c.organisation_id and x.path @> array[${query.organisation}::uuid])`,
        ]
      : []),
    ...(query.effect ? [sql`c.effect = ${query.effect}`] : []),
    ...(query.stage ? [sql`c.stage = ${query.stage}`] : []),
  ]
  return sql.join(parts, sql` and `)
}

async function read(db: Db, actor: Actor, where: RawBuilder<unknown>, limit: number): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select c.id, c.case_id as "caseId", b.number as "caseNumber", c.system_id as "systemId", b.title as "systemName",
      c.position, jsonb_build_object('ja', c.text_ja, 'en', c.text_en) as text, c.effect, c.stage,
      c.owner_unit as "ownerUnit", c.due_on as "dueOn", c.evidence_wanted as "evidenceWanted", c.binding, c.state, c.number,
      case when c.change_asked is null then null
        else jsonb_build_object('words', c.change_asked, 'at', to_jsonb(c.change_asked_at) #>> '{}') end as "changeAsked",
      c.binding_since as since, c.reported_at as "reportedAt", c.settled_at as "settledAt", c.version, c.demo,
      ${places('o.path')} as path, ${places('w.path')} as "ownerPath",
      case when board_standing(c.case_id, ${actor.personId}::uuid) <> 'deliberating' then 'none'
        when board_chairs(${actor.personId}::uuid) then 'chair' else 'deliberating' end as "mySeat"
    from advice_condition c join board_case b on b.id = c.case_id join organisation o on o.id = c.organisation_id
      join organisation w on w.id = c.owner_organisation_id
    where ${where}
    order by (c.state in ('open', 'reported')) desc, c.due_on nulls last, c.id limit ${limit}`.execute(db)
  return rows
}

/** Conditions that bind, the ones that are due first. @throws AppError `not-permitted`, `bad-input` for a cursor that is none */
export async function listConditions(deps: Deps, actor: Actor, query: ConditionsQuery): Promise<ConditionsPage> {
  deps.may(actor, 'read-docket')
  const today = todayInTokyo(deps.now())
  const all = narrowed(query)
  const rows = await read(
    deps.db,
    actor,
    sql`${all} and ${shown(query.show, today)} and ${after(query.cursor)}`,
    query.limit + 1,
  )
  const items = rows.slice(0, query.limit).map((row) => conditionOf(deps.may, actor, row, today))
  const last = rows[query.limit - 1]
  const { rows: counted } = await sql<ConditionsPage['counts']>`
    select count(*)::int as "all", count(*) filter (where c.state = 'open')::int as "to-meet",
      count(*) filter (where c.state = 'reported')::int as reported, count(*) filter (where ${late(today)})::int as overdue,
      count(*) filter (where c.change_asked is not null)::int as "change-asked",
      count(*) filter (where c.state = 'met')::int as met, count(*) filter (where c.state = 'withdrawn')::int as withdrawn
    from advice_condition c where ${all}`.execute(deps.db)
  return { items, next: rows.length > query.limit && last ? cursorAt(last) : null, counts: counted[0]! }
}

const isOpen = (state: string) => state === 'open' || state === 'reported'
const cursorAt = (row: Row): string => `${isOpen(row.state) ? 1 : 0}_${row.dueOn ?? ''}_${row.id}`

function after(cursor: string | undefined): RawBuilder<unknown> {
  if (cursor === undefined) return sql`true`
  const match = /^([01])_(\d{4}-\d\d-\d\d|)_([0-9a-f-]{36})$/.exec(cursor)
  if (!match) throw new AppError('bad-input', { issues: [{ path: '/cursor', keyword: 'not-a-cursor' }] })
  const [, open, due, id] = match
  const rank = sql`case when c.state in ('open', 'reported') then 0 else 1 end`
  return sql`(${rank}, coalesce(c.due_on, 'infinity'::date), c.id)
    > (${open === '1' ? 0 : 1}::int, ${due === '' ? 'infinity' : due}::date, ${id}::uuid)`
}

/** Every condition of a list, for a file; at most as many as anybody reads. */
export async function allConditions(deps: Deps, actor: Actor, query: ConditionsQuery): Promise<Condition[]> {
  deps.may(actor, 'read-docket')
  const today = todayInTokyo(deps.now())
  const rows = await read(deps.db, actor, sql`${narrowed(query)} and ${shown(query.show, today)}`, 10_000)
  return rows.map((row) => conditionOf(deps.may, actor, row, today))
}

/** Those of one case, drafts too where they may be seen. */
export async function conditionsOfCase(deps: Deps, actor: Actor, caseId: string): Promise<Condition[]> {
  const rows = await read(deps.db, actor, sql`c.case_id = ${caseId}`, 500)
  const today = todayInTokyo(deps.now())
  return rows.map((row) => conditionOf(deps.may, actor, row, today)).toSorted((a, b) => a.position - b.position)
}

/** @throws AppError `not-found`, `not-permitted` */
export async function readCondition(deps: Deps, actor: Actor, id: string): Promise<ConditionDetail> {
  deps.may(actor, 'read-docket')
  const row = (await read(deps.db, actor, sql`c.id = ${id}`, 1))[0]
  if (!row) throw new AppError('not-found', { condition: id })
  const { rows } = await sql<Omit<ConditionEvent, 'by'> & { actorId: string }>`
    select id, at, type, number, words, content, actor_role as role, actor_id as "actorId"
    from advice_condition_event where condition_id = ${id} order by at desc, id desc`.execute(deps.db)
  // Who acts on a case is named to all who read it, of whatever ministry.
  const people = await peopleNamed(
    deps.db,
    rows.map(({ actorId }) => actorId),
  )
  const events = rows.map(({ actorId, ...event }) => ({ ...event, by: people.get(actorId)?.post ?? null }))
  return { ...conditionOf(deps.may, actor, row, todayInTokyo(deps.now())), events }
}

function conditionOf(may: May, actor: Actor, { path, ownerPath, mySeat, ...row }: Row, today: string): Condition {
  return {
    ...row,
    organisation: { ...path.at(-1)!, path },
    owner: { ...ownerPath.at(-1)!, path: ownerPath },
    overdue: row.binding && isOverdue(row, today),
    may: row.binding ? openDeeds(may, actor, { path, ownerPath, mySeat, ...row }) : [],
  }
}

function openDeeds(may: May, actor: Actor, row: Row): ConditionDeed[] {
  const asks = (action: Parameters<May>[1], path: readonly Place[]): boolean => {
    try {
      may(actor, action, { organisationPath: path.map(({ id }) => id) })
      return true
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-permitted') return false
      throw error
    }
  }
  const answers = asks('report-condition', row.path) || asks('report-condition', row.ownerPath)
  const settles = asks('settle-condition', row.path)
  const chairs = row.mySeat === 'chair' && actor.role === 'board'
  return conditionDeeds.filter((deed) => {
    if (stateAfter(row.state, deed) === undefined) return false
    if (deed === 'refuse-change' && row.changeAsked === null) return false
    if (ofMinistry.has(deed)) return answers && !(deed === 'ask-change' && row.changeAsked !== null)
    return deed === 'settle' || deed === 'send-back' ? settles : chairs
  })
}

/** Where evidence of a condition stands; nothing when the condition does not bind or may not be seen. */
export async function placeOfCondition(
  db: Db,
  id: string,
): Promise<{ organisationId: string; organisationPath: string[] } | undefined> {
  const { rows } = await sql<{ organisationId: string; organisationPath: string[] }>`
    select c.organisation_id as "organisationId", o.path as "organisationPath"
    from advice_condition c join organisation o on o.id = c.organisation_id where c.id = ${id} and c.binding`.execute(
    db,
  )
  return rows[0]
}
