import type { PublicPart } from './api.ts'
import type { ConditionInput } from './model.ts'

/** What stands in the place of a part that is withheld. */
export const withheldMark = '【非公開】'

type Advised = {
  readonly text: { readonly ja: string; readonly en: string }
  readonly conditions: readonly (Pick<ConditionInput, 'text' | 'evidenceWanted' | 'dueOn'> & {
    readonly position: number
    /** Who sees to it, as it would be printed. */
    readonly owner: string
  })[]
}

const paragraphs = (text: string): string[] =>
  text
    .split(/\n+/)
    .map((one) => one.trim())
    .filter((one) => one !== '')

/**
 * The parts of advice, each of which can be withheld. Both wordings of a condition are one part. English paragraphs stand
 * with the Japanese ones of the same number where there are as many; otherwise they are one part, since nobody could tell
 * which says the same.
 */
export function publicParts({ text, conditions }: Advised): PublicPart[] {
  const [ja, en] = [paragraphs(text.ja), paragraphs(text.en)]
  const paired = en.length === ja.length
  return [
    ...ja.map((one, i): PublicPart => ({
      id: `paragraph-${i + 1}`,
      kind: 'paragraph',
      number: i + 1,
      text: [one, ...(paired ? [en[i]!] : [])].join('\n'),
    })),
    ...(paired || en.length === 0
      ? []
      : [{ id: 'paragraph-en-1', kind: 'paragraph-en' as const, number: 1, text: en.join('\n') }]),
    ...conditions.flatMap((c): PublicPart[] => {
      const part = (kind: PublicPart['kind'], words: string): PublicPart[] =>
        words.trim() === '' ? [] : [{ id: `${kind}-${c.position}`, kind, number: c.position, text: words }]
      return [
        ...part('condition', [c.text.ja, c.text.en].filter((one) => one.trim() !== '').join('\n')),
        ...part('owner', c.owner),
        ...part('due', c.dueOn ?? ''),
        ...part('evidence', c.evidenceWanted),
      ]
    }),
  ]
}

export type Redacted =
  | { readonly ok: true; readonly content: string }
  /** Parts whose text would still be read somewhere: in another part, in the title, in a reason. */
  | { readonly ok: false; readonly leaks: readonly { readonly part: string; readonly where: string }[] }

/**
 * The text that goes out. What is withheld appears in it nowhere, wherever else it was written: otherwise nothing goes out
 * and each place is named. Compared without regard to blanks, width and case, as a reader would.
 */
export function redact(
  parts: readonly PublicPart[],
  withheld: readonly { readonly part: string; readonly reason: string }[],
  head: { readonly title: string; readonly about: string },
): Redacted {
  const reasons = new Map(withheld.map(({ part, reason }) => [part, reason]))
  const places = [
    { where: 'title', text: head.title },
    { where: 'about', text: head.about },
    ...withheld.map(({ part, reason }) => ({ where: `reason:${part}`, text: reason })),
    ...parts.filter(({ id }) => !reasons.has(id)).map(({ id, text }) => ({ where: id, text })),
  ]
  const leaks = parts
    .filter(({ id }) => reasons.has(id))
    .flatMap(({ id, text }) =>
      text
        .split('\n')
        .map(bare)
        .filter((line) => line !== '')
        .flatMap((line) => places.filter((place) => bare(place.text).includes(line)))
        .map(({ where }) => ({ part: id, where })),
    )
  if (leaks.length > 0) return { ok: false, leaks: uniqueOf(leaks) }
  return { ok: true, content: lay(parts, reasons) }
}

const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .toLowerCase()
const uniqueOf = (leaks: readonly { part: string; where: string }[]) => [
  ...new Map(leaks.map((leak) => [`${leak.part}\n${leak.where}`, leak])).values(),
]

/** Words before a statement of a condition, as the published text has them. */
const labels = { condition: '', owner: '担当：', due: '期限：', evidence: '終わったと認める証跡：' } as const

function lay(parts: readonly PublicPart[], reasons: ReadonlyMap<string, string>): string {
  const shown = (part: PublicPart): string => {
    const reason = reasons.get(part.id)
    return reason === undefined ? part.text : `${withheldMark}（理由：${reason}）`
  }
  const texts = parts.filter(({ kind }) => kind === 'paragraph' || kind === 'paragraph-en').map(shown)
  const conditions = [...Map.groupBy(parts, ({ kind, number }) => (kind.startsWith('paragraph') ? 0 : number))]
    .filter(([number]) => number > 0)
    .map(([number, of]) =>
      of
        .map(
          (part) =>
            `${part.kind === 'condition' ? `条件${number}　` : labels[part.kind as keyof typeof labels]}${shown(part)}`,
        )
        .join('\n'),
    )
  return [...texts, ...conditions].join('\n\n')
}
