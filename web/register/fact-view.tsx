import type { ReactNode } from 'react'

import { fieldOf, type FieldId } from '#register/fields.ts'
import type { Fact, FactValue } from '#register/model.ts'
import { paths } from '#web/paths.ts'
import { type Texts, useLanguage, useTexts } from '#web/texts/language.tsx'
import { formatNumber, tableDate } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { LongText } from '#web/ui/long-text.tsx'
import { AbsenceMark } from '#web/ui/tags.tsx'

/** Names of what the facts point to. */
export type FactNames = {
  readonly suppliers?: Readonly<Record<string, string>>
  readonly models?: Readonly<Record<string, string | { readonly name: string; readonly version: string }>>
}

/** The word for a code; a code that has none is shown as it is. */
export function codeWord(t: Texts, field: FieldId, code: string): string {
  const words: Readonly<Partial<Record<FieldId, Readonly<Record<string, string>>>>> = t.fields.codes
  return words[field]?.[code] ?? code
}

export function modelName(names: FactNames, id: string, unknown: string): string {
  const found = names.models?.[id]
  if (found === undefined) return unknown
  return typeof found === 'string' ? found : [found.name, found.version].filter((part) => part !== '').join(' ')
}

const listed = (value: FactValue): readonly string[] => (Array.isArray(value) ? value : [String(value)])

/** A value in words, for sentences, differences and accessible names. */
export function valueWords(
  t: Texts,
  language: 'ja' | 'en',
  field: FieldId,
  value: FactValue,
  names: FactNames,
): string {
  const { kind, unit } = fieldOf(field)
  const unknown = t.register.form.unknownName
  switch (kind) {
    case 'code':
    case 'codes':
      return t.ui.list(listed(value).map((code) => codeWord(t, field, code)))
    case 'date':
      return tableDate(String(value), language)
    case 'number':
      return [formatNumber(Number(value)), unit === undefined ? '' : t.fields.units[unit]]
        .join(language === 'ja' ? '' : ' ')
        .trim()
    case 'supplier':
      return names.suppliers?.[String(value)] ?? unknown
    case 'models':
      return t.ui.list(listed(value).map((id) => modelName(names, id, unknown)))
    case 'text':
    case 'long-text':
      return String(value)
  }
}

/** Any fact in words. */
export function useFactWords(): (field: FieldId, fact: Fact, names?: FactNames) => string {
  const t = useTexts()
  const { language } = useLanguage()
  return (field, fact, names = {}) =>
    'absent' in fact ? t.words.absences[fact.absent] : valueWords(t, language, field, fact.value, names)
}

type Props = {
  field: FieldId
  fact: Fact
  names?: FactNames
  /** Who was asked, who waived it, since when. */
  showNote?: boolean
  /** Suppliers and models lead to the list of what uses them. */
  linked?: boolean
}

/** A fact as it is read: the value, or the mark that says why there is none. */
export function FactView({ field, fact, names = {}, showNote = false, linked = false }: Props): ReactNode {
  const t = useTexts()
  const { language } = useLanguage()
  if ('absent' in fact) return <AbsenceMark absent={fact} showNote={showNote} />
  const { kind } = fieldOf(field)
  if (kind === 'long-text') return <LongText text={String(fact.value)} />
  if (linked && kind === 'supplier') {
    return (
      <Link href={paths.register({ organisation: 'all', supplier: String(fact.value) })}>
        {valueWords(t, language, field, fact.value, names)}
      </Link>
    )
  }
  if (linked && kind === 'models') {
    return (
      <span className="flex flex-wrap gap-x-3">
        {listed(fact.value).map((id) => (
          <Link key={id} href={paths.register({ organisation: 'all', model: id })}>
            {modelName(names, id, t.register.form.unknownName)}
          </Link>
        ))}
      </span>
    )
  }
  return valueWords(t, language, field, fact.value, names)
}
