import { sql } from 'kysely'

import { transactions } from '#audit/transaction.ts'
import type { Actor, RunTx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { newId } from '#platform/ids.ts'
import { fieldOf, type FieldId } from '#register/fields.ts'
import type { Fact, Facts } from '#register/model.ts'
import { orderOf } from '#register/model-verdict.ts'
import { type NewRow, storeSystems } from '#register/store-systems.ts'

/** A register that reads like a real one, from a fixed seed: the same rows in every run. All names are made up. */

const places =
  'あおば みどり ひかり みなと さくら やまと ときわ すみれ わかば かえで こだま はるか いずみ あさひ ゆうひ たかね つばさ みやこ ほたる しらゆり'.split(
    ' ',
  )
const kinds = '総務局 政策局 企画課 管理局 情報化推進局 国際局 地域振興局 監査官室'.split(' ')
const subjects = (
  '申請書 問合せ 議事録 通知文 統計調査票 補助金 許認可 災害情報 国会答弁 公文書 旅費精算 健康診断 道路台帳 住民相談 調達仕様書 法令 白書 パブリックコメント ' +
  '人事評価 研修資料 入札公告 検査報告 河川監視 衛星画像 港湾統計 農地台帳 年金記録 税務相談 窓口案内 電話応対 求人票 介護認定 防災無線 観光案内 特許文献 判例'
).split(' ')
const deeds =
  '要約 下書き作成 翻訳 検索 分類 仕分け 審査補助 自動応答 文字起こし 点検 異常検知 需要予測 名寄せ 校正 比較 可視化 回答案作成 データ抽出 進捗管理 チャットボット'.split(
    ' ',
  )
const suffixes = 'システム 支援ツール 実証 サービス アシスタント 基盤 試行 機能'.split(' ')
const aims = (
  '職員の作業時間を減らす 回答の質をそろえる 見落としを防ぐ 夜間や休日にも答えられるようにする 外国語の相談に応じる 過去の事例をすぐに探せるようにする ' +
  '転記の誤りをなくす 審査にかかる日数を縮める 専門の職員が判断に集中できるようにする 記録を残しやすくする'
).split(' ')
const means = (
  '生成AIに文案を作らせ、担当職員が確かめてから使う 過去の文書を検索し、根拠とともに示す 画像から対象を見つけ、担当者に知らせる 音声を文字にし、要点をまとめる ' +
  '入力された内容を分類し、担当課へ回す 数値の変化から異常の候補を挙げる'
).split(' ')
const companies =
  '青空システムズ 北斗データ みらい情報 東雲ソフト 大樹ネットワークス 白鷺テクノロジー 若草クラウド 銀河言語研究所 朝凪通信 緑風電算'.split(
    ' ',
  )
const makers = 'Aozora Hokuto Mirai Shinonome Taiju Shirasagi Wakakusa Ginga Asanagi Ryokufu'.split(' ')

/** Mulberry32: a small seeded generator; only its evenness matters here. */
function seeded(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export type Bench = {
  readonly actor: Actor
  readonly tx: RunTx
  readonly ministries: string[]
  readonly organisations: string[]
}

export async function benchOrganisations(db: Db): Promise<Bench> {
  const by = newId()
  const rows = places.flatMap((place, i) => {
    const id = newId()
    const code = `M${String(i + 1).padStart(2, '0')}`
    const bureaus = kinds.map((kind, n) => ({
      id: newId(),
      parent: id,
      path: [id],
      code: `${code}-${n + 1}`,
      name: `${place}省${kind}`,
    }))
    return [
      { id, parent: null, path: [id], code, name: `${place}省`, kind: 'ministry' },
      ...bureaus.map((b) => ({ ...b, path: [id, b.id], kind: 'bureau' })),
    ]
  })
  for (const r of rows)
    await sql`insert into organisation (id, parent_id, path, kind, code, name_ja, created_at, created_by)
      values (${r.id}, ${r.parent}, ${r.path}::uuid[], ${r.kind}, ${r.code}, ${r.name}, now(), ${by})`.execute(db)
  const ministry = rows[0]!.id
  const person = newId()
  await sql`insert into person (id, organisation_id, name_ja, name_en, post_ja, post_en, local, created_at, created_by)
    values (${person}, ${ministry}, '計測 係', 'Bench', '計測', 'bench', true, now(), ${by})`.execute(db)
  await sql`insert into role_held (person_id, role, organisation_id, from_date, created_by)
    values (${person}, 'caio', ${ministry}, '2020-01-01', ${by})`.execute(db)
  return {
    actor: { personId: person, role: 'caio', organisationId: ministry },
    tx: transactions({ db, now: () => new Date(), newId: () => newId() }),
    ministries: rows.filter((r) => r.parent === null).map((r) => r.id),
    organisations: rows.filter((r) => r.parent !== null).map((r) => r.id),
  }
}

/** Rows `from`…`from + count`, made without the database. */
export function benchRows(bench: Pick<Bench, 'organisations'>, from: number, count: number): NewRow[] {
  return Array.from({ length: count }, (_, i) => rowOf(bench, from + i))
}

function rowOf({ organisations }: Pick<Bench, 'organisations'>, n: number): NewRow {
  const random = seeded(n * 7919 + 17)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() ** 1.5 * list.length)]!
  const code = (id: FieldId): Fact => {
    const r = random()
    if (r < 0.08) return { absent: 'unanswered' }
    if (r < 0.11) return { absent: 'unknown' }
    if (r < 0.12) return { absent: 'not-applicable' }
    return { value: pick(fieldOf(id).codes ?? []) }
  }
  const codes = (...ids: FieldId[]): Facts => Object.fromEntries(ids.map((id) => [id, code(id)]))
  const company = Math.floor(random() ** 2 * 300)
  const model = Math.floor(random() ** 2 * 80)
  return {
    organisationId: organisations[Math.floor(random() * organisations.length)]!,
    facts: {
      name: {
        value: `${pick(subjects)}${pick(deeds)}${pick(suffixes)}${n % 3 === 0 ? `（第${(n % 97) + 1}次）` : ''}`,
      },
      ...codes('stage', 'service-kind', 'ismap', 'autonomy', 'inputs-for-training', 'reuse-by-others'),
      modality: { value: ['text'] },
      'hosting-country': random() < 0.7 ? { value: '日本' } : { absent: 'unknown' },
      'planner-unit': { value: `${pick(kinds)} 企画係` },
      'source-id': { value: `R8-${n}` },
      'contract-start': { value: '2026-04-01' },
      'contract-end': { value: '2027-03-31' },
    },
    useFacts: {
      purpose: {
        value: `${pick(subjects)}の${pick(deeds)}に用いる。${pick(means)}ことで、${pick(aims)}。${pick(aims)}ことも目的とする。`,
      },
      ...codes(
        'field-of-work',
        'users-kind',
        'information-class',
        'personal-data',
        'confidential-in-training',
        'personal-in-training',
      ),
      ...codes('text-generative', 'sensitive-field', 'special-secret', 'error-harm', 'human-judgement'),
      technology: { value: ['generative-text', ...(random() < 0.2 ? ['agent'] : [])] },
      'users-count': { value: Math.floor(random() ** 3 * 5000) },
      'expected-effect': { value: `${pick(aims)}。` },
      ...(random() < 0.4 ? { 'expected-hours': { value: Math.floor(random() * 20_000) } } : {}),
    },
    supplierName: `${companies[company % companies.length]!}${company >= companies.length ? `第${Math.floor(company / companies.length) + 1}事業部` : ''}`,
    modelNames: [`${makers[model % makers.length]!}-LM ${Math.floor(model / makers.length) + 1}`],
  }
}

