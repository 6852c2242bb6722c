import type { Sheet, SheetItem } from '#procurement/sheets/api.ts'
import type { Comparison, OwnTender } from '#procurement/tenders/api.ts'

const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const both = (ja: string, en: string) => ({ ja, en })
const groups = [
  ['governance', 'ガバナンス', 'Governance', 5],
  ['development-operation', '開発・運用', 'Development and operation', 6],
  ['system', 'システムの要件', 'System requirements', 10],
] as const

const sentence =
  '受注者は、生成AIシステムの入力と出力のデータを適切に管理し、保存する場所と期間、学習への利用、閲覧できる人を定めて、その内容を発注者に示すこと。'

type Look = { readonly sentences?: number; readonly included?: boolean | null }

const clause = (agreed: boolean) => ({
  text: '乙は、甲が入力した情報を学習に使わない。',
  number: '第12条',
  state: agreed ? ('agreed' as const) : ('open' as const),
  agreedOn: agreed ? '2026-11-20' : null,
})

function itemOf(n: number, sheet: SheetItem['sheet'], look: Look): SheetItem {
  const isContract = sheet === 'contract-check'
  const item = `${isContract ? 'k' : 'p'}-${String(n).padStart(2, '0')}`
  const group = isContract
    ? (['input', '入力', 'Input', 6] as const)
    : (groups.find((_, i) => n <= groups.slice(0, i + 1).reduce((sum, one) => sum + one[3], 0)) ?? groups[2])
  const included = look.included === undefined ? n % 7 !== 0 : look.included
  return {
    id: uuid(1000 + n + (isContract ? 500 : 0)),
    item,
    sheet,
    position: n,
    group: group[0],
    preset: {
      title: both(`入出力データの適切な管理（${n}）`, `Proper management of input and output data (${n})`),
      titleProvenance: { ja: 'preset', en: 'official' },
      titleSource: [{ document: 'ds-920-v1-abstract', at: `section 3, 2 (1) Procurement Check Sheet, item ${n}` }],
      groupTitle: both(group[1], group[2]),
      asks: both('保存する場所と期間を定めているか。', 'Place and retention are set.'),
      requirement: both(sentence, 'The contractor manages input and output data properly.'),
      clause: both('乙は、甲が入力した情報を学習に使わない。', 'The contractor does not train on input.'),
      evidence: [both('データの流れの図', 'Data-flow diagram')],
      verification: [{ way: 'document', text: both('図と設定を読む', 'Read diagram and setting') }],
      chapter: both(group[1], group[2]),
      stage: 'operation',
      related: [],
    },
    proposal: {
      says: n % 5 === 0 ? 'leave-out' : 'include',
      reasons: [
        {
          rule: 'r-1',
          text: both('個人情報を扱うため', 'Personal data are handled'),
          provenance: { ja: 'preset', en: 'preset' },
        },
      ],
      questions: [],
    },
    included,
    reason: included === false ? '庁内だけで使うため、対象にしません。' : null,
    decidedAt: included === null ? null : '2026-11-20T01:00:00Z',
    requirement: `${n}：${sentence.repeat(look.sentences ?? 2)}\n\n${sentence}`,
    chapter: `3.${n}`,
    evidence: ['データの流れの図', '保存期間の設定'],
    verification: ['document', 'test'],
    clause: clause(isContract && n % 2 === 0),
    proofs: [],
    files: 0,
    lack: null,
    version: 1 + (n % 3),
  }
}

/** A sheet with all checks of both kinds; every seventh is left out. */
export function aSheet(look: Look & { readonly state?: Sheet['state'] } = {}): Sheet {
  const range = (length: number) => Array.from({ length }, (_, i) => i + 1)
  return {
    id: uuid(1),
    number: 'PC-2026-001',
    title: '国民向け相談の回答案を作るシステムの調達',
    system: { id: uuid(2), number: 'S-0001', name: '相談の回答案' },
    organisation: { id: uuid(3), name: both('みどり庁', 'Midori Agency'), path: [uuid(3)] },
    pattern: 'platform-with-own-app' as Sheet['pattern'],
    state: look.state ?? 'drafting',
    catalog: 'procurement-guide',
    edition: '1',
    digest: 'a'.repeat(64),
    proposedAt: '2026-11-01T00:00:00Z',
    createdAt: '2026-11-01T00:00:00Z',
    updatedAt: '2026-11-20T00:00:00Z',
    version: 4,
    items: [
      ...range(21).map((n) => itemOf(n, 'procurement-check', look)),
      ...range(6).map((n) => itemOf(n, 'contract-check', look)),
    ],
    states: { 'procurement-check': 'open', 'contract-check': 'open' },
  }
}

