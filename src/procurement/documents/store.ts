import { sql } from 'kysely'

import type { Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'

import type { DocumentMade, DocumentsPage, Template, TemplateSlot } from './api.ts'
import type { FormKind } from './excel/model.ts'
import type { DocumentFormat, DocumentKind, Language } from './model.ts'

const byName = sql`(select jsonb_build_object('ja', p.name_ja, 'en', p.name_en) from person p where p.id = actor_id)`

export type NewMade = {
  readonly procurementId: string
  readonly systemId: string
  readonly organisationId: string
  readonly kind: DocumentKind
  readonly format: DocumentFormat
  readonly language: Language
  readonly version: number
  readonly digest: string
  readonly fileDigest: string
  readonly templateId: string | null
}

/** Who may read a sheet makes a document of it, also where nothing may be written: the house writes the row. */
export async function insertMade(t: Tx, m: NewMade): Promise<void> {
  await t.asSystem(() =>
    sql`insert into document_made (id, procurement_id, system_id, organisation_id, kind, format, language, version, digest,
        file_digest, template_id, at, actor_id, actor_role)
      values (${t.newId()}, ${m.procurementId}, ${m.systemId}, ${m.organisationId}, ${m.kind}, ${m.format}, ${m.language},
        ${m.version}, ${m.digest}, ${m.fileDigest}, ${m.templateId}, ${t.at.toISOString()}, ${t.actor.personId},
        ${t.actor.role})`.execute(t.db),
  )
}

export async function madeOf(db: Db, procurementId: string): Promise<DocumentMade[]> {
  const { rows } = await sql<DocumentMade>`select m.id, m.at, ${byName} as by, m.kind, m.format, m.language, m.version,
      m.digest, (select number from document_template d where d.id = m.template_id) as template
    from document_made m where m.procurement_id = ${procurementId} order by m.at desc, m.id desc limit 50`.execute(db)
  return rows
}

export type NewTaken = {
  readonly procurementId: string
  readonly systemId: string
  readonly organisationId: string
  readonly sheet: FormKind
  readonly fileName: string
  readonly sha256: string
  readonly cells: number
}

export async function insertTaken(t: Tx, taken: NewTaken): Promise<void> {
  await sql`insert into sheet_taken (id, procurement_id, system_id, organisation_id, sheet, file_name, sha256, cells, at,
      actor_id, actor_role)
    values (${t.newId()}, ${taken.procurementId}, ${taken.systemId}, ${taken.organisationId}, ${taken.sheet},
      ${taken.fileName}, ${taken.sha256}, ${taken.cells}, ${t.at.toISOString()}, ${t.actor.personId},
      ${t.actor.role})`.execute(t.db)
}

export async function takenOf(db: Db, procurementId: string): Promise<DocumentsPage['taken']> {
  const { rows } = await sql<DocumentsPage['taken'][number]>`select id, at, ${byName} as by, sheet,
      file_name as "fileName", cells
    from sheet_taken where procurement_id = ${procurementId} order by at desc, id desc limit 50`.execute(db)
  return rows
}

export type NewTemplate = {
  readonly id: string
  readonly organisationId: string
  readonly kind: DocumentKind
  readonly language: Language
  readonly fileName: string
  readonly bytes: number
  readonly sha256: string
  readonly note: string
}

/** @returns its number among those of the organisation, kind and language */
export async function insertTemplate(t: Tx, n: NewTemplate): Promise<number> {
  // Two at once would be given one number: they come one after the other.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`template ${n.organisationId} ${n.kind} ${n.language}`}, 0))`.execute(
    t.db,
  )
  const { rows } = await sql<{
    number: number
  }>`insert into document_template (id, organisation_id, kind, language, number,
      file_name, bytes, sha256, note, at, actor_id, actor_role)
    values (${n.id}, ${n.organisationId}, ${n.kind}, ${n.language},
      (select coalesce(max(number), 0) + 1 from document_template
        where organisation_id = ${n.organisationId} and kind = ${n.kind} and language = ${n.language}),
      ${n.fileName}, ${n.bytes}, ${n.sha256}, ${n.note}, ${t.at.toISOString()}, ${t.actor.personId}, ${t.actor.role})
    returning number`.execute(t.db)
  return rows[0]?.number ?? 1
}

