import { spawn } from 'node:child_process'

import { AppError } from './errors.ts'

/** `clean`, or what the scanner found. Not knowing is not clean: then it throws. */
export type Scan = (path: string) => Promise<'clean' | 'found'>

export type ScanSettings = {
  /** Program and its arguments; the path of the file is added at the end. `clamdscan --fdpass --no-summary` */
  readonly command: readonly string[]
  readonly timeoutMs: number
}

/**
 * Asks a scanner of the office by its exit code: 0 clean, 1 found (as clamdscan and clamscan end).
 * @throws AppError `unavailable` (`scan-failed`) for any other end, for none in time, and when it cannot be started:
 *   a file that could not be scanned is refused
 */
export const scanner =
  ({ command, timeoutMs }: ScanSettings): Scan =>
  (path) =>
    new Promise((done, fail) => {
      const [program = '', ...words] = command
      // No shell: nothing in a path or name is ever a command.
      const child = spawn(program, [...words, path], { stdio: 'ignore', timeout: timeoutMs, killSignal: 'SIGKILL' })
      const failed = (why: Record<string, unknown>, cause?: unknown) =>
        fail(new AppError('unavailable', { reason: 'scan-failed', ...why }, cause))
      child.on('error', (error: NodeJS.ErrnoException) => failed({ code: error.code ?? 'error' }, error))
      child.on('exit', (exit, signal) => {
        if (exit === 0) done('clean')
        else if (exit === 1) done('found')
        else failed(signal === null ? { exit } : { signal })
      })
    })
