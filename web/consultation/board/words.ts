import { type FieldId, fieldIds } from '#register/fields.ts'
import type { Fact } from '#register/model.ts'
import type { RegisterState } from '#consultation/board/dossier.ts'
import { verdicts, type Verdict } from '#register/model.ts'
import { type FactNames, valueWords } from '#web/register/fact-view.tsx'
import type { Texts } from '#web/texts/language.tsx'

const known = (field: string): field is FieldId => (fieldIds as readonly string[]).includes(field)
const isVerdict = (value: string): value is Verdict => (verdicts as readonly string[]).includes(value)

/** The label of a field of the register, of the verdict, of a model or a supplier. */
export const fieldWord = (t: Texts, scope: string, field: string): string =>
  (scope === 'system' || scope === 'use') && known(field)
    ? t.fields.labels[field]
    : (t.docket.changed.fields[field] ?? field)

/** A fact as one line of words: a value, or why there is none. */
export function factWords(
  t: Texts,
  language: 'ja' | 'en',
  { scope, field, fact, names = {} }: { scope: string; field: string; fact: Fact; names?: FactNames },
): string {
  if ('absent' in fact) {
    const note = 'note' in fact && fact.note !== undefined ? t.ui.brackets(fact.note) : ''
    return `${t.words.absences[fact.absent]}${note}`
  }
  if ((scope === 'system' || scope === 'use') && known(field)) return valueWords(t, language, field, fact.value, names)
  const one = String(fact.value)
  if (scope === 'verdict' && isVerdict(one)) return t.words.verdicts[one]
  return t.docket.changed.values[one] ?? (Array.isArray(fact.value) ? t.ui.list(fact.value.map(String)) : one)
}

/** Names that were frozen with the facts. */
export const namesIn = (register: RegisterState): FactNames => ({
  suppliers: Object.fromEntries(register.suppliers.map(({ id, name }) => [id, name])),
  models: Object.fromEntries(register.models.map(({ id, name, version }) => [id, { name, version }])),
})

/** A text of a catalog in the language of the screen, or in the one it has. */
export const inLanguage = (words: Readonly<Record<string, string>> | null, language: string): string =>
  words === null ? '' : (words[language] ?? words['ja'] ?? Object.values(words)[0] ?? '')

/** 「A」 for `axis-a`. */
export const axisMark = (id: string): string => (id.startsWith('axis-') ? id.slice(5).toUpperCase() : id)
