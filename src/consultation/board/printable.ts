import { type Fact, type Facts, factOf } from '#register/model.ts'
import { fieldIds, type FieldId, fieldOf } from '#register/fields.ts'
import { fields as english } from '#register/words/en.ts'
import { fields as japanese } from '#register/words/ja.ts'

import type { CaseDetail } from './api.ts'
import type { Dossier, DossierUse } from './dossier.ts'
import { exportWords } from './export-words.ts'

type Language = 'ja' | 'en'
type Inside = NonNullable<CaseDetail['inside']>
type Frozen = NonNullable<Inside['dossier']>

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** Nothing that a person wrote becomes markup. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign]!)
const paragraph = (text: string) => `<p>${escaped(text).replaceAll('\n', '<br>')}</p>`
const row = (head: string, text: string) => `<tr><th scope="row">${escaped(head)}</th><td>${escaped(text)}</td></tr>`
const table = (rows: readonly string[]) => (rows.length === 0 ? '' : `<table><tbody>${rows.join('')}</tbody></table>`)

/** A case as one page that prints: the dossier as submitted, what changed since, and what was said on it. */
export function printablePage(detail: CaseDetail, inside: Inside & { dossier: Frozen }, language: Language): string {
  const words = exportWords[language]
  const { content, digest, at } = inside.dossier
  const pick = (name: { ja: string; en: string }) => name[language] || name.ja
  const body = [
    `<h1>${escaped(words.title)}</h1><p class="title">${escaped(content.case.title)}</p>`,
    table([
      row(words.number, content.case.number),
      row(words.version, String(content.case.version)),
      row(words.submitted, at),
      row(words.digest, digest),
    ]),
    `<p class="note">${escaped(words.digestHelp)}</p>`,
    ...content.parts.map((part) => partOf(content, part, language)),
    section(words.evidence, evidenceOf(content, words.none)),
    section(
      words.since,
      inside.differences
        .map((d) =>
          paragraph(
            `${d.name ?? ''} ${labelOf(d.field, language)}: ${said(d.field, d.from, language)} → ${said(d.field, d.to, language)}`,
          ),
        )
        .join('') || paragraph(words.none),
    ),
    inside.declarations.length === 0
      ? ''
      : section(
          words.declarations,
          table(
            inside.declarations.map((d) =>
              row(`${pick(d.name)} ${pick(d.expertise)}`, `${words.standings[d.standing]} ${d.words}`),
            ),
          ),
        ),
    section(
      words.opinions,
      inside.opinions
        .map((o) => `<h3>${escaped(`${pick(o.name)} ${pick(o.expertise)} ${o.at}`)}</h3>${paragraph(o.text)}`)
        .join('') || paragraph(words.none),
    ),
    section(
      words.questions,
      inside.questions
        .map(
          (q) =>
            paragraph(q.text) +
            q.answers.map((a) => `<blockquote>${escaped(words.answer)}${paragraph(a.text)}</blockquote>`).join(''),
        )
        .join('') || paragraph(words.none),
    ),
  ]
  const style =
    'body{font-family:sans-serif;line-height:1.7;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#333}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;padding:.4rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}th{width:14rem;font-weight:normal;color:#4d4d4d}.title{font-size:1.4rem;font-weight:bold}.note{font-size:.9rem}h2{page-break-after:avoid;margin-top:2rem}'
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(`${content.case.number} ${detail.title}`)}</title><style>${style}</style></head><body>${body.join('\n')}</body></html>`
}

const section = (title: string, inner: string) => `<section><h2>${escaped(title)}</h2>${inner}</section>`

function partOf(
  dossier: Dossier,
  { part, text, absent, because }: Dossier['parts'][number],
  language: Language,
): string {
  const words = exportWords[language]
  const written =
    absent === null ? (text === '' ? '' : paragraph(text)) : paragraph(`${words.absent[absent]}: ${because ?? ''}`)
  return section(words.parts[part], written + besides(dossier, part, language))
}

/** What the register said, beside the parts it belongs to. */
function besides({ register }: Dossier, part: Dossier['parts'][number]['part'], language: Language): string {
  const words = exportWords[language]
  switch (part) {
    case 'content':
      return `<h3>${escaped(words.facts)}</h3>${factsTable(register.system.facts, 'system', language)}${register.uses
        .map((use) => `<h3>${escaped(`${words.use} ${use.position}`)}</h3>${factsTable(use.facts, 'use', language)}`)
        .join('')}`
    case 'verdict':
      return register.uses.map((use) => trailOf(use, language)).join('')
    case 'supply-chain':
      return `${table(register.suppliers.map((s) => row(words.suppliers, `${s.name}（${s.country ?? words.unknown}）`)))}${table(
        register.models.map((m) => row(words.models, `${m.name} ${m.version}（${m.hostingCountry ?? words.unknown}）`)),
      )}`
    case 'mitigation':
    case 'quality':
      return ''
  }
}

function trailOf(use: DossierUse, language: Language): string {
  const words = exportWords[language]
  const text = (t: Readonly<Record<string, string>>) => t[language] ?? t['ja'] ?? Object.values(t)[0] ?? ''
  const a = use.assessment
  const head = `<h3>${escaped(`${words.use} ${use.position}${use.name === null ? '' : ` ${use.name}`}`)}</h3>`
  if (a === null) return head + paragraph(words.notWeighed)
  return (
    head +
    table([
      row(words.verdict, words.verdicts[use.verdict]),
      ...(use.ruledVerdict === null ? [] : [row(words.ruled, words.verdicts[use.ruledVerdict])]),
      row(words.edition, `${a.catalog} ${a.edition} ${a.digest}`),
      ...a.axes.map((axis) =>
        row(text(axis.title), axis.stateTitle === null ? words.unsettled : text(axis.stateTitle)),
      ),
      ...a.reasons.map((reason) => row(words.reasons, `${text(reason.title)}（${reason.rule}）`)),
      ...(a.judgement === null ? [] : [row(words.judgement, `${a.judgement.reason}（${a.judgement.at}）`)]),
    ])
  )
}

function evidenceOf({ evidence }: Dossier, none: string): string {
  return evidence.length === 0
    ? paragraph(none)
    : table(evidence.map((e) => row(e.title, `${e.fileName}（${e.bytes} bytes, SHA-256 ${e.sha256}）`)))
}

const dictionary = { ja: japanese, en: english } as const
const known = (field: string): field is FieldId => (fieldIds as readonly string[]).includes(field)
const labelOf = (field: string, language: Language): string =>
  known(field) ? dictionary[language].labels[field] : field

/** Facts that were answered, or said why not; a field nobody touched is left out of the page and stands in the JSON. */
function factsTable(facts: Facts, scope: 'system' | 'use', language: Language): string {
  const there = fieldIds.filter((id) => fieldOf(id).scope === scope && facts[id] !== undefined)
  const named = there.filter((id) => fieldOf(id).kind !== 'supplier' && fieldOf(id).kind !== 'models')
  return table(named.map((id) => row(labelOf(id, language), said(id, factOf(facts, id), language))))
}

function said(field: string, fact: Fact, language: Language): string {
  const words = dictionary[language]
  if ('absent' in fact) {
    const note = 'note' in fact && fact.note !== undefined ? `（${fact.note}）` : ''
    return `${words.absences[fact.absent]}${note}`
  }
  const codes = known(field)
    ? (words.codes as Readonly<Record<string, Readonly<Record<string, string>>>>)[field]
    : undefined
  const one = (value: unknown) => codes?.[String(value)] ?? String(value)
  return Array.isArray(fact.value) ? fact.value.map(one).join('、') : one(fact.value)
}
