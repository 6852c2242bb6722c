import type { Steps } from '#stages/api.ts'
import { type Need, standsInTheWay } from '#stages/model.ts'
import type { Ask } from '#test/board.ts'

export const stepsFor = async (ask: Ask, systemId: string): Promise<Steps> =>
  (await ask('GET', `/api/v1/systems/${systemId}/steps`)).json<Steps>()

/** Needs of a step that stand in the way, by id. */
export const inTheWay = (steps: Steps, to: string): string[] =>
  (steps.steps.find((step) => step.to === to)!.needs as readonly Need[]).filter(standsInTheWay).map(({ id }) => id)

export const moveTo = (ask: Ask, systemId: string, version: number, to: string, reason?: string) =>
  ask(
    'POST',
    `/api/v1/systems/${systemId}/stage`,
    { to, on: '2026-01-05', ...(reason === undefined ? {} : { reason }) },
    { 'if-match': `"${version}"` },
  )
