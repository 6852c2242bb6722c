import type { Command } from './command.ts'

import { catalogCheck, catalogDiff, catalogEvaluate } from './commands/catalog.ts'
import { demoLoad, demoRemove } from './commands/demo.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { serveCommand } from './commands/serve.ts'

/** All commands, in the order in which `tenbin` lists them. */
export const commands: readonly Command[] = [
  serveCommand,
  importCommand,
  exportCommand,
  catalogCheck,
  catalogEvaluate,
  catalogDiff,
  demoLoad,
  demoRemove,
]
