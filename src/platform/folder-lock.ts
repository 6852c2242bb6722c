import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

import { AppError } from './errors.ts'

/**
 * Takes an exclusive lock on a data folder: a file with pid and start time, made with O_EXCL. A lock whose process is
 * gone (or whose pid now belongs to a process that started later) is stale and is taken over.
 * @returns a function that gives the lock back
 * @throws AppError `unavailable` with `folder` and `pid` when another process holds it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, '..', `${folder.split(/[\\/]/).at(-1)}.lock`)
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx')
      writeSync(handle, `${process.pid} ${startOf(process.pid)}\n`)
      closeSync(handle)
      const release = () => rmSync(file, { force: true })
      process.once('exit', release)
      return () => {
        process.removeListener('exit', release)
        release()
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const [pid = '', start = ''] = readFileSync(file, 'utf8').trim().split(' ')
      if (isSame(Number(pid), start))
        throw new AppError('unavailable', { reason: 'folder-in-use', folder, pid: Number(pid) })
      rmSync(file, { force: true })
    }
  }
  throw new AppError('unavailable', { reason: 'folder-in-use', folder })
}

function isSame(pid: number, start: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return startOf(pid) === start
}

/** Start time of a process in clock ticks since boot (proc(5), stat field 22); `-` where the system does not tell. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '-'
  } catch {
    return '-'
  }
}
