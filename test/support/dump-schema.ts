import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

type Piece = { readonly text: string }

/** The schema as the database itself tells it, in a fixed order, so that both engines give the same text. */
export async function dumpSchema(db: Db): Promise<string> {
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`.execute(
    db,
  )
  const parts: string[] = ['-- Dumped from the migrations; checked by test/drift.test.ts. Do not edit: `npm run dump`.']
  for (const { name } of tables.rows) parts.push(await tableText(db, name))
  const functions = await sql<Piece>`
    select pg_get_functiondef(p.oid) as text from pg_proc p
    where pronamespace = 'public'::regnamespace and prokind = 'f'
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by proname`.execute(db)
  for (const { text } of functions.rows) parts.push(`${text.trimEnd()};`)
  return `${parts.join('\n\n')}\n`
}

async function tableText(db: Db, name: string): Promise<string> {
  const columns = await sql<Piece>`
    select quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
      || case when a.attnotnull then ' not null' else '' end
      || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as text
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = ${name}::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`.execute(db)
  // Not-null constraints have names of their own from PostgreSQL 18 on; the columns say them already.
  const constraints = await sql<Piece>`
    select 'constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) as text
    from pg_constraint where conrelid = ${name}::regclass and contype <> 'n' order by conname`.execute(db)
  const indexes = await sql<Piece>`
    select indexdef || ';' as text from pg_indexes i where schemaname = 'public' and tablename = ${name}
      and not exists (select 1 from pg_constraint c where c.conname = i.indexname) order by indexname`.execute(db)
  const triggers = await sql<Piece>`
    select pg_get_triggerdef(oid) || ';' as text from pg_trigger where tgrelid = ${name}::regclass and not tgisinternal order by tgname`.execute(
    db,
  )
  const body = [...columns.rows, ...constraints.rows].map((r) => `  ${r.text}`).join(',\n')
  return [
    `create table ${name} (\n${body}\n);`,
    ...indexes.rows.map((r) => r.text),
    ...triggers.rows.map((r) => r.text),
  ].join('\n')
}
