import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Model, Supplier } from './api-names.ts'
import { supplierKey } from './name-keys.ts'
import { searchKey } from './search-key.ts'

const shown = 50
const holding = (words: string) => `%${words.replace(/[\\%_]/g, (c) => `\\${c}`)}%`
/** The words as a name is kept: folded, and without what does not count in it. */
const likeModel = (q = '') => holding(searchKey(q).replace(/[\s-]/g, ''))
const likeSupplier = (q = '') => (q.trim() === '' ? '%' : holding(supplierKey(q)))
const likeText = (q = '') => holding(q.normalize('NFKC').trim().toLowerCase())

const supplierSystems = sql`(select count(*)::int from (
  select s.id from ai_system s where s.supplier_id = x.id
  union select l.system_id from system_model l join model m on m.id = l.model_id where m.supplier_id = x.id) u)`

/** Suppliers whose name or key holds the words; the 50 first by name. @param id  only this one */
export async function listSuppliers(db: Db, asked: { q?: string | undefined; id?: string }): Promise<Supplier[]> {
  const { rows } = await sql<Supplier>`
    select x.id, x.name, x.name_en as "nameEn", x.country, x.corporate_number as "corporateNumber", x.version,
      ${supplierSystems} as systems
    from supplier x
    where ${asked.id === undefined ? sql`(name_key like ${likeSupplier(asked.q)} or lower(name_en) like ${likeText(asked.q)})` : sql`x.id = ${asked.id}::uuid`}
    order by x.name_key, x.id limit ${sql.lit(shown)}`.execute(db)
  return rows
}

/** Models whose name and version hold the words, of one supplier or of all. @param id  only this one */
export async function listModels(
  db: Db,
  asked: { q?: string | undefined; supplier?: string | undefined; id?: string },
): Promise<Model[]> {
  const { rows } = await sql<Model>`
    select x.id, x.name, x.model_version as "modelVersion", x.supplier_id as "supplierId", s.name as "supplierName",
      x.hosting_country as "hostingCountry", x.modality, x.tools, x.autonomy, x.version,
      (select count(*)::int from system_model l where l.model_id = x.id) as systems
    from model x left join supplier s on s.id = x.supplier_id
    where ${asked.id === undefined ? sql`replace(x.name_key, E'\\n', '') like ${likeModel(asked.q)}` : sql`x.id = ${asked.id}::uuid`}
      and ${asked.supplier === undefined ? sql`true` : sql`x.supplier_id = ${asked.supplier}::uuid`}
    order by x.name_key, x.id limit ${sql.lit(shown)}`.execute(db)
  return rows
}
