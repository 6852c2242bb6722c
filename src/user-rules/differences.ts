import type { Clause, ClauseChange } from './api.ts'
import type { Setting } from './settings.ts'

type Compared = Pick<
  Clause,
  'id' | 'number' | 'section' | 'heading' | 'text' | 'staff' | 'settings' | 'change' | 'wordingOnly'
>
type Part = ClauseChange['parts'][number]

/** JSON with sorted keys: the same content reads the same whatever the order it was written in. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  return `{${entries
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, v]) => `${key}:${plain(v)}`)
    .join(',')}}`
}

/** Whose proposal a setting is makes no difference to what it does. */
const ruleOf = (setting: Setting) => plain({ ...setting, provenance: undefined })
const settingsOf = (clause: Compared) => clause.settings.map(ruleOf).toSorted().join('\n')

function partsOf(before: Compared, after: Compared): Part[] {
  const parts: [Part, boolean][] = [
    ['section', before.section !== after.section],
    ['heading', plain(before.heading) !== plain(after.heading)],
    ['text-ja', before.text.ja !== after.text.ja],
    ['text-en', before.text.en !== after.text.en],
    ['staff', plain(before.staff) !== plain(after.staff)],
    ['settings', settingsOf(before) !== settingsOf(after)],
  ]
  return parts.filter(([, differs]) => differs).map(([part]) => part)
}

/**
 * Which change is one of substance: a clause that came or went, a changed setting, a changed Japanese text or sentence for
 * staff unless whoever wrote it said, with a reason, that only the wording changed. A setting is always substance; the
 * English text follows the Japanese one.
 */
const substantive = (parts: readonly Part[], wordingOnly: string | null): boolean =>
  parts.includes('settings') || (wordingOnly === null && (parts.includes('text-ja') || parts.includes('staff')))

/**
 * What differs between two versions, clause by clause, in the order of articles; what went comes last.
 * @param before clauses of the earlier version, @param after of the later one; without those that were taken out
 */
export function changesBetween(before: readonly Compared[], after: readonly Compared[]): ClauseChange[] {
  const earlier = new Map(before.map((clause) => [clause.id, clause]))
  const later = new Set(after.map((clause) => clause.id))
  const common = after.filter((clause) => earlier.has(clause.id)).map((clause) => clause.id)
  const wasBefore = before.filter((clause) => later.has(clause.id)).map((clause) => clause.id)
  const there = after.flatMap((clause): ClauseChange[] => {
    const { id: clauseId, number, heading, change: note } = clause
    const old = earlier.get(clauseId)
    if (!old) return [{ clauseId, kind: 'added', number, heading, substantive: true, parts: [], note }]
    const parts = partsOf(old, clause)
    if (parts.length > 0) {
      const weighs = substantive(parts, clause.wordingOnly)
      return [{ clauseId, kind: 'changed', number, heading, substantive: weighs, parts, note }]
    }
    const moved = common.indexOf(clauseId) !== wasBefore.indexOf(clauseId)
    return moved ? [{ clauseId, kind: 'moved', number, heading, substantive: false, parts: [], note }] : []
  })
  const gone = before.filter((clause) => !later.has(clause.id))
  return [
    ...there,
    ...gone.map(({ id, heading }): ClauseChange => {
      return { clauseId: id, kind: 'removed', number: null, heading, substantive: true, parts: [], note: null }
    }),
  ]
}
