import type { Command } from './command.ts'

import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'

/** All commands, in the order in which `tenbin` lists them. */
export const commands: readonly Command[] = [importCommand, exportCommand]
