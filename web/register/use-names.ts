import type { SystemDetail } from '#register/api.ts'
import { textOf } from '#register/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { formatNumber } from '#web/ui/format.ts'

type Use = SystemDetail['uses'][number]

/** What a use of a system is called: its own name, else its number; a system's only use bears the name of the system. */
export function useUseName(system: SystemDetail): (use: Use) => string {
  const t = useTexts()
  return (use) => {
    if (system.uses.length === 1) return textOf(system.facts, 'name')
    const own = textOf(use.facts, 'use-name')
    return own === '' ? t.register.form.useNumber(formatNumber(system.uses.indexOf(use) + 1)) : own
  }
}
