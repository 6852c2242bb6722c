import type { Catalog } from './model.ts'
import { nearest } from './check-references.ts'
import type { Problem } from './faults.ts'

/** The fields of the register by id, with their codes where they have some. The catalog itself knows no register. */
export type RegisterFields = ReadonlyMap<string, readonly string[] | undefined>

/** A question that is filled in from a field that is not there, or from a code that the field does not have, never is. */
export function checkRegisterFields(catalog: Catalog, fields: RegisterFields): Problem[] {
  return catalog.questions.flatMap((question, i): Problem[] => {
    const from = question['register-field']
    if (!from) return []
    const path = ['questions', i, 'register-field'] as const
    if (!fields.has(from.field)) {
      const near = nearest(from.field, fields.keys())
      return [
        {
          path: [...path, 'field'],
          code: 'no-such-item',
          params: { part: 'register', id: from.field, ...(near === undefined ? {} : { near }) },
        },
      ]
    }
    const allowed = fields.get(from.field)
    if (!allowed) return []
    return Object.keys(from.values ?? {})
      .filter((code) => !allowed.includes(code))
      .map((code) => ({
        path: [...path, 'values', code],
        code: 'not-allowed-value',
        params: { value: JSON.stringify(code), allowed },
      }))
  })
}
