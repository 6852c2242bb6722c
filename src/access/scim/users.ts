import type { Tx } from '#audit/transaction.ts'
import { addPersonIn } from '#access/people/add-person.ts'
import { changePersonIn } from '#access/people/change-person.ts'
import { disablePersonIn, enablePersonIn } from '#access/people/disable-person.ts'
import { endRoleIn } from '#access/roles/end-role.ts'
import { giveRoleIn } from '#access/roles/give-role.ts'
import { dayAfter, type PeopleDeps } from '#access/people/keep-people.ts'
import { todayOf } from '#access/office-day.ts'
import { heldRoleSchema, type HeldRole, newPersonSchema, type PersonChange } from '#access/people/api.ts'
import { AppError } from '#platform/errors.ts'

import { type Resource, type ScimUser, scimFault, urn } from './model.ts'
import { organisationNamed, userById, type UserRow } from './store.ts'

/** A role as SCIM writes it: `planner@AOB-SOMU`, the role and the code of the organisation for which it is held. */
export const roleValue = (role: string, code: string) => `${role}@${code}`

export function userResource(row: UserRow, base: string): Resource {
  return {
    schemas: [urn.user, urn.enterprise],
    id: row.id,
    ...(row.externalId === null ? {} : { externalId: row.externalId }),
    userName: row.userName ?? row.id,
    name: { formatted: row.nameJa },
    displayName: row.nameJa,
    ...(row.postJa === '' ? {} : { title: row.postJa }),
    preferredLanguage: row.language,
    active: row.active,
    ...(row.mail === null ? {} : { emails: [{ value: row.mail, type: 'work', primary: true }] }),
    roles: row.roles.map(({ role, code }) => ({ value: roleValue(role, code), type: role })),
    [urn.enterprise]: { organization: row.ministry, department: row.code },
    meta: {
      resourceType: 'User',
      created: row.createdAt,
      lastModified: row.updatedAt,
      location: `${base}/Users/${row.id}`,
      version: `W/"${row.version}"`,
    },
  }
}

/** What a user says of a person; what is not said is left as it is. */
function fieldsOf(user: ScimUser): Omit<PersonChange, 'organisationId'> & { userName: string } {
  const family = [user.name?.familyName, user.name?.givenName].filter((one) => one).join(' ')
  const name = user.name?.formatted || user.displayName || family
  const address = (user.emails?.find((one) => one.primary === true) ?? user.emails?.[0])?.value
  const language = user.preferredLanguage?.toLowerCase().split(/[-_;,]/)[0]
  const fields: Omit<PersonChange, 'organisationId'> & { userName: string } = {
    userName: user.userName,
    ...(name ? { name: { ja: name, en: '' } } : {}),
    ...(user.title === undefined ? {} : { post: { ja: user.title ?? '', en: '' } }),
    ...(user.emails === undefined ? {} : { mail: address ?? null }),
    ...(user.externalId === undefined ? {} : { externalId: user.externalId }),
    ...(language === 'ja' || language === 'en' ? { language } : {}),
  }
  const parsed = newPersonSchema
    .partial()
    .safeParse(Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== null)))
  if (parsed.success) return fields
  const issue = parsed.error.issues[0]!
  throw scimFault('invalidValue', `${issue.path.join('.')}: ${issue.message}`)
}

async function placeOf(t: Tx, user: ScimUser): Promise<string | undefined> {
  const department = user[urn.enterprise]?.department
  if (!department) return undefined
  const place = await organisationNamed(t.db, department, t.actor.organisationId)
  if (!place) throw scimFault('invalidValue', `department: no organisation ${department} here`)
  return place.id
}

