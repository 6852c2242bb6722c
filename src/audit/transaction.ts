import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import type { NewId, Now } from '#platform/ids.ts'
import { currentScope, inScope, type Scope, settingsSql, systemScope } from '#platform/scope.ts'

/** Who does it, in which role, for which organisation. */
export type Actor = {
  readonly personId: string
  readonly role: string
  /** The organisation for which the role is held. */
  readonly organisationId: string
  /** Of a deputy: the person whose role this is. */
  readonly onBehalfOf?: string
  /** Of the contact of a supplier: which one. */
  readonly supplierId?: string
  /** The API token by which it was asked; absent in a session. */
  readonly tokenId?: string
}

/** What is told to the log. No personal text: ids, codes and decisions only. */
export type Entry = {
  readonly type: string
  readonly itemKind: string
  readonly itemId: string
  readonly organisationId?: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** What other rooms may want to know once it is committed. */
export type OutboxEvent = { readonly type: string; readonly payload: Readonly<Record<string, unknown>> }

/**
 * A transaction as a use case sees it. `append` exists here and nowhere else, so that no entry can be written outside the
 * transaction of its change.
 */
export type Tx = {
  readonly db: Db
  readonly actor: Actor
  /** The moment of the transaction, UTC. */
  readonly at: Date
  readonly newId: NewId
  append(entry: Entry | readonly Entry[]): Promise<void>
  /** For what must go beyond the person's own scope, such as rows of other ministries that carry a name just changed. */
  asSystem<T>(work: () => Promise<T>): Promise<T>
  emit(event: OutboxEvent): Promise<void>
}

export type RunTx = <T>(actor: Actor, work: (t: Tx) => Promise<T>) => Promise<T>

/**
 * @param deps `scopeOf`: how far the actor sees and writes; the transaction runs under it, whoever began it. `committed`:
 *   called after each, so that its entries need not wait to be looked for
 */
export function transactions(deps: {
  db: Db
  now: Now
  newId: NewId
  scopeOf?: (actor: Actor) => Scope
  committed?: () => void
}): RunTx {
  return async (actor, work) => {
    const run = () =>
      deps.db.transaction().execute(async (db) => work(txOver(db, { actor, at: deps.now(), newId: deps.newId })))
    // What runs as the system stays the system, in whose name it may act.
    const system = currentScope().writes === 'everything'
    const result = await (deps.scopeOf && !system ? inScope(deps.scopeOf(actor), run) : run())
    deps.committed?.()
    return result
  }
}

/** The transaction object over a connection on which a transaction is already open: one that holds several deeds. */
export function txOver(db: Db, { actor, at, newId }: Pick<Tx, 'actor' | 'at' | 'newId'>): Tx {
  return {
    db,
    actor,
    at,
    newId,
    asSystem: async (beyond) => {
      const before = currentScope()
      const { onBehalfOf } = before
      await sql
        .raw(settingsSql({ ...systemScope, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }, true))
        .execute(db)
      try {
        return await beyond()
      } finally {
        // Where a statement failed the transaction is lost, and its settings with it.
        await sql
          .raw(settingsSql(before, true))
          .execute(db)
          .catch(() => {})
      }
    },
    append: (entries) => append(db, actor, at, newId, 'type' in entries ? [entries] : entries),
    emit: async (event) => {
      await sql`insert into outbox (id, at, type, organisation_id, payload)
        values (${newId()}, ${at.toISOString()}, ${event.type}, ${actor.organisationId}, ${JSON.stringify(event.payload)}::jsonb)`.execute(
        db,
      )
    },
  }
}

async function append(db: Db, actor: Actor, at: Date, newId: NewId, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.map((e) => ({
    id: newId(),
    organisation_id: e.organisationId ?? actor.organisationId,
    type: e.type,
    item_kind: e.itemKind,
    item_id: e.itemId,
    detail: e.detail ?? {},
  }))
  // One statement however many rows: an import tells of thousands of systems at once.
  await sql`insert into audit_entry (id, at, actor_id, actor_role, token_id, on_behalf_of, organisation_id, type, item_kind, item_id, detail)
    select r.id, ${at.toISOString()}::timestamptz, ${actor.personId}::uuid, ${actor.role}, ${actor.tokenId ?? null}::uuid,
      ${actor.onBehalfOf ?? null}::uuid, r.organisation_id, r.type, r.item_kind, r.item_id, r.detail
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(id uuid, organisation_id uuid, type text, item_kind text, item_id uuid, detail jsonb)`.execute(db)
}
