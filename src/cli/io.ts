import { once } from 'node:events'

import { languageOf } from '#settings/config.ts'
import type { Io } from './command.ts'

/** The terminal of this process. */
export const terminalIo = (given: { cwd: string; signal?: AbortSignal }): Io => ({
  out: (text) => void process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
  say: (text) => void process.stderr.write(text.endsWith('\n') ? text : `${text}\n`),
  drained: () => (process.stdout.writableNeedDrain ? once(process.stdout, 'drain') : undefined),
  language: languageOf(process.env),
  get stdin() {
    return process.stdin
  },
  ...given,
})

/** Who reads only the first lines closes the pipe: no fault of ours, and nobody is there to be told. */
export function endQuietlyWithoutReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(1)
  })
}
