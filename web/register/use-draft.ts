import { useEffect, useState } from 'react'

import type { FormValues } from './form-values.ts'

export type Draft = { readonly at: string; readonly values: FormValues }

const prefix = 'tenbin.register-draft.'

/** What is written stays on the device until it is saved, so that nothing typed is lost. `NaN` is not kept. */
function read(key: string): Draft | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(prefix + key) ?? 'null')
    return typeof found === 'object' && found !== null && 'values' in found && 'at' in found
      ? (found as Draft)
      : undefined
  } catch {
    return undefined
  }
}

function write(key: string, draft: Draft | undefined): void {
  try {
    if (draft === undefined) localStorage.removeItem(prefix + key)
    else localStorage.setItem(prefix + key, JSON.stringify(draft))
  } catch {
    // storage is blocked or full: then there is no draft, and the form says nothing of one
  }
}

/**
 * @param key   one per person and form
 * @param watch calls back with each change of the form; returns how to stop
 */
export function useDraft(key: string, watch: (changed: (values: FormValues) => void) => () => void) {
  const [found] = useState(() => read(key))
  const [keptAt, setKeptAt] = useState<string | undefined>()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = watch((values) => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        const at = new Date().toISOString()
        write(key, { at, values })
        setKeptAt(at)
      }, 600)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
    // oxlint-disable-next-line react/exhaustive-deps -- `watch` belongs to the form, which lives as long as the key
  }, [key])
  return { found, keptAt, forget: () => write(key, undefined) }
}
