import { sql } from 'kysely'

import type { Stage } from '#register/fields.ts'
import type { StageGate } from '#register/stage-gate.ts'
import { stageOf } from '#register/workflow.ts'

import { loadKnown, needsOfStep } from './load-needs.ts'
import { type Need, standsInTheWay, warns } from './model.ts'
import type { NeedsEdition } from './needs-edition.ts'
import { addPassage } from './store.ts'

/**
 * The gate before a step: asks what the catalog in force asks, of what all rooms know, in the transaction of the step. The
 * system is locked there, and whatever could put a need back waits for it (migrations/0030_gate.sql).
 */
export function stageGate({ needsInForce }: { readonly needsInForce: NeedsEdition }): StageGate {
  return {
    ask: async (t, system, to) => {
      await sql`select rule_lock(${system.organisationId}::uuid)`.execute(t.db)
      const known = await t.asSystem(() => loadKnown(t.db, needsInForce, system, t.at))
      const needs = needsOfStep(needsInForce, known, to)
      const missing = needs.filter(standsInTheWay)
      const params = { needs: missing.map(({ id, rule }) => ({ need: id, rule })) }
      return {
        reasons: missing.length === 0 ? [] : [{ code: 'need-missing', params }],
        passed: async () => {
          if (needs.length === 0) return
          const passage = passageOf(needs, to)
          await addPassage(t, t.newId(), {
            systemId: system.id,
            organisationId: system.organisationId,
            fromStage: stageOf(system.facts) ?? '',
            ...passage,
            catalog: needsInForce.catalog,
            edition: needsInForce.edition,
            digest: needsInForce.digest,
            demo: system.demo,
          })
          await t.append({
            type: 'stage.passed',
            itemKind: 'system',
            itemId: system.id,
            organisationId: system.organisationId,
            detail: passage,
          })
        },
      }
    },
  }
}

const passageOf = (needs: readonly Need[], toStage: Stage) => ({
  toStage,
  met: needs.filter(({ state }) => state === 'met').map(({ id }) => id),
  warned: needs.filter(warns).map(({ id }) => id),
  waived: needs.flatMap(({ waiverId }) => waiverId ?? []),
})
