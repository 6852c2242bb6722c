import type { May } from '#access/may.ts'
import type { RunTx } from '#audit/transaction.ts'
import type { Library } from '#catalog/catalog-library.ts'
import type { Editions } from '#finder/editions.ts'
import type { Db } from '#platform/database.ts'
import type { Files } from '#platform/files.ts'
import type { NewId, Now } from '#platform/ids.ts'

import type { AdviceRules } from './advice/advice-rules.ts'
import type { BoardRules } from './board/board-rules.ts'
import type { DeskRules } from './desk/desk-rules.ts'
import type { ReportRules } from './reports/report-rules.ts'

export type ConsultationDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly may: May
  readonly now: Now
  readonly newId: NewId
  readonly files: Files
  readonly library: Library
  readonly editions: Editions
  readonly adviceRules: AdviceRules
  readonly boardRules: BoardRules
  readonly deskRules: DeskRules
  readonly reportRules: ReportRules
}
