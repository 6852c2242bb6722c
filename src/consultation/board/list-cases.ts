import { type RawBuilder, sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import type { CaseRow, CasesPage, ToConsult } from './api.ts'
import type { CaseState } from './model.ts'
import { standingBy } from './standing.ts'

export type CaseFilter = {
  readonly state?: readonly CaseState[] | undefined
  /** The code of what it waits for. */
  readonly waits?: string | undefined
  readonly systemId?: string | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

type Row = Omit<CaseRow, 'standing' | 'waits' | 'organisation' | 'meeting'> & {
  readonly organisationId: string
  readonly organisation: Name
  readonly ministry: Name
  readonly meeting: CaseRow['meeting']
  readonly member: string
  readonly chair: boolean
  readonly code: string | null
  readonly since: string | null
}

/**
 * Every case that who asks may see, with what it waits for from that person: a declaration or an opinion from a member, a
 * meeting from the secretariat, an answer or the submission from the ministry.
 */
export function casesSeen(actor: Actor): RawBuilder<unknown> {
  const member = sql`board_standing(c.id, ${actor.personId}::uuid)`
  const whoActs =
    actor.role === 'board'
      ? sql`case when c.state <> 'submitted' then null when x.member = 'undeclared' then 'declaration-to-make'
          when x.member = 'deliberating' and not x.given then 'opinion-to-write' end`
      : actor.role === 'secretariat'
        ? sql`case when c.state = 'submitted' and c.meeting_id is null then 'case-to-schedule' end`
        : sql`case when c.state in ('submitted', 'advised') and x.asked is not null then 'question-to-answer'
            when c.state = 'preparing' then 'dossier-to-submit' end`
  return sql`select c.*, x.member, x.given, ${whoActs} as code,
      case when x.asked is not null and c.state <> 'preparing' and ${!['board', 'secretariat'].includes(actor.role)} then x.asked
        when c.state = 'preparing' then c.created_at else c.submitted_at end as since
    from board_case c cross join lateral (select
      ${actor.role === 'board' ? member : sql`'none'`} as member,
      exists (select 1 from board_opinion i where i.case_id = c.id and i.person_id = ${actor.personId}::uuid) as given,
      (select min(q.at) from board_message q where q.case_id = c.id and q.type = 'question'
        and not exists (select 1 from board_message a where a.question_id = q.id)) as asked) x`
}

/** Cases that who asks may see, the one that moved last first. @throws AppError `bad-input` for a cursor that is none */
export async function listCases(db: Db, actor: Actor, asked: CaseFilter): Promise<CasesPage> {
  const after = readCursor(asked.cursor)
  const conditions = [
    asked.state?.length ? sql`s.state = any(${[...asked.state]}::text[])` : sql`true`,
    asked.waits === undefined ? sql`true` : sql`s.code = ${asked.waits}`,
    asked.systemId === undefined ? sql`true` : sql`s.system_id = ${asked.systemId}`,
    after ? sql`(s.updated_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`,
  ]
  const { rows } = await sql<Row>`select s.id, s.number, s.title, s.state, s.organisation_id as "organisationId",
      jsonb_build_object('ja', o.name_ja, 'en', o.name_en) as organisation,
      jsonb_build_object('ja', r.name_ja, 'en', r.name_en) as ministry,
      case when m.id is null then null else jsonb_build_object('number', m.number, 'heldOn', m.held_on) end as meeting,
      s.member, board_chairs(${actor.personId}::uuid) as chair, s.code, case when s.code is null then null else s.since end as since,
      s.submitted_at as "submittedAt", s.updated_at as "updatedAt", s.demo
    from (${casesSeen(actor)}) s join organisation o on o.id = s.organisation_id
    join organisation r on r.id = o.path[1]
    left join board_meeting m on m.id = s.meeting_id
    where ${sql.join(conditions, sql` and `)} order by s.updated_at desc, s.id desc limit ${asked.limit + 1}`.execute(
    db,
  )
  const items = rows.slice(0, asked.limit).map((row) => rowOf(actor, row))
  const last = items.at(-1)
  return { items, next: rows.length > items.length && last ? `${last.updatedAt}_${last.id}` : null }
}

function rowOf(
  actor: Actor,
  { member, chair, code, since, organisationId, organisation, ministry, ...row }: Row,
): CaseRow {
  return {
    ...row,
    organisation: { id: organisationId, name: organisation, ministry },
    standing: standingBy(actor.role, { standing: member, chair }),
    waits: code === null || since === null ? null : { code, since },
  }
}

function readCursor(cursor: string | undefined): { at: string; id: string } | undefined {
  if (cursor === undefined) return undefined
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/.exec(cursor)
  if (!match) throw new AppError('bad-input', { issues: [{ path: '/cursor', keyword: 'not-a-cursor' }] })
  return { at: match[1]!, id: match[2]! }
}

/** Uses whose verdict says to consult the Board, of systems that were never brought to it; not those that are over. */
export const neverConsulted = sql`select s.id, s.number, s.organisation_id, s.facts #>> '{name,value}' as name,
    min(a.made_at) as since
  from ai_use u join ai_system s on s.id = u.system_id left join assessment a on a.id = u.assessment_id
  where u.verdict = 'consult-board' and u.organisation_id in (select organisations_read())
    and coalesce(s.facts #>> '{stage,value}', '') <> 'retired'
    and not exists (select 1 from board_case c where c.system_id = s.id)
  group by s.id`

/** For the ministry: the longest waiting first, at most a hundred. */
export async function toConsult(db: Db): Promise<ToConsult> {
  const { rows } = await sql<ToConsult['items'][number]>`select n.id as "systemId", n.number, n.name,
      jsonb_build_object('id', o.id, 'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en),
        'ministry', jsonb_build_object('ja', r.name_ja, 'en', r.name_en)) as organisation, n.since
    from (${neverConsulted}) n join organisation o on o.id = n.organisation_id join organisation r on r.id = o.path[1]
    order by n.since nulls last, n.number limit 100`.execute(db)
  return { items: rows }
}