/** @returns the id of the new person */
export async function createUser(t: Tx, deps: PeopleDeps, user: ScimUser): Promise<string> {
  const { name, post, mail, externalId, language, userName } = fieldsOf(user)
  const { id } = await addPersonIn(t, deps, {
    organisationId: (await placeOf(t, user)) ?? t.actor.organisationId,
    name: name ?? { ja: userName, en: '' },
    post: post ?? { ja: '', en: '' },
    language: language ?? 'ja',
    userName,
    ...(mail ? { mail } : {}),
    ...(externalId ? { externalId } : {}),
  })
  await setRoles(t, deps, id, [], user.roles)
  if (user.active === false) await disablePersonIn(t, deps, id)
  return id
}

/**
 * Makes the person what the user says. Roles that are listed are held from today; those that are not end at once; without a
 * list they stay as they are.
 */
export async function replaceUser(t: Tx, deps: PeopleDeps, row: UserRow, user: ScimUser): Promise<void> {
  const fields = fieldsOf(user)
  const organisationId = await placeOf(t, user)
  const change: PersonChange = {
    ...(organisationId === undefined || organisationId === row.organisationId ? {} : { organisationId }),
    ...(fields.userName.toLowerCase() === (row.userName ?? row.id).toLowerCase() ? {} : { userName: fields.userName }),
    ...(fields.name && fields.name.ja !== row.nameJa ? { name: { ja: fields.name.ja, en: row.nameEn } } : {}),
    ...(fields.post && fields.post.ja !== row.postJa ? { post: fields.post } : {}),
    ...(fields.mail === undefined || fields.mail === row.mail ? {} : { mail: fields.mail }),
    ...(fields.externalId === undefined || fields.externalId === row.externalId
      ? {}
      : { externalId: fields.externalId }),
    ...(fields.language === undefined || fields.language === row.language ? {} : { language: fields.language }),
  }
  if (user.active === true && !row.active) await enablePersonIn(t, deps, row.id)
  // Nothing to say is nothing to tell the log: provisioning repeats itself every hour.
  if (Object.keys(change).length > 0) await changePersonIn(t, deps, { id: row.id, change })
  await setRoles(t, deps, row.id, row.roles, user.roles)
  if (user.active === false && row.active) await disablePersonIn(t, deps, row.id)
}

async function setRoles(
  t: Tx,
  deps: PeopleDeps,
  personId: string,
  before: UserRow['roles'],
  wanted: ScimUser['roles'],
): Promise<void> {
  if (wanted === undefined || wanted === null) return
  const values = [...new Set(wanted.map(({ value }) => value))]
  const roles: Awaited<ReturnType<typeof roleNamed>>[] = []
  for (const value of values) roles.push(await roleNamed(t, value))
  const held = new Map(before.map((one) => [roleValue(one.role, one.code), one]))
  const kept = new Set(roles.map(({ role, code }) => roleValue(role, code)))
  const yesterday = dayAfter(todayOf(deps), -1)
  for (const [value, { id, bound }] of held)
    if (!bound && !kept.has(value)) await endRoleIn(t, deps, { id, to: yesterday })
  for (const { role, code, organisationId } of roles)
    if (!held.has(roleValue(role, code))) await giveRoleIn(t, deps, { personId, role, organisationId })
}

/** @throws AppError `bad-input` with `scimType: 'invalidValue'` */
export async function roleNamed(
  t: Tx,
  value: string,
): Promise<{ role: HeldRole; organisationId: string; code: string }> {
  const at = value.indexOf('@')
  const role = heldRoleSchema.safeParse(at < 0 ? value : value.slice(0, at))
  if (!role.success || role.data === 'supplier') throw scimFault('invalidValue', `roles: no role ${value}`)
  const named = at < 0 ? t.actor.organisationId : value.slice(at + 1)
  const place = await organisationNamed(t.db, named, t.actor.organisationId)
  if (!place) throw scimFault('invalidValue', `roles: no organisation ${named} here`)
  return { role: role.data, organisationId: place.id, code: place.code }
}

/** @throws AppError `not-found` */
export async function userIn(t: Tx, deps: PeopleDeps, id: string): Promise<UserRow> {
  const row = await userById(t.db, id, { within: t.actor.organisationId, today: todayOf(deps) })
  if (!row) throw new AppError('not-found', { person: id })
  return row
}
