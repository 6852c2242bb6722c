import { createHash } from 'node:crypto'

import type { Tx } from '#audit/transaction.ts'
import { endRoleIn } from '#access/roles/end-role.ts'
import { giveRoleIn } from '#access/roles/give-role.ts'
import { dayAfter, type PeopleDeps } from '#access/people/keep-people.ts'
import { todayOf } from '#access/office-day.ts'
import { heldRoleSchema } from '#access/people/api.ts'
import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'

import { type PatchOp, type Resource, scimFault, urn } from './model.ts'
import { type GroupRow, listGroups, organisationNamed } from './store.ts'
import { roleValue } from './users.ts'

/** A role for one organisation is a group: `planner@AOB-SOMU`, with those who hold it today. */
const groupId = ({ role, organisationId }: Pick<GroupRow, 'role' | 'organisationId'>) => `${role}:${organisationId}`

/** Changes with every member. */
export const groupVersion = (row: GroupRow): string =>
  createHash('sha256')
    .update(row.members.map(({ heldId }) => heldId).join())
    .digest('hex')
    .slice(0, 16)

export function groupResource(row: GroupRow, base: string): Resource {
  const id = groupId(row)
  return {
    schemas: [urn.group],
    id,
    displayName: roleValue(row.role, row.code),
    members: row.members.map((one) => ({
      value: one.id,
      display: one.name,
      $ref: `${base}/Users/${one.id}`,
      type: 'User',
    })),
    meta: { resourceType: 'Group', location: `${base}/Groups/${id}`, version: `W/"${groupVersion(row)}"` },
  }
}

/**
 * The group of that id, with no members where nobody holds the role.
 * @throws AppError `not-found`: no such role, or an organisation that is not the token's
 */
export async function groupById(db: Db, id: string, asked: { within: string; today: string }): Promise<GroupRow> {
  const at = id.indexOf(':')
  const role = heldRoleSchema.safeParse(id.slice(0, at))
  const place = at < 0 || !role.success ? undefined : await organisationNamed(db, id.slice(at + 1), asked.within)
  if (!role.success || role.data === 'supplier' || !place) throw new AppError('not-found', { group: id })
  const one = { role: role.data, organisationId: place.id }
  return (await listGroups(db, { ...asked, one }))[0] ?? { ...one, code: place.code, members: [] }
}

/** Makes the members those named; the roles of the others end at once. Members from claims are left alone. */
export async function setMembers(t: Tx, deps: PeopleDeps, row: GroupRow, wanted: ReadonlySet<string>): Promise<void> {
  const yesterday = dayAfter(todayOf(deps), -1)
  for (const { id, heldId, bound } of row.members)
    if (!bound && !wanted.has(id)) await endRoleIn(t, deps, { id: heldId, to: yesterday })
  const there = new Set(row.members.map(({ id }) => id))
  for (const personId of wanted) {
    if (there.has(personId)) continue
    if (!uuid.test(personId)) throw scimFault('invalidValue', `members: no user ${personId}`)
    await giveRoleIn(t, deps, { personId, role: row.role, organisationId: row.organisationId })
  }
}
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Members after the operations, one after another. Pure. */
export function patchMembers(before: readonly string[], operations: readonly PatchOp[]): ReadonlySet<string> {
  const members = new Set(before)
  for (const { op, path, value } of operations) {
    const one = /^members\[\s*value\s+eq\s+"([^"]*)"\s*\]$/i.exec(path ?? '')?.[1]
    if (one !== undefined) {
      if (op !== 'remove') throw scimFault('invalidPath', `${op} ${path}`)
      members.delete(one)
      continue
    }
    if (path !== undefined && path.toLowerCase() !== 'members') {
      // The name and the external name of a role are not the provisioning system's to change.
      if (/^(displayName|externalId)$/i.test(path)) continue
      throw scimFault('invalidPath', path)
    }
    const named = idsIn(path === undefined ? membersIn(value) : value)
    if (op === 'replace' && named !== undefined) members.clear()
    if (op === 'remove' && named === undefined) members.clear()
    for (const id of named ?? [])
      if (op === 'remove') members.delete(id)
      else members.add(id)
  }
  return members
}

const membersIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'members' in value ? value.members : undefined

function idsIn(value: unknown): string[] | undefined {
  if (value === undefined || value === null) return undefined
  return (Array.isArray(value) ? value : [value]).map((one: unknown) => {
    const id = typeof one === 'object' && one !== null && 'value' in one ? one.value : one
    if (typeof id !== 'string') throw scimFault('invalidValue', 'members: each needs a value')
    return id.toLowerCase()
  })
}
