import { type SettingKind, settingKinds, type Value } from './settings.ts'

const list = (value: Value): readonly string[] => (Array.isArray(value) ? value : [])
const place = (kind: SettingKind, value: Value): number => {
  const rule = settingKinds[kind]
  return rule.holds === 'level' ? (rule.order as readonly string[]).indexOf(String(value)) : Number(value)
}

/** The stricter of two values of one kind; of two lists, what both hold or what either holds. Order does not matter. */
export function strictest(kind: SettingKind, a: Value, b: Value): Value {
  switch (settingKinds[kind].holds) {
    case 'allowed':
      return list(a)
        .filter((x) => list(b).includes(x))
        .toSorted() as Value
    case 'added':
      return [...new Set([...list(a), ...list(b)])].toSorted() as Value
    case 'level':
    case 'at-most':
      return place(kind, a) <= place(kind, b) ? a : b
  }
}

/**
 * Whether `value` lets through something that `than` does not. A list that adds (subjects, output checks) never does: it
 * comes on top of the other.
 */
export function isLooser(kind: SettingKind, value: Value, than: Value): boolean {
  switch (settingKinds[kind].holds) {
    case 'allowed':
      return list(value).some((x) => !list(than).includes(x))
    case 'added':
      return false
    case 'level':
    case 'at-most':
      return place(kind, value) > place(kind, than)
  }
}
