import { type FieldId, fieldOf, isFieldId } from '#register/fields.ts'
import { searchKey } from '#register/search-key.ts'
import { absences, type Absence } from '#register/model.ts'
import type { Texts } from '#web/texts/language.tsx'

import type { By, Row } from './figures.ts'

const isAbsence = (key: string): key is Absence => (absences as readonly string[]).includes(key)

/** The name of a coded group: the word for the code, or for the absence that stands in its place. */
export function codeName(t: Texts, field: FieldId, key: string): string {
  if (isAbsence(key)) return t.words.absences[key]
  const words: Readonly<Record<string, string>> | undefined = t.fields.codes[field as keyof typeof t.fields.codes]
  return fieldOf(field).codes?.includes(key) ? (words?.[key] ?? key) : key
}

export function rowName(t: Texts, pick: (name: { ja: string; en: string }) => string, by: By, row: Row): string {
  if (by === 'organisation') {
    if (row.name === undefined) return row.key
    return row.itselfOnly ? t.overview.weighed.itself(pick(row.name)) : pick(row.name)
  }
  return codeName(t, by === 'stage' ? 'stage' : 'field-of-work', row.key)
}

export const fieldName = (t: Texts, field: string): string => (isFieldId(field) ? t.fields.labels[field] : field)

export const matches = (text: string, sought: string): boolean => searchKey(text).includes(searchKey(sought))
