import type { Provenance } from '#catalog/model-texts.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { todayInTokyo } from '#register/move-stage.ts'
import { toWareki } from '#register/wareki.ts'
import { fields as en } from '#register/words/en.ts'
import { fields as ja } from '#register/words/ja.ts'

import { composeContract } from './compose-contract.ts'
import { composeEvaluation } from './compose-evaluation.ts'
import { composeSpecification } from './compose-specification.ts'
import { type Composed, type Composing } from './composing.ts'
import { shortDigest } from './digest-of.ts'
import { documentWords, englishDay } from './document-words.ts'
import type { DocumentKind } from './model.ts'
import type { Block } from './word/blocks.ts'

/** What the words and blocks of a template become for one procurement. */
export function compose(kind: DocumentKind, given: Composing): Composed {
  const blocks = {
    'specification-annex': composeSpecification,
    'contract-annex': composeContract,
    'evaluation-record': composeEvaluation,
  }
  return {
    values: valuesOf(given),
    blocks: { ...blocks[kind](given), provenance: provenanceBlocks(kind, given) },
  }
}

function valuesOf({ sheet, language, ministry, guideline, stamp, at }: Composing): Record<string, string> {
  const words = { ja, en }[language]
  const codes: Readonly<Record<string, string>> = words.codes['service-kind']
  const today = todayInTokyo(at)
  return {
    subject: sheet.title,
    number: sheet.number,
    version: String(stamp.version),
    digest: shortDigest(stamp.digest),
    system: `${sheet.system.number} ${sheet.system.name}`,
    ministry: ministry[language] || ministry.ja,
    pattern: (sheet.pattern === null ? undefined : codes[sheet.pattern]) ?? documentWords[language].noPattern,
    guideline,
    // The first date of a formal document names both calendars.
    date: language === 'ja' ? toWareki(today).replace('年', `年（${today.slice(0, 4)}年）`) : englishDay(today),
  }
}

function provenanceBlocks(kind: DocumentKind, { sheet, language, guideline, sourceTitle }: Composing): Block[] {
  const words = documentWords[language]
  const sheets = kind === 'contract-annex' ? ['contract-check', 'procurement-check'] : ['procurement-check']
  const items = sheet.items.filter((item) => item.included === true && sheets.includes(item.sheet))
  const marks = Map.groupBy(
    items,
    (item) => `${item.preset.titleProvenance[language]} ${item.preset.titleSource[0]?.document ?? ''}`,
  )
  const lines = [...marks.values()].map((own) => {
    const [first] = own
    const mark: Provenance = first?.preset.titleProvenance[language] ?? 'preset'
    const places = own.map((item) => item.preset.titleSource[0]?.at).filter((at) => at !== undefined)
    const document = first?.preset.titleSource[0]?.document
    const source = [document && sourceTitle(document), places.length === 1 ? places[0] : undefined].filter(Boolean)
    return words.provenanceLine(
      own.map((item) => labelOf(item.item)).join(words.separator),
      words.provenance[mark],
      source.join(', '),
    )
  })
  return [
    { kind: 'heading', level: 0, text: words.headings.provenance },
    { kind: 'paragraph', text: words.provenanceLead(guideline), look: 'note' },
    ...lines.map((text): Block => ({ kind: 'paragraph', text, look: 'note' })),
  ]
}