const none = { yes: 0, partly: 0, no: 0, unanswered: 0 }

/** Answers of `bidders` suppliers to the included items of a sheet; the last item of each is not answered. */
export function aComparison(sheet = aSheet(), bidders = 3): Comparison {
  const items = sheet.items.filter((item) => item.sheet === 'procurement-check' && item.included === true)
  const list = Array.from({ length: bidders }, (_, i) => i)
  const name = (i: number) => `${String.fromCharCode(65 + i)}社`
  return {
    procurement: {
      id: sheet.id,
      number: sheet.number,
      title: sheet.title,
      state: 'evaluating',
      version: 2,
      systemId: sheet.system.id,
    },
    sending: 1,
    bidders: list.map((i) => ({
      id: uuid(100 + i),
      label: name(i),
      supplier: {
        id: uuid(200 + i),
        name: both(`架空${name(i)}株式会社`, `Fictional ${String.fromCharCode(65 + i)} Inc.`),
      },
      state: 'handed-in' as const,
      deadline: '2026-11-15T08:00:00Z',
      handedIn: 1,
      handedInAt: '2026-11-14T01:00:00Z',
      counts: {
        asked: items.length,
        answers: { ...none, yes: items.length - 1, unanswered: 1 },
        marks: { meets: items.length - 1, partly: 0, fails: 0, notEvaluated: 1 },
      },
    })),
    items: items.map((item, at) => ({
      item: item.item,
      position: item.position,
      text: {
        title: item.preset.title,
        requirement: item.requirement,
        chapter: item.chapter,
        evidence: item.evidence,
        verification: item.verification,
      },
      sending: 1,
      cells: list.map((i) => {
        const last = at === items.length - 1
        return {
          bidderId: uuid(100 + i),
          answer: last
            ? null
            : {
                fulfils: i === 1 && at % 3 === 0 ? ('partly' as const) : ('yes' as const),
                text: `${name(i)}は、保存期間を30日とし、学習には使いません。`,
                at: '2026-11-14T01:00:00Z',
                earlierText: false,
                takenFrom: null,
                evidence: [],
              },
          evaluation: last
            ? null
            : {
                mark: i === 1 && at % 3 === 0 ? ('partly' as const) : ('meets' as const),
                reason: `証跡を確かめました（${at + 1}）。`,
                outdated: false,
                at: '2026-11-16T01:00:00Z',
                by: both('企画者', 'Planner'),
                version: 1,
              },
        }
      }),
    })),
    award: {
      bidderId: uuid(100),
      reason: '全ての項目を満たしたため。',
      at: '2026-11-18T01:00:00Z',
      by: both('企画者', 'Planner'),
    },
  }
}

/** What one supplier sees of it. */
export function anOwnTender(sheet = aSheet()): OwnTender {
  const items = sheet.items.filter((item) => item.sheet === 'procurement-check' && item.included === true)
  return {
    id: uuid(100),
    number: sheet.number,
    title: sheet.title,
    organisation: sheet.organisation.name,
    deadline: '2026-12-15T08:00:00Z',
    closed: null,
    outcome: null,
    asked: items.length,
    answered: 1,
    handedIn: 0,
    handedInAt: null,
    unsent: 1,
    message: '',
    contact: { name: '架空 太郎' },
    sending: 1,
    dropped: [],
    byLink: true,
    items: items.map((item, at) => ({
      id: uuid(3000 + at),
      item: item.item,
      position: item.position,
      asked: {
        title: item.preset.title,
        requirement: item.requirement,
        chapter: item.chapter,
        evidence: item.evidence,
        verification: item.verification,
      },
      sending: 1,
      sentAt: '2026-11-10T00:00:00Z',
      answeredText: null,
      fulfils: at === 0 ? ('yes' as const) : null,
      text: at === 0 ? '保存しません。' : '',
      takenFrom: null,
      evidence: 0,
      earlier: 0,
      changedSinceHandedIn: false,
      version: 1,
      updatedAt: '2026-11-10T00:00:00Z',
    })),
  }
}
