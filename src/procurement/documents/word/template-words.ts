import type { DocumentKind, Language } from '#procurement/documents/model.ts'

type Words = {
  readonly titles: Readonly<Record<DocumentKind, string>>
  readonly leads: Readonly<Record<DocumentKind, string>>
  /** Names of what stands at the head of the document, each with its placeholder. */
  readonly facts: readonly (readonly [name: string, placeholder: string])[]
  readonly contents: string
  readonly version: (version: string) => string
  readonly footer: (number: string, version: string, digest: string) => string
  /** Numbers of the three levels of headings, as Word writes them. */
  readonly numbers: readonly [string, string, string]
}

export const templateWords: Readonly<Record<Language, Words>> = {
  ja: {
    titles: {
      'specification-annex': '調達仕様書 別紙　生成AIに関する要件',
      'contract-annex': '契約書 別紙　生成AIに関する条項',
      'evaluation-record': '評価記録　生成AIに関する要件',
    },
    leads: {
      'specification-annex':
        'この別紙は、生成AIシステムに関する要件を定めるものです。受注者は、各項目の要件を満たし、求める証跡を示してください。',
      'contract-annex': 'この別紙は、生成AIシステムに関して契約の当事者が合意した条項を定めるものです。',
      'evaluation-record': 'この記録は、調達仕様書の別紙で求めた項目について、応札者の回答と評価の結果を残すものです。',
    },
    facts: [
      ['件名', 'subject'],
      ['調達番号', 'number'],
      ['システム', 'system'],
      ['府省', 'ministry'],
      ['調達パターン', 'pattern'],
      ['基準', 'guideline'],
      ['作成日', 'date'],
      ['シートの版', 'version'],
    ],
    contents: '目次',
    version: (version) => `第${version}版`,
    footer: (number, version, digest) => `${number}　第${version}版　要約値 ${digest}`,
    numbers: ['第%1章', '%1.%2', '(%3)'],
  },
  en: {
    titles: {
      'specification-annex': 'Annex to the specification: requirements for generative AI',
      'contract-annex': 'Annex to the contract: clauses on generative AI',
      'evaluation-record': 'Record of evaluation: requirements for generative AI',
    },
    leads: {
      'specification-annex':
        'This annex sets out the requirements for the generative AI system. The contractor meets the requirement of each item and provides the evidence asked for.',
      'contract-annex': 'This annex sets out the clauses on the generative AI system to which the parties agreed.',
      'evaluation-record':
        'This record keeps the answers of the bidders to the items of the annex to the specification, and how they were evaluated.',
    },
    facts: [
      ['Subject', 'subject'],
      ['Procurement number', 'number'],
      ['System', 'system'],
      ['Ministry', 'ministry'],
      ['Procurement pattern', 'pattern'],
      ['Guideline', 'guideline'],
      ['Date', 'date'],
      ['Version of the sheet', 'version'],
    ],
    contents: 'Contents',
    version: (version) => `Version ${version}`,
    footer: (number, version, digest) => `${number}, version ${version}, digest ${digest}`,
    numbers: ['Chapter %1', '%1.%2', '(%3)'],
  },
}
