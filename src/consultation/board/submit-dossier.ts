import { createHash } from 'node:crypto'
import { sql } from 'kysely'

import type { Actor, Tx } from '#audit/transaction.ts'
import { canonicalJson } from '#catalog/digest.ts'
import { evidenceOfItem } from '#evidence/store.ts'
import { AppError } from '#platform/errors.ts'
import { factOf } from '#register/model.ts'

import type { DraftPart, Party } from './api.ts'
import { axesOfUses, fieldsOfWorkOf, verdictOfUses } from './axes.ts'
import type { ConsultationDeps } from '#consultation/deps.ts'
import { yearlyNumber } from '#consultation/desk/yearly-number.ts'
import { type Dossier, dossierFormat, type RegisterState } from './dossier.ts'
import { type Missing, missingOf, stateAfter, supplyFields } from './model.ts'
import { loadRegisterState } from './register-state.ts'
import { caseForUpdate, draftParts, peopleNamed, placeOf, type StoredCase } from './store.ts'

export type Submitted =
  | { readonly ok: true; readonly number: string; readonly digest: string }
  | { readonly ok: false; readonly missing: readonly Missing[] }

/**
 * Consults the Board: freezes what was written and what the register says, under a number and a hash. What is sent back and
 * brought again gets a further version of its dossier; none is ever changed.
 * @param input  `version`: of the case, as the person saw it
 * @returns number and SHA-256 of the canonical JSON, or what a dossier must not lack; then nothing is written
 * @throws AppError `not-found`, `not-permitted`, `wrong-state`, `changed-meanwhile`
 */
export function submitDossier(
  deps: Pick<ConsultationDeps, 'tx' | 'may' | 'library' | 'boardRules'>,
  actor: Actor,
  input: { readonly id: string; readonly version: number },
): Promise<Submitted> {
  return deps.tx(actor, async (t) => {
    const seen = await caseForUpdate(t.db, input.id)
    deps.may(actor, 'submit-dossier', placeOf(seen))
    if (seen.version !== input.version) throw new AppError('changed-meanwhile', { now: { version: seen.version } })
    if (stateAfter(seen.state, 'submit') === undefined) throw new AppError('wrong-state', { state: seen.state })
    const register = await loadRegisterState(t.db, deps.library, seen.systemId)
    if (!register) throw new AppError('not-found', { system: seen.systemId })
    const parts = await t.asSystem(() => draftParts(t.db, seen.id))
    const evidence = (await evidenceOfItem(t.db, 'board-case', seen.id)).filter((e) => e.withdrawn === null)
    const missing = missingIn(parts, register, evidence.length)
    if (missing.some(({ blocks }) => blocks)) return { ok: false, missing }
    const number = seen.number ?? (await yearlyNumber(t, 'AB'))
    const content = canonicalJson(await dossierOf(t, { seen, number, register, parts, evidence }))
    const digest = createHash('sha256').update(content).digest('hex')
    await freeze(t, deps.boardRules.opinions.toMinistry, { seen, number, register, content, digest })
    return { ok: true, number, digest }
  })
}

export const missingIn = (parts: readonly DraftPart[], register: RegisterState, evidence: number): Missing[] =>
  missingOf({
    parts,
    uses: register.uses,
    unanswered: supplyFields.filter((field) => {
      const fact = factOf(register.system.facts, field)
      return 'absent' in fact && fact.absent === 'unanswered'
    }),
    evidence,
  })

type Parts = {
  readonly seen: StoredCase
  readonly number: string
  readonly register: RegisterState
  readonly parts: readonly DraftPart[]
  readonly evidence: Awaited<ReturnType<typeof evidenceOfItem>>
}

async function dossierOf(t: Tx, { seen, number, register, parts, evidence }: Parts): Promise<Dossier> {
  const who = await t.asSystem(() => peopleNamed(t.db, [t.actor.personId]))
  return {
    format: dossierFormat,
    case: { id: seen.id, number, version: seen.dossierVersion + 1, title: register.system.name },
    submitted: { at: t.at.toISOString(), role: t.actor.role, post: who.get(t.actor.personId)?.post ?? null },
    register,
    parts: parts.map(({ part, text, absent, because }) => ({ part, text, absent, because })),
    evidence: evidence.map(({ id, title, fileName, mediaType, bytes, sha256, classification }) => ({
      id,
      title,
      fileName,
      mediaType,
      bytes,
      sha256,
      classification,
    })),
  }
}

type Frozen = Pick<Parts, 'seen' | 'number' | 'register'> & { readonly content: string; readonly digest: string }

async function freeze(t: Tx, opinions: 'submitted' | 'advised', frozen: Frozen): Promise<void> {
  const { seen, number, register } = frozen
  const at = t.at.toISOString()
  const id = await insertDossier(t, frozen)
  await sql`update board_case set state = 'submitted', number = ${number}, title = ${register.system.name},
      parties = ${JSON.stringify(partiesOf(register))}::jsonb, dossier_id = ${id}, dossier_version = ${seen.dossierVersion + 1},
      opinions_to_ministry = ${opinions}, submitted_at = ${at}, submitted_by = ${t.actor.personId}, withdrawn_at = null,
      withdrawn_because = null, version = version + 1, updated_at = ${at}
    where id = ${seen.id}`.execute(t.db)
  await t.append({
    type: 'board.case-submitted',
    itemKind: 'board-case',
    itemId: seen.id,
    organisationId: seen.organisationId,
    detail: { number, dossier: id, version: seen.dossierVersion + 1, digest: frozen.digest },
  })
  await t.emit({ type: 'board.case-submitted', payload: { case: seen.id, dossier: id } })
}

async function insertDossier(t: Tx, { seen, register, content, digest }: Frozen): Promise<string> {
  const id = t.newId()
  await sql`insert into board_dossier (id, at, case_id, organisation_id, number, content, digest, axes, fields_of_work,
      verdict, actor_id, actor_role, demo)
    values (${id}, ${t.at.toISOString()}, ${seen.id}, ${seen.organisationId}, ${seen.dossierVersion + 1}, ${content}, ${digest},
      ${JSON.stringify(axesOfUses(register.uses))}::jsonb, ${fieldsOfWorkOf(register.uses)}::text[],
      ${verdictOfUses(register.uses)}, ${t.actor.personId}, ${t.actor.role}, ${seen.demo})`.execute(t.db)
  return id
}

/** Who has a stake in the case, as far as the register knows: by these a member says whether there is an interest. */
export function partiesOf(register: RegisterState): Party[] {
  const { supplier } = register.system.facts
  const contractor = supplier && 'value' in supplier ? supplier.value : undefined
  return register.suppliers.map(({ id, name }) => ({ kind: id === contractor ? 'supplier' : 'model-supplier', name }))
}
