import { sql } from 'kysely'
import { Readable } from 'node:stream'

import type { AppDeps } from '#wiring/app.ts'
import type { Actor } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import type { Import, ReadingRequest } from '#register/import/api.ts'
import { savedMaps } from '#register/import/column-maps.ts'
import { importById } from '#register/import/store.ts'

/** A small sheet of a ministry: two rows that can be stored, one blank, one without a name. */
export const ministryCsv = [
  '番号,システム名称,所管部署,目的・概要,個人情報の有無',
  'A-1,庁内文書要約支援,総務課,長い通知を短くまとめる。,なし',
  'A-2,窓口案内の下書き,窓口課,案内文の下書きを作る。,不明',
  ',,,,',
  'A-3,,総務課,名称が書かれていない。,あり',
].join('\r\n')

export type Handed = { readonly id: string; readonly already: boolean; readonly done: Import }

/** Keeps a file as if it had been handed in. @returns how it is to be read */
export async function handIn(
  deps: Pick<AppDeps, 'files'>,
  content: string | Uint8Array,
  more: Partial<ReadingRequest> = {},
): Promise<ReadingRequest> {
  const { sha256 } = await deps.files.keep(Readable.from([Buffer.from(content as string)]))
  return { sha256, fileName: 'AI利用一覧.csv', ...more }
}

/** Hands a file in and imports it to its end. */
export async function importFile(
  deps: AppDeps,
  actor: Actor,
  content: string | Uint8Array,
  more: Partial<ReadingRequest> = {},
): Promise<Handed> {
  const reading = await handIn(deps, content, more)
  const begun = await deps.imports.start(actor, reading, [...(await savedMaps(deps.db)), ...deps.shipped])
  await deps.imports.ended(begun.id)
  return { ...begun, done: (await importById(deps.db, begun.id))! }
}

const counted = [
  'organisation',
  'supplier',
  'model',
  'ai_system',
  'ai_use',
  'system_model',
  'change',
  'import',
  'import_row',
  'audit_entry',
  'outbox',
  'number_counter',
] as const
export type Counts = Record<(typeof counted)[number], number>

/** Rows of every table that an import may write. */
export async function countAll(db: Db): Promise<Counts> {
  const columns = counted.map((table) => sql`(select count(*)::int from ${sql.table(table)}) as ${sql.ref(table)}`)
  const { rows } = await sql<Counts>`select ${sql.join(columns)}`.execute(db)
  return rows[0]!
}
