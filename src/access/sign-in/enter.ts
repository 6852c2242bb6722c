import { type Role, roles } from '#access/model.ts'
import { todayOf } from '#access/office-day.ts'
import { type RoleHeld, rolesHeldToday } from '#access/roles/roles.ts'
import type { Device } from '#access/sessions/device-words.ts'
import { type OpenedSession, openSession, type ProviderMark, rotateSession } from '#access/sessions/sessions.ts'
import { isLocalPerson } from '#access/store.ts'
import type { Actor, RunTx, Tx } from '#audit/transaction.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import type { NewId, Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import type { SessionLimits } from './sign-in-config.ts'

export type EnterDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly now: Now
  readonly newId: NewId
  readonly timeZone: string
  readonly sessionLimits: SessionLimits
}

/** Which of the roles held is meant; what is not said is left open. */
export type WantedRole = {
  readonly role?: Role | undefined
  readonly organisationId?: string | undefined
  readonly onBehalfOf?: string | undefined
  readonly supplierId?: string | undefined
}
export type Entered = OpenedSession & { readonly actor: Actor }

export const holderOf = (personId: string, held: RoleHeld): Actor => ({
  personId,
  role: held.role,
  organisationId: held.organisationId,
  ...(held.onBehalfOf === undefined ? {} : { onBehalfOf: held.onBehalfOf }),
  ...(held.supplierId === undefined ? {} : { supplierId: held.supplierId }),
})

/** The role one begins with when none is said: one's own before a deputy's, then the order of the guideline. */
export function chooseRole(held: readonly RoleHeld[], wanted: WantedRole): RoleHeld | undefined {
  const keys = ['role', 'organisationId', 'onBehalfOf', 'supplierId'] as const
  return held
    .filter((one) => keys.every((key) => wanted[key] === undefined || one[key] === wanted[key]))
    .toSorted(
      (a, b) =>
        Number(a.onBehalfOf !== undefined) - Number(b.onBehalfOf !== undefined) ||
        roles.indexOf(a.role) - roles.indexOf(b.role),
    )[0]
}

/** Opens a session inside the transaction of the sign-in. */
export async function enter(
  t: Tx,
  limits: SessionLimits,
  given: { readonly holder: Actor; readonly device: Device; readonly mark?: ProviderMark },
): Promise<Entered> {
  const opened = await openSession(t.db, t.at, limits, { id: t.newId(), ...given })
  await t.append({
    type: 'session.opened',
    itemKind: 'session',
    itemId: opened.id,
    detail: { provider: given.mark?.provider ?? null },
  })
  return { ...opened, actor: given.holder }
}

/**
 * Local sign-in of evaluation mode: nobody proves anything.
 * @throws AppError `not-permitted` when the person does not hold the role today, `not-found`
 */
export async function enterLocally(
  deps: EnterDeps,
  given: { readonly personId: string; readonly wanted: WantedRole; readonly device: Device },
): Promise<Entered> {
  const { personId, wanted, device } = given
  return asSystem(async () => {
    if (!(await isLocalPerson(deps.db, personId))) throw new AppError('not-found', { person: personId })
    const holder = await heldBy(deps, personId, wanted)
    return deps.tx(holder, (t) => enter(t, deps.sessionLimits, { holder, device }))
  })
}

async function heldBy(deps: EnterDeps, personId: string, wanted: WantedRole): Promise<Actor> {
  const held = chooseRole(await rolesHeldToday(deps.db, personId, todayOf(deps)), wanted)
  if (!held)
    throw new AppError('not-permitted', { action: 'sign-in', reason: 'role-not-held', role: wanted.role ?? null })
  return holderOf(personId, held)
}

/**
 * Acts in another role that one holds, in the same session.
 * @throws AppError `not-permitted` when the role is not held today, `not-signed-in` when the session ended meanwhile
 */
export function switchRole(deps: EnterDeps, actor: Actor, token: string, wanted: WantedRole): Promise<Entered> {
  return asSystem(async () => {
    const holder = await heldBy(deps, actor.personId, wanted)
    return deps.tx(holder, async (t) => {
      const rotated = await rotateSession(t.db, token, holder)
      if (!rotated) throw new AppError('not-signed-in')
      await t.append({
        type: 'session.role-switched',
        itemKind: 'session',
        itemId: rotated.id,
        detail: { from: actor.role, to: holder.role },
      })
      return { ...rotated, actor: holder }
    })
  })
}
