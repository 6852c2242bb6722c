import { isFieldId } from '#register/fields.ts'
import type { Mark } from '#register/import/api.ts'
import { useTexts } from '#web/texts/language.tsx'

/** Words a reason for rejection or a flag; names the column or field it is about. */
export function useMarkWords(): (mark: Mark) => string {
  const t = useTexts()
  return ({ code, params = {} }) => {
    const what = t.importing.codes[code] ?? t.importing.reading.warningOther(code)
    const field = params['field']
    const column = params['header'] ?? params['column']
    if (typeof field === 'string' && isFieldId(field)) return t.importing.codeOf(what, t.fields.labels[field])
    return typeof column === 'string' && column !== '' ? t.importing.codeOf(what, column) : what
  }
}
