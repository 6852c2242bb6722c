import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { May } from '#access/may.ts'
import { type Action, actions, type Role, roles } from '#access/model.ts'
import { type Policy, readPolicyFiles } from './policy-files.ts'
import { faultsOf, type PolicySet, policySet } from './policy-set.ts'
import { type Breadth, breadthsBy } from './reading-breadth.ts'

/** Who may do what, as the policies say. */
export type Rights = {
  readonly policies: readonly Policy[]
  readonly may: May
  /** Every action, open or not, so that nothing is hidden and each refusal can be worded. */
  readonly mayAll: (actor: Actor) => Record<Action, boolean>
  /** Roles that may take the action at all, in the order of the roles. */
  readonly rolesFor: (action: Action) => readonly Role[]
  /** Ids of the policies by which a role may take the action. */
  readonly permitting: (action: Action, role: Role) => readonly string[]
  readonly breadthOf: (actor: Pick<Actor, 'role'>) => Breadth
}

/**
 * Reads and checks the policies; a folder that does not fit the schema refuses the start.
 * @param folders  the first holds the schema; a later one adds files or replaces those of the same name
 * @throws AppError `unavailable` with reason `policies-faulty`, each fault with file and line
 */
export function openRights(folders: readonly string[]): Rights {
  const files = readPolicyFiles(folders)
  const faults = files.faults.length > 0 ? files.faults : faultsOf(files)
  if (faults.length > 0) throw new AppError('unavailable', { reason: 'policies-faulty', faults })
  return rightsBy(policySet(files))
}

const nobodyIn = (role: Role): Actor => ({ personId: 'somebody', role, organisationId: 'somewhere' })
const isRole = (role: string): role is Role => (roles as readonly string[]).includes(role)

export function rightsBy(set: PolicySet): Rights {
  // Worked out when first asked for: all of them together would hold up every start.
  const known = new Map<Action, ReadonlyMap<Role, readonly string[]>>()
  const byRole = (action: Action) => {
    const found = known.get(action) ?? permittingRoles(set, action)
    known.set(action, found)
    return found
  }
  const rolesFor = (action: Action): readonly Role[] => [...byRole(action).keys()]
  const permitting = (action: Action, role: Role) => byRole(action).get(role) ?? []
  const may: May = (actor, action, item) => {
    // A role that the policies have no word for may nothing.
    if (isRole(actor.role) && set.ask(actor, action, item).allowed) return
    const policy = set.policies.find(({ id }) => id === refusing(set, rolesFor, permitting, { actor, action, item }))
    const because =
      policy?.effect === 'forbid' ? 'forbidden' : rolesFor(action).includes(actor.role as Role) ? 'item' : 'role'
    throw new AppError('not-permitted', {
      action,
      because,
      ...(policy ? { policy: policy.id, words: policy.words, source: policy.source } : {}),
      roles: rolesFor(action),
      ...(item && !item.organisationPath.includes(actor.organisationId) ? { outside: true } : {}),
    })
  }
  const mayAll = (actor: Actor) =>
    Object.fromEntries(
      actions.map((action) => [action, isRole(actor.role) && set.ask(actor, action).allowed]),
    ) as Record<Action, boolean>
  return { policies: set.policies, may, mayAll, rolesFor, permitting, breadthOf: breadthsBy(set) }
}

function permittingRoles(set: PolicySet, action: Action): ReadonlyMap<Role, readonly string[]> {
  return new Map(
    roles.flatMap((role) => {
      const { allowed, because } = set.ask(nobodyIn(role), action)
      return allowed ? [[role, because] as const] : []
    }),
  )
}

type Asked = { actor: Actor; action: Action; item: Parameters<May>[2] }

/**
 * The policy to name with a refusal: the one that forbids it to the role; else the one that forbids it for this item; else
 * the one under which the role may do it, but not here; else the one by which others may.
 */
function refusing(
  set: PolicySet,
  rolesFor: Rights['rolesFor'],
  permitting: Rights['permitting'],
  { actor, action, item }: Asked,
): string | undefined {
  if (!isRole(actor.role)) return undefined
  const atAll = set.ask(actor, action)
  if (!atAll.allowed && atAll.because[0] !== undefined) return atAll.because[0]
  if (atAll.allowed) return set.ask(actor, action, item).because[0] ?? atAll.because[0]
  return rolesFor(action).flatMap((role) => permitting(action, role))[0]
}
