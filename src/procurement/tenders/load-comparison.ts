import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'

import type { Comparison, ComparisonCell, ComparisonCounts } from './api.ts'
import { askedNow, type SentItem, sentTexts, textOf } from './sent-texts.ts'
import { procurementAt } from './store.ts'

type BidderHead = Omit<Comparison['bidders'][number], 'counts'>
type Answer = NonNullable<ComparisonCell['answer']>
type AnswerRow = Omit<Answer, 'earlierText'> & { bidderId: string; item: string; textId: string | null }
type EvaluationRow = Omit<NonNullable<ComparisonCell['evaluation']>, 'outdated'> & {
  bidderId: string
  item: string
  handingIn: number
}

/**
 * Bidders side by side: of each what it handed in last, with the files, and how that was evaluated. Drafts are not here.
 * @throws AppError `not-found`, also when it may not be seen
 */
export async function loadComparison(db: Db, procurementId: string): Promise<Comparison> {
  const { id, number, title, state, version, systemId } = await procurementAt(db, procurementId)
  const sent = await sentTexts(db, procurementId)
  const bidders = await loadBidders(db, procurementId)
  const answers = byCell(await loadAnswers(db, procurementId))
  const evaluations = byCell(await loadEvaluations(db, procurementId))
  const items = askedNow(sent).map((asked) => ({
    item: asked.item,
    position: asked.position,
    text: textOf(asked),
    sending: asked.sending,
    cells: bidders.map((bidder) => cellOf(asked, bidder.id, answers, evaluations)),
  }))
  return {
    procurement: { id, number, title, state, version, systemId },
    sending: sent.length === 0 ? null : Math.max(...sent.map(({ sending }) => sending)),
    bidders: bidders.map((bidder, n) => ({ ...bidder, counts: countCells(items.map(({ cells }) => cells[n]!)) })),
    items,
    award: await loadAward(db, procurementId),
  }
}

const keyOf = ({ bidderId, item }: { bidderId: string; item: string }) => `${bidderId} ${item}`
const byCell = <T extends { bidderId: string; item: string }>(rows: readonly T[]) =>
  new Map(rows.map((row) => [keyOf(row), row]))

function cellOf(
  asked: SentItem,
  bidderId: string,
  answers: ReadonlyMap<string, AnswerRow & { handingIn: number; same: number }>,
  evaluations: ReadonlyMap<string, EvaluationRow>,
): ComparisonCell {
  const key = keyOf({ bidderId, item: asked.item })
  const answer = answers.get(key)
  const evaluation = evaluations.get(key)
  return {
    bidderId,
    answer: answer ? answerOf(answer, asked) : null,
    evaluation: evaluation ? evaluationOf(evaluation, answer) : null,
  }
}

const answerOf = ({ fulfils, text, at, takenFrom, evidence, textId }: AnswerRow, asked: SentItem): Answer => ({
  fulfils,
  text,
  at,
  takenFrom,
  evidence,
  earlierText: textId !== null && textId !== asked.id,
})

const evaluationOf = (
  { mark, reason, at, by, version, handingIn }: EvaluationRow,
  answer: { same: number } | undefined,
): NonNullable<ComparisonCell['evaluation']> => ({
  mark,
  reason,
  at,
  by,
  version,
  // Handed in again since, and not the same.
  outdated: mark !== null && answer !== undefined && answer.same > handingIn,
})

export function countCells(cells: readonly Pick<ComparisonCell, 'answer' | 'evaluation'>[]): ComparisonCounts {
  const said = (value: string | null) => cells.filter(({ answer }) => (answer?.fulfils ?? null) === value).length
  const marked = (value: string | null) => cells.filter(({ evaluation }) => (evaluation?.mark ?? null) === value).length
  return {
    asked: cells.length,
    answers: { yes: said('yes'), partly: said('partly'), no: said('no'), unanswered: said(null) },
    marks: { meets: marked('meets'), partly: marked('partly'), fails: marked('fails'), notEvaluated: marked(null) },
  }
}

async function loadBidders(db: Db, procurementId: string): Promise<BidderHead[]> {
  const { rows } = await sql<BidderHead>`
    select b.id, b.label, jsonb_build_object('id', s.id, 'name', jsonb_build_object('ja', s.name, 'en', s.name_en)) as supplier,
      b.state, b.deadline, b.handed_in as "handedIn", b.handed_in_at as "handedInAt"
    from bidder b join supplier s on s.id = b.supplier_id
    where b.procurement_id = ${procurementId} order by b.invited_at, b.label, b.id`.execute(db)
  return rows
}

/**
 * `same`: the first handing in from which on the answer has been as it is. Most were handed in once and many without
 * files: what lies behind is looked up only for the others.
 */
async function loadAnswers(
  db: Db,
  procurementId: string,
): Promise<(AnswerRow & { handingIn: number; same: number })[]> {
  const { rows } = await sql<AnswerRow & { handingIn: number; same: number }>`
    select h.bidder_id as "bidderId", h.item, h.fulfils, h.text, h.at, h.taken_from as "takenFrom", h.tender_item_id as "textId",
      h.handing_in as "handingIn",
      case when h.handing_in = 1 then 1 else coalesce((select max(x.handing_in) + 1 from handed_answer x where x.answer_id = h.answer_id and x.handing_in < h.handing_in
        and (x.fulfils, x.text, x.evidence) is distinct from (h.fulfils, h.text, h.evidence)), 1) end as same,
      case when h.evidence = '{}' then '[]' else coalesce((select jsonb_agg(jsonb_build_object('id', e.id, 'title', e.title, 'fileName', e.file_name, 'bytes', e.bytes)
          order by e.added_at, e.id)
        from evidence e where e.id = any(h.evidence) and e.withdrawn_at is null), '[]') end as evidence
    from handed_answer h join bidder b on b.id = h.bidder_id and b.handed_in = h.handing_in
    where h.procurement_id = ${procurementId}`.execute(db)
  return rows
}

async function loadEvaluations(db: Db, procurementId: string): Promise<EvaluationRow[]> {
  const { rows } = await sql<EvaluationRow>`
    select e.bidder_id as "bidderId", e.item, e.mark, e.reason, e.at, e.version, e.handing_in as "handingIn",
      case when p.id is null then null else jsonb_build_object('ja', p.name_ja, 'en', p.name_en) end as by
    from evaluation e left join person p on p.id = e.by where e.procurement_id = ${procurementId}`.execute(db)
  return rows
}

async function loadAward(db: Db, procurementId: string): Promise<Comparison['award']> {
  const { rows } = await sql<NonNullable<Comparison['award']>>`
    select a.bidder_id as "bidderId", a.reason, a.at,
      case when p.id is null then null else jsonb_build_object('ja', p.name_ja, 'en', p.name_en) end as by
    from award a left join person p on p.id = a.by where a.procurement_id = ${procurementId}`.execute(db)
  return rows[0] ?? null
}
