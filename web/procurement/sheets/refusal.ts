import type { Role } from '#access/model.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { useTexts } from '#web/texts/language.tsx'

/** Why a deed is not open, in words; undefined where it is. */
export function useRefusal({ open, outside, roles }: SheetPage['may']['keep']): string | undefined {
  const t = useTexts()
  if (open) return undefined
  if (outside) return t.procurement.refused.outside
  return t.procurement.refused.onlyRoles(t.ui.list(roles.map((role) => t.words.roles[role as Role] ?? role)))
}
