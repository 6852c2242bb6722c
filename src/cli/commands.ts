import type { Command } from './command.ts'

import { auditCheckpoint, auditExport, auditProof, auditRotateKey, auditVerify } from './commands/audit.ts'
import { backupCommand } from './commands/backup.ts'
import { catalogCheck, catalogDiff, catalogEvaluate } from './commands/catalog.ts'
import { demoLoad, demoRemove } from './commands/demo.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { restoreCommand } from './commands/restore.ts'
import { peopleImport } from './commands/people.ts'
import { retentionCommand } from './commands/retention.ts'
import { serveCommand } from './commands/serve.ts'

/** All commands, in the order in which `tenbin` lists them. */
export const commands: readonly Command[] = [
  serveCommand,
  importCommand,
  exportCommand,
  peopleImport,
  catalogCheck,
  catalogEvaluate,
  catalogDiff,
  demoLoad,
  demoRemove,
  backupCommand,
  restoreCommand,
  retentionCommand,
  auditVerify,
  auditExport,
  auditCheckpoint,
  auditProof,
  auditRotateKey,
]
