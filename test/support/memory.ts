import { readFileSync } from 'node:fs'

/** Most memory that a process has held so far, MB (proc(5), VmHWM); NaN where the system does not tell or it is gone. */
export function heldAtMost(pid: number): number {
  try {
    const kb = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kb === undefined ? Number.NaN : Number(kb) / 1024
  } catch {
    return Number.NaN
  }
}

/** Looks again and again until the process is gone. @returns a function that gives the most seen, MB */
export function peakOf(pid: number): () => number {
  let peak = Number.NaN
  const look = () => {
    const now = heldAtMost(pid)
    if (Number.isNaN(now)) return clearInterval(timer)
    peak = Number.isNaN(peak) ? now : Math.max(peak, now)
  }
  const timer = setInterval(look, 20)
  look()
  return () => peak
}
