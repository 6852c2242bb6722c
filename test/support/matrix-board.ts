import { createHash } from 'node:crypto'
import { sql } from 'kysely'

import type { AppDeps } from '#wiring/app.ts'
import type { Actor } from '#audit/transaction.ts'
import { canonicalJson } from '#catalog/digest.ts'
import { loadRegisterState } from '#consultation/board/register-state.ts'
import { newId } from '#platform/ids.ts'
import type { Facts } from '#register/model.ts'
import { seat } from '#test/board.ts'
import { make, type MadeOrganisation } from '#test/people.ts'
import { aSystem, store } from '#test/register.ts'

const founder = '00000000-0000-7000-8000-00000000000f'

/** A case in preparation, one that was taken back, and one before the Board with dossier and question; a member beside. */
export async function boardItems(deps: AppDeps, keeper: Actor, organisation: MadeOrganisation, facts: Facts) {
  const { db } = deps
  const one = aSystem(organisation, { name: { value: 'ボードの案件' }, ...facts })
  const systems = await store(deps.tx, keeper, [one, one, one, one])
  const [bare, preparing, withdrawn, submitted] = systems.map(({ systemId }) => systemId) as [
    string,
    string,
    string,
    string,
  ]
  const preparingCaseId = await aCase(deps, organisation, preparing, 'preparing')
  const withdrawnCaseId = await aCase(deps, organisation, withdrawn, 'withdrawn')
  const boardCaseId = await aCase(deps, organisation, submitted, 'submitted')
  await freeze(deps, organisation, boardCaseId, submitted)
  const boardQuestionId = newId()
  await sql`insert into board_message (id, at, type, case_id, organisation_id, text, actor_id, actor_role)
    values (${boardQuestionId}, now(), 'question', ${boardCaseId}, ${organisation.id}, '件数の根拠は。', ${founder}, 'board')`.execute(
    db,
  )
  const { personId } = await make.person(db, organisation, 'board')
  await seat(db, personId)
  return {
    unconsultedSystemId: bare,
    boardSystemId: submitted,
    preparingCaseId,
    withdrawnCaseId,
    boardCaseId,
    boardQuestionId,
    boardMemberId: personId,
  }
}

async function aCase({ db }: AppDeps, { id: organisation }: MadeOrganisation, systemId: string, state: string) {
  const id = newId()
  const brought = state === 'preparing' ? null : new Date().toISOString()
  await sql`insert into board_case (id, number, system_id, organisation_id, title, state, created_at, created_by, submitted_at,
      submitted_by, updated_at)
    values (${id}, ${brought === null ? null : `AB-Y-${id.slice(-8)}`}, ${systemId}, ${organisation}, '案件', ${state}, now(), ${founder},
      ${brought}::timestamptz, ${brought === null ? null : founder}::uuid, now())`.execute(db)
  await sql`insert into board_part (case_id, organisation_id, part, absent, because, updated_at, updated_by)
    select ${id}::uuid, ${organisation}::uuid, p, 'unknown', '照会中', now(), ${founder}::uuid
    from unnest(array['content', 'verdict', 'mitigation', 'quality', 'supply-chain']) p`.execute(db)
  return id
}

async function freeze(deps: AppDeps, { id: organisation }: MadeOrganisation, caseId: string, systemId: string) {
  const { db } = deps
  const id = newId()
  const content = canonicalJson({
    format: 'tenbin-dossier/1',
    case: { id: caseId, number: `AB-Y-${caseId.slice(-8)}`, version: 1, title: '案件' },
    submitted: { at: new Date().toISOString(), role: 'caio', post: null },
    register: await loadRegisterState(db, deps.library, systemId),
    parts: [],
    evidence: [],
  })
  await sql`insert into board_dossier (id, at, case_id, organisation_id, number, content, digest, axes, fields_of_work, verdict,
      actor_id, actor_role)
    values (${id}, now(), ${caseId}, ${organisation}, 1, ${content}, ${createHash('sha256').update(content).digest('hex')},
      '{}'::jsonb, '{}', 'not-reported', ${founder}, 'caio')`.execute(db)
  await sql`update board_case set dossier_id = ${id}, dossier_version = 1 where id = ${caseId}`.execute(db)
}