export type Slot = { readonly organisationId: string; readonly kind: DocumentKind; readonly language: Language }

export async function insertChoice(t: Tx, slot: Slot, templateId: string | null): Promise<void> {
  await sql`insert into template_choice (id, organisation_id, kind, language, template_id, at, actor_id, actor_role)
    values (${t.newId()}, ${slot.organisationId}, ${slot.kind}, ${slot.language}, ${templateId}, ${t.at.toISOString()},
      ${t.actor.personId}, ${t.actor.role})`.execute(t.db)
}

/** What one organisation chose for itself last; null is the template of the house, nothing chosen is nothing. */
export async function chosenOf(db: Db, slot: Slot): Promise<string | null | undefined> {
  const { rows } = await sql<{ template: string | null }>`select template_id as template from template_choice
    where organisation_id = ${slot.organisationId} and kind = ${slot.kind} and language = ${slot.language}
    order by at desc, id desc limit 1`.execute(db)
  return rows[0]?.template
}

export type TemplateFile = { readonly id: string; readonly sha256: string; readonly fileName: string }

/** The template of the nearest organisation, from the own one upwards, that chose one. */
export async function templateInForce(
  db: Db,
  path: readonly string[],
  kind: DocumentKind,
  language: Language,
): Promise<TemplateFile | undefined> {
  for (const organisationId of path.toReversed()) {
    const chosen = await chosenOf(db, { organisationId, kind, language })
    if (chosen === undefined) continue
    return chosen === null ? undefined : templateFile(db, chosen)
  }
  return undefined
}

export async function templateFile(db: Db, id: string): Promise<TemplateFile | undefined> {
  const { rows } =
    await sql<TemplateFile>`select id, sha256, file_name as "fileName" from document_template where id = ${id}`.execute(
      db,
    )
  return rows[0]
}

type Row = Template & { readonly organisationId: string }

export async function templatesOf(db: Db, organisationId: string): Promise<Row[]> {
  const { rows } =
    await sql<Row>`select d.id, d.kind, d.language, d.number, d.file_name as "fileName", d.bytes, d.sha256,
      d.note, d.at, ${byName} as by, d.organisation_id as "organisationId",
      jsonb_build_object('id', o.id, 'name', jsonb_build_object('ja', o.name_ja, 'en', o.name_en)) as organisation
    from document_template d join organisation o on o.id = d.organisation_id
    where d.organisation_id = ${organisationId} order by d.number desc`.execute(db)
  return rows
}

type ChoiceRow = TemplateSlot['choices'][number] & Pick<Slot, 'kind' | 'language'>

export async function choicesOf(db: Db, organisationId: string): Promise<ChoiceRow[]> {
  const { rows } = await sql<ChoiceRow>`select c.at, ${byName} as by, c.kind, c.language,
      (select number from document_template d where d.id = c.template_id) as number
    from template_choice c where c.organisation_id = ${organisationId} order by c.at desc, c.id desc limit 200`.execute(
    db,
  )
  return rows
}

export async function organisationOf(db: Db, id: string) {
  const { rows } = await sql<{ id: string; name: { ja: string; en: string }; path: string[] }>`
    select id, path, jsonb_build_object('ja', name_ja, 'en', name_en) as name from organisation where id = ${id}`.execute(
    db,
  )
  return rows[0]
}

/** An organisation by its name and the names above it: 「あおば省 相談支援課」. */
export async function namesOf(db: Db, path: readonly string[]): Promise<{ ja: string; en: string }> {
  const { rows } = await sql<{ ja: string; en: string }>`select o.name_ja as ja, o.name_en as en
    from unnest(${[...path]}::uuid[]) with ordinality p (id, n) join organisation o on o.id = p.id order by p.n`.execute(
    db,
  )
  const en = rows.map((row) => row.en || row.ja).toReversed()
  return { ja: rows.map((row) => row.ja).join(' '), en: en.join(', ') }
}
