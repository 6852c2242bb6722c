import { sql } from 'kysely'

import type { Name } from '#access/model.ts'
import type { Actor } from '#audit/transaction.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { lockRows } from '#platform/lock-rows.ts'
import { asSystem } from '#platform/scope.ts'

import type { Seat, SeatInput } from './api.ts'
import { peopleNamed, unnamed } from './store.ts'

type Row = Omit<Seat, 'name'>

/** The day in Japan, as the database asks it (`board_seated`). */
const today = sql`(now() at time zone 'Asia/Tokyo')::date`

const seats = sql`select id, person_id as "personId", jsonb_build_object('ja', expertise_ja, 'en', expertise_en) as expertise,
  chair, from_date as "from", to_date as "to", version from board_seat`

async function named(db: Db, rows: readonly Row[]): Promise<Seat[]> {
  const names = await peopleNamed(
    db,
    rows.map(({ personId }) => personId),
  )
  return rows.map((row) => ({ ...row, name: names.get(row.personId)?.name ?? unnamed }))
}

/** Everybody who sits or sat, the chair first. */
export async function allSeats(db: Db): Promise<Seat[]> {
  const { rows } = await sql<Row>`${seats} order by to_date is not null, chair desc, from_date, id`.execute(db)
  return named(db, rows)
}

/** Who sits today (the day in Japan), the chair first, each person once. */
export async function seatsNow(db: Db): Promise<Seat[]> {
  const { rows } =
    await sql<Row>`${seats} where ${today} between from_date and coalesce(to_date, 'infinity'::date) order by chair desc, from_date, id`.execute(
      db,
    )
  const once = rows.filter((row, i) => rows.findIndex((other) => other.personId === row.personId) === i)
  return named(db, once)
}

/** Who holds the role of a member today: only they can be given a seat. */
export async function candidates(
  deps: Pick<ConsultationDeps, 'db'>,
): Promise<{ personId: string; name: Name; post: Name }[]> {
  const { rows } = await asSystem(() =>
    sql<{ id: string }>`select distinct h.person_id as id from role_held h join person p on p.id = h.person_id
      where h.role = 'board' and p.disabled_at is null and ${today} between h.from_date and coalesce(h.to_date, 'infinity'::date)`.execute(
      deps.db,
    ),
  )
  const names = await peopleNamed(
    deps.db,
    rows.map(({ id }) => id),
  )
  return [...names.values()].map(({ id, name, post }) => ({ personId: id, name, post }))
}

type Deps = Pick<ConsultationDeps, 'db' | 'tx' | 'may'>

/** @throws AppError `not-permitted`, `bad-input` (`not-a-member`, `before-from`), `already-exists` for a second chair */
export async function addSeat(deps: Deps, actor: Actor, input: SeatInput): Promise<{ id: string }> {
  const known = await candidates(deps)
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'keep-docket')
    if (!known.some(({ personId }) => personId === input.personId)) throw fault('/personId', 'not-a-member')
    await refuse(t.db, input)
    const id = t.newId()
    await sql`insert into board_seat (id, person_id, expertise_ja, expertise_en, chair, from_date, to_date, created_at, created_by)
      values (${id}, ${input.personId}, ${input.expertise.ja}, ${input.expertise.en}, ${input.chair}, ${input.from},
        ${input.to}, ${t.at.toISOString()}, ${actor.personId})`.execute(t.db)
    await t.append({ type: 'board.seat-given', itemKind: 'board-seat', itemId: id, detail: { person: input.personId } })
    return { id }
  })
}

/** @throws AppError `not-found`, `not-permitted`, `bad-input`, `already-exists`, `changed-meanwhile` with the seat as it is */
export function changeSeat(
  deps: Deps,
  actor: Actor,
  input: { readonly id: string; readonly version: number; readonly seat: Omit<SeatInput, 'personId'> },
): Promise<void> {
  const { id, version, seat } = input
  return deps.tx(actor, async (t) => {
    deps.may(actor, 'keep-docket')
    await lockRows(t.db, 'board_seat', [id])
    const now = (await allSeats(t.db)).find((one) => one.id === id)
    if (!now) throw new AppError('not-found', { seat: id })
    if (now.version !== version) throw new AppError('changed-meanwhile', { now })
    await refuse(t.db, seat, id)
    await sql`update board_seat set expertise_ja = ${seat.expertise.ja}, expertise_en = ${seat.expertise.en},
      chair = ${seat.chair}, from_date = ${seat.from}, to_date = ${seat.to}, version = version + 1 where id = ${id}`.execute(
      t.db,
    )
    await t.append({ type: 'board.seat-changed', itemKind: 'board-seat', itemId: id, detail: { to: seat.to } })
  })
}

const fault = (path: string, keyword: string) => new AppError('bad-input', { in: 'body', issues: [{ path, keyword }] })

/** Nobody sits from a later day than until; on no day are there two chairs. */
async function refuse(db: Db, seat: Omit<SeatInput, 'personId'>, except?: string): Promise<void> {
  if (seat.to !== null && seat.to < seat.from) throw fault('/to', 'before-from')
  if (!seat.chair) return
  const { rows } = await sql<{ id: string }>`select id from board_seat
    where chair and id is distinct from ${except ?? null}::uuid
      and daterange(from_date, to_date, '[]') && daterange(${seat.from}::date, ${seat.to}::date, '[]')`.execute(db)
  if (rows[0]) throw new AppError('already-exists', { what: 'board-chair', id: rows[0].id })
}
