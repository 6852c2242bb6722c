import { sql } from 'kysely'

import { logActor, logItem } from '#audit/system-actor.ts'
import type { RunTx, Tx } from '#audit/transaction.ts'
import { withhold } from '#audit/withhold.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { Files, StoredFile } from '#platform/files.ts'
import { asSystem } from '#platform/scope.ts'

import { unreferred } from './referred-files.ts'
import { overBefore, type RetentionRule, type RetentionRules } from './retention-rules.ts'

export type RetentionDeps = {
  /** As the application: what it may not remove, no rule removes. */
  readonly db: Db
  readonly tx: RunTx
  readonly files: Files
  readonly now: () => Date
  readonly rules: RetentionRules
}

export type RetentionDone = {
  readonly dryRun: boolean
  readonly rules: readonly { readonly id: string; readonly rows: number; readonly before: string | null }[]
  readonly files: { readonly count: number; readonly bytes: number }
}

/** Rows of one transaction: short, because the embedded engine has one connection. */
const atOnce = 1000

/**
 * Applies the rules: what is over goes, except what stands under a legal hold; then the files that no row names any more.
 * A run that did something, or was asked for by somebody, is told to the log with its counts.
 * @throws AppError `unavailable` (`rules-faulty`) when a rule names a table or column that is not there; then nothing is
 *   removed
 */
export function applyRetention(
  deps: RetentionDeps,
  asked: { readonly dryRun?: boolean; readonly signal?: AbortSignal } = {},
): Promise<RetentionDone> {
  const { dryRun = false, signal } = asked
  return asSystem(async () => {
    await refuseUnknown(deps.db, deps.rules)
    const rules: RetentionDone['rules'][number][] = []
    for (const rule of deps.rules.rules) {
      signal?.throwIfAborted()
      const before = overBefore(rule.keep, deps.now())
      const rows = before ? await (dryRun ? countOver : removeOver)(deps, rule, before) : 0
      rules.push({ id: rule.id, rows, before: before?.toISOString() ?? null })
    }
    const files = await removeLeftOver(deps, dryRun, signal)
    const done = { dryRun, rules, files }
    if (!dryRun) await note(deps, done)
    return done
  })
}

/** @returns the condition that a row of the rule is over, and stands under no hold */
function over(rule: RetentionRule, before: Date) {
  const moment = rule.of
    ? sql`(select o.${sql.id(rule.from)} from ${sql.id(rule.of.table)} o where o.${sql.id(rule.of.key)} = t.${sql.id(rule.of.by)})`
    : sql`t.${sql.id(rule.from)}`
  const item = rule.item === undefined ? undefined : sql`t.${sql.id(rule.item)}`
  const held = item
    ? sql` and not exists (select 1 from legal_hold h where h.lifted_at is null and (h.item_id = ${item}
        or h.item_id = (select u.system_id from ai_use u where u.id = ${item})))`
    : sql``
  const named =
    rule.column === undefined ? sql`` : sql` and t.${sql.id(rule.column)} ~ '^[0-9a-f]{64}$' and ${noRowHeld(rule)}`
  // What the log tells of itself is needed to read it.
  const ofLog = rule.table === 'audit_entry' ? sql` and t.type not like 'log.%'` : sql``
  return sql`${moment} < ${before.toISOString()}::timestamptz${held}${named}${ofLog}`
}

/** The original of an import stays while a system that came from it is held. */
const noRowHeld = (rule: RetentionRule) =>
  rule.table === 'import'
    ? sql`not exists (select 1 from import_row r join legal_hold h on h.item_id = r.system_id
        where r.import_id = t.id and h.lifted_at is null)`
    : sql`true`