const part = 500

/** Fills the register, with verdicts of every kind; @returns milliseconds it took */
export async function fillRegister(db: Db, bench: Bench, from: number, count: number): Promise<number> {
  const began = performance.now()
  for (let done = 0; done < count; done += part)
    await bench.tx(bench.actor, async (t) => {
      const stored = await storeSystems(t, { rows: benchRows(bench, from + done, Math.min(part, count - done)) })
      await weigh(
        t.db,
        stored.filter((_, i) => i % 4 === 0).map((row) => row.useId),
      )
    })
  await sql`vacuum analyze`.execute(db)
  return performance.now() - began
}

/** Verdicts as a register has them, without the finder: only what lists read. */
async function weigh(db: Db, useIds: readonly string[]): Promise<void> {
  const rows = useIds.map((id, i) => ({
    id,
    verdict: (['proceed', 'proceed', 'consult-board', 'cannot-decide'] as const)[i % 4]!,
  }))
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows.map((r) => ({ ...r, place: orderOf(r.verdict) })))}::jsonb)
    as r(id uuid, verdict text, place smallint)`
  await sql`insert into facet (token) select distinct 'verdict=' || r.verdict from ${given} on conflict do nothing`.execute(
    db,
  )
  await sql`update ai_use u set verdict = r.verdict, verdict_order = r.place from ${given} where u.id = r.id`.execute(
    db,
  )
  await sql`update use_listing l set verdict_order = r.place, facets = array_replace(facets, old.id, new.id)
    from ${given} join facet new on new.token = 'verdict=' || r.verdict, facet old
    where l.use_id = r.id and old.token = 'verdict=not-reported'`.execute(db)
}
