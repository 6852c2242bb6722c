import { scimFault } from './model.ts'

export type Filter = { readonly attribute: string; readonly value: string }

const one = /^\s*([A-Za-z][\w.:-]*)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$/i

/**
 * `attribute eq "value"`, the one comparison that provisioning needs; the value is a JSON string (RFC 7644 §3.4.2.2).
 * @param known  attributes that may be asked for, in their own case
 * @throws AppError `bad-input` with `scimType: 'invalidFilter'`
 */
export function readFilter(text: string | undefined, known: readonly string[]): Filter | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const match = one.exec(text)
  const attribute = known.find((name) => name.toLowerCase() === match?.[1]?.toLowerCase())
  const refused = () => scimFault('invalidFilter', `only ${known.map((name) => `${name} eq "…"`).join(', ')}`)
  if (!match || attribute === undefined) throw refused()
  try {
    return { attribute, value: JSON.parse(match[2]!) as string }
  } catch {
    throw refused()
  }
}
