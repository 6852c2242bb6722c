import { type PatchOp, type ScimUser, scimFault, urn, userSchema } from './model.ts'

type Draft = Record<string, unknown>
const isRecord = (value: unknown): value is Draft =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `emails[type eq "work"].value` → `emails`, the comparison, `value`; an extension keeps its colons. */
const pathForm =
  /^(urn:[\w:.-]+:(?=[A-Za-z]+$))?([A-Za-z]+)(?:\[\s*(\w+)\s+eq\s+"((?:[^"\\]|\\.)*)"\s*\])?(?:\.([A-Za-z]+))?$/i
const known = [
  'userName',
  'externalId',
  'active',
  'name',
  'displayName',
  'title',
  'preferredLanguage',
  'emails',
  'roles',
]

type Place = { readonly name: string; readonly match?: readonly [string, string]; readonly sub?: string }

function placeOf(path: string): Place {
  if (path.toLowerCase() === urn.enterprise.toLowerCase()) return { name: urn.enterprise }
  const found = pathForm.exec(path.replace(new RegExp(`^${urn.user}:`, 'i'), ''))
  const [, extension, attribute = '', by, value, sub] = found ?? []
  if (extension !== undefined) {
    if (extension.toLowerCase() !== `${urn.enterprise}:`.toLowerCase()) throw scimFault('invalidPath', path)
    return { name: urn.enterprise, sub: attribute }
  }
  const name = known.find((one) => one.toLowerCase() === attribute.toLowerCase())
  if (name === undefined) throw scimFault('invalidPath', path)
  return { name, ...(by === undefined ? {} : { match: [by, value!] as const }), ...(sub === undefined ? {} : { sub }) }
}

/**
 * A user as it would be after the operations, which are applied one after another (RFC 7644 §3.5.2). Pure.
 * @throws AppError `bad-input` with `scimType` invalidPath, invalidValue or noTarget
 */
export function patchUser(user: Draft, operations: readonly PatchOp[]): ScimUser {
  const draft = structuredClone(user)
  for (const operation of operations) apply(draft, operation)
  const parsed = userSchema.safeParse(draft)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  throw scimFault('invalidValue', `${path.join('.')}: ${message}`)
}

function apply(draft: Draft, { op, path, value }: PatchOp): void {
  if (path === undefined) {
    if (op === 'remove') throw scimFault('noTarget', 'remove needs a path')
    if (!isRecord(value)) throw scimFault('invalidValue', 'without a path the value is an object')
    // What is not known in the value is left alone, as in a whole user.
    for (const [key, one] of Object.entries(value))
      if (isKnown(key)) apply(draft, { op, path: key, value: one } as PatchOp)
    return
  }
  const place = placeOf(path)
  if (place.match !== undefined) return applyToMatching(draft, place, op, value)
  if (place.sub !== undefined) {
    const parent: Draft = isRecord(draft[place.name]) ? (draft[place.name] as Draft) : {}
    draft[place.name] = op === 'remove' ? without(parent, place.sub) : { ...parent, [place.sub]: value }
    return
  }
  draft[place.name] = valueAfter(draft[place.name], op, value)
}

const isKnown = (key: string): boolean => {
  try {
    placeOf(key)
    return true
  } catch {
    return false
  }
}
const without = (record: Draft, key: string): Draft =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))

function valueAfter(before: unknown, op: PatchOp['op'], value: unknown): unknown {
  const list = Array.isArray(before) ? (before as Draft[]) : undefined
  if (op === 'remove') {
    if (value === undefined || list === undefined) return list === undefined ? null : []
    const gone = new Set(asList(value).map((one) => (isRecord(one) ? one['value'] : one)))
    return list.filter((one) => !gone.has(one['value']))
  }
  if (list === undefined) return op === 'add' && isRecord(before) && isRecord(value) ? { ...before, ...value } : value
  const given = asList(value)
  if (op === 'replace') return given
  const there = new Set(list.map((one) => one['value']))
  return [...list, ...given.filter((one) => !isRecord(one) || !there.has(one['value']))]
}
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

/** Of a list, the values that the comparison names; an address that is not there yet is added by writing to it. */
function applyToMatching(draft: Draft, { name, match, sub }: Place, op: PatchOp['op'], value: unknown): void {
  const [by, wanted] = match!
  const list = Array.isArray(draft[name]) ? (draft[name] as Draft[]) : []
  const hits = (one: Draft) => String(one[by] ?? '').toLowerCase() === wanted.toLowerCase()
  if (op === 'remove') {
    draft[name] = list.filter((one) => !hits(one))
    return
  }
  const changed = sub === undefined ? (isRecord(value) ? value : { value }) : { [sub]: value }
  draft[name] = list.some(hits)
    ? list.map((one) => (hits(one) ? { ...one, ...changed } : one))
    : [...list, { [by]: wanted, ...changed }]
}
