import type { May } from '#access/may.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Library } from '#catalog/catalog-library.ts'
import type { Editions } from '#finder/editions.ts'
import type { Db } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'
import type { NewId, Now } from '#platform/ids.ts'
import type { ConvertToPdf } from '#procurement/documents/pdf/convert.ts'
import type { Guide } from '#procurement/sheets/guide.ts'
import type { TenderSettings } from '#procurement/tenders/rules.ts'

export type ProcurementDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly now: Now
  readonly newId: NewId
  readonly files: Files
  readonly library: Library
  readonly editions: Editions
  /** Roles begin with a day of the office. */
  readonly timeZone: string
  /** Where people reach the house, and whether mail goes out. */
  readonly notices: { readonly address: string; readonly mailSent: boolean }
  readonly tenders: TenderSettings
  /** The edition in force: what proposes the items of the check sheets, and words them. */
  readonly checkSheets: { readonly guide: Guide }
  /** Makes PDF of Word; absent where the office has no program for it. */
  readonly convertToPdf?: ConvertToPdf
}
