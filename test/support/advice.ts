import type { Advice, Condition, ConditionDetail } from '#consultation/advice/api.ts'
import type { ConditionInput } from '#consultation/advice/model.ts'
import { type Ask, type Board, declare, seen, submittedCase } from '#test/board.ts'

export const advicePath = (id: string, rest = '') => `/api/v1/board/cases/${id}/advice${rest}`
export const conditionPath = (id: string, rest = '') => `/api/v1/board/conditions/${id}${rest}`

export const adviceFor = async (ask: Ask, id: string): Promise<Advice> =>
  (await ask('GET', advicePath(id))).json<Advice>()
export const conditionFor = async (ask: Ask, id: string): Promise<ConditionDetail> =>
  (await ask('GET', conditionPath(id))).json<ConditionDetail>()

export const aCondition = (board: Board, more: Partial<ConditionInput> = {}): ConditionInput => ({
  text: { ja: '不支給につながる出力は、職員2人が根拠の書類を確かめてから使う', en: '' },
  effect: 'blocks',
  stage: 'build-test',
  ownerOrganisationId: board.division.id,
  ownerUnit: '',
  dueOn: '2030-12-25',
  evidenceWanted: '作業手順書',
  ...more,
})

/** Every seat has declared, the chair has written an opinion, and a text stands in the draft. */
export async function draftedAdvice(
  board: Board,
  systemId: string,
  conditions: readonly Partial<ConditionInput>[] = [{}],
): Promise<string> {
  const { ask } = board
  const id = await submittedCase(board, systemId)
  for (const one of [ask.chair, ask.member]) await declare(one, id)
  await declare(ask.other, id, '応札予定の事業者と共同研究をしている')
  await ask.member('POST', `/api/v1/board/cases/${id}/opinions`, { text: '根拠の書類に戻れることを条件とする。' })
  const text = { ja: '条件を満たすことを前提に、進めることが適当です。\n運用の後も確かめてください。', en: '' }
  await ask.member('PUT', advicePath(id), { text }, seen(0))
  for (const more of conditions) await ask.secretariat('POST', advicePath(id, '/conditions'), aCondition(board, more))
  return id
}

export async function adoptedAdvice(
  board: Board,
  systemId: string,
  conditions: readonly Partial<ConditionInput>[] = [{}],
): Promise<{ caseId: string; conditions: Condition[] }> {
  const caseId = await draftedAdvice(board, systemId, conditions)
  const { advice } = await adviceFor(board.ask.chair, caseId)
  const answer = await board.ask.chair('POST', advicePath(caseId, '/adoption'), undefined, seen(advice!.version))
  if (!answer.json<{ ok: boolean }>().ok) throw new Error(answer.payload)
  return { caseId, conditions: (await adviceFor(board.ask.planner, caseId)).conditions }
}