async function countOver({ db }: RetentionDeps, rule: RetentionRule, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.id(rule.table)} t where ${over(rule, before)}`.execute(db)
  return rows[0]!.n
}

async function removeOver(deps: RetentionDeps, rule: RetentionRule, before: Date): Promise<number> {
  let all = 0
  for (;;) {
    const gone = await deps.tx(logActor, (t) => removeSome(t, rule, before))
    all += gone
    if (gone < atOnce) return all
  }
}

async function removeSome(t: Tx, rule: RetentionRule, before: Date): Promise<number> {
  const table = sql.id(rule.table)
  const some = sql`select t.ctid from ${table} t where ${over(rule, before)} limit ${sql.lit(atOnce)}`
  if (rule.then === 'delete') {
    const { numAffectedRows } = await sql`delete from ${table} where ctid = any(array(${some}))`.execute(t.db)
    return Number(numAffectedRows)
  }
  if (rule.then === 'release-file') {
    const column = sql.id(rule.column!)
    // What it was called stays to be seen, and names no file any more.
    const { numAffectedRows } = await sql`
      update ${table} set ${column} = 'removed:' || ${column} where ctid = any(array(${some}))`.execute(t.db)
    return Number(numAffectedRows)
  }
  const { rows } = await sql<{ id: string }>`select id from ${table} where ctid = any(array(${some}))`.execute(t.db)
  return withhold(t, { kind: rule.table, rowIds: rows.map((r) => r.id), rule: `retention:${rule.id}` })
}

/**
 * Files that no row names, after a time in which an upload may still become one. The store is walked once; before a file
 * goes, the rows are asked, and the store whether it was handed in again meanwhile.
 */
async function removeLeftOver(deps: RetentionDeps, dryRun: boolean, signal: AbortSignal | undefined) {
  const before = overBefore(deps.rules.files.keep, deps.now())!
  let [count, bytes] = [0, 0]
  let old: StoredFile[] = []
  const judge = async () => {
    const gone = new Set(
      await unreferred(
        deps.db,
        old.map((f) => f.sha256),
      ),
    )
    for (const file of old.filter((f) => gone.has(f.sha256))) {
      if (!dryRun && !(await deps.files.remove(file.sha256, before))) continue
      count++
      bytes += file.bytes
    }
    old = []
  }
  for await (const file of deps.files.list()) {
    signal?.throwIfAborted()
    if (file.changedAt < before) old.push(file)
    if (old.length === atOnce) await judge()
  }
  await judge()
  return { count, bytes }
}

async function note(deps: RetentionDeps, done: RetentionDone): Promise<void> {
  const counts = Object.fromEntries(done.rules.filter((r) => r.rows > 0).map((r) => [r.id, r.rows]))
  const { digest } = deps.rules
  await deps.tx(logActor, async (t) => {
    await sql`insert into retention_run (id, at, rules_digest, counts, files, file_bytes)
      values (${t.newId()}, ${t.at.toISOString()}, ${digest}, ${JSON.stringify(counts)}::jsonb, ${done.files.count}, ${done.files.bytes})`.execute(
      t.db,
    )
    await t.append({
      type: 'retention.applied',
      itemKind: 'house',
      itemId: logItem,
      detail: { rules: digest, counts, files: done.files.count, bytes: done.files.bytes },
    })
  })
}

async function refuseUnknown(db: Db, { rules }: RetentionRules): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`.execute(db)
  const known = new Set(rows.map((r) => r.name))
  for (const rule of rules) {
    const needs = [
      `${rule.of?.table ?? rule.table}.${rule.from}`,
      ...(rule.of ? [`${rule.of.table}.${rule.of.key}`, `${rule.table}.${rule.of.by}`] : []),
      ...[rule.column, rule.item].filter((c) => c !== undefined).map((c) => `${rule.table}.${c}`),
      ...(rule.then === 'withhold' ? [`${rule.table}.id`] : []),
    ]
    const missing = needs.find((name) => !known.has(name))
    if (missing !== undefined)
      throw new AppError('unavailable', { reason: 'rules-faulty', file: 'retention', field: `${rule.id}: ${missing}` })
  }
}
