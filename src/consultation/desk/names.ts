import { searchKey } from '#register/search-key.ts'

import type { KnownName, NameKind } from './model.ts'

// Whether a text that is to be published still names who asked. Pure: the page marks what the server refuses.

/** Where a name stands in a text, in UTF-16 units: from, and the unit after it. */
export type Hit = KnownName & { readonly from: number; readonly to: number; readonly text: string }

/** Shorter ones stand by chance in too many words. */
const shortest = 2

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** The form in which names are compared, without any white space, and for each of its units where it came from. */
function folded(text: string): { key: string; from: number[]; to: number[] } {
  let key = ''
  const from: number[] = []
  const to: number[] = []
  for (const { segment, index } of segmenter.segment(text)) {
    for (const unit of searchKey(segment).replaceAll(' ', '')) {
      for (let i = 0; i < unit.length; i++) {
        from.push(index)
        to.push(index + segment.length)
      }
      key += unit
    }
  }
  return { key, from, to }
}

const latin = /[0-9a-z]/

/** A Latin name inside a longer word is another word: "Aoba" is not in "Aobakusa". */
const cut = (key: string, from: number, to: number, gap: (at: number) => boolean): boolean =>
  (from > 0 && latin.test(key[from]!) && latin.test(key[from - 1]!) && !gap(from)) ||
  (to < key.length && latin.test(key[to]!) && latin.test(key[to - 1]!) && !gap(to))

/**
 * Every place at which one of the names stands, whatever its width, case, kana, kanji variants and spaces; longer names
 * first where several begin at the same place, and none inside a longer one that was found.
 */
export function findNames(text: string, names: readonly KnownName[]): Hit[] {
  const { key, from, to } = folded(text)
  const gap = (at: number) => from[at]! > to[at - 1]!
  const hits: Hit[] = []
  for (const known of names) {
    const wanted = folded(known.name).key
    if (wanted.length < shortest) continue
    for (let at = key.indexOf(wanted); at >= 0; at = key.indexOf(wanted, at + 1)) {
      const end = at + wanted.length
      if (cut(key, at, end, gap)) continue
      const [start, stop] = [from[at]!, to[end - 1]!]
      hits.push({ ...known, from: start, to: stop, text: text.slice(start, stop) })
    }
  }
  const sorted = hits.toSorted((a, b) => a.from - b.from || b.to - a.to)
  return sorted.filter((hit, i) => !sorted.slice(0, i).some((other) => other.from <= hit.from && hit.to <= other.to))
}

/** A proposal without the names: each is replaced by its neutral word, until none is found any more. */
export function withoutNames(
  text: string,
  names: readonly KnownName[],
  neutral: Readonly<Record<NameKind, string>>,
): string {
  let now = text
  // What is put in may stand beside something with which it makes a name; twice is enough for what people write.
  for (let round = 0; round < 3; round++) {
    const hits = findNames(now, names)
    if (hits.length === 0) break
    let [next, at] = ['', 0]
    for (const hit of hits) {
      if (hit.from < at) continue
      next += now.slice(at, hit.from) + neutral[hit.kind]
      at = hit.to
    }
    now = next + now.slice(at)
  }
  return now
}

const companyForms =
  /株式会社|合同会社|有限会社|一般社団法人|一般財団法人|独立行政法人|（株）|\(株\)|㈱|,? ?(?:Inc|Ltd|Corp|Co|LLC)\.?$/gi

/** The forms in which a name is used: a company without its legal form, a person by family name alone. */
export function formsOf(kind: NameKind, name: string): KnownName[] {
  const trimmed = name.trim()
  const parts =
    kind === 'person' || kind === 'unit'
      ? [trimmed, ...trimmed.split(/[\s\u3000]+/)]
      : kind === 'supplier'
        ? [trimmed, trimmed.replace(companyForms, '').trim()]
        : [trimmed]
  return [...new Set(parts)].filter((one) => Array.from(one).length >= shortest).map((one) => ({ kind, name: one }))
}
