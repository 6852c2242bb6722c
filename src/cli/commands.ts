import type { Command } from './command.ts'

/** All commands, in the order in which `tenbin` lists them. */
export const commands: readonly Command[] = []
