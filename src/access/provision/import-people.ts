import { sql } from 'kysely'

import { addPersonIn } from '#access/people/add-person.ts'
import { changePersonIn } from '#access/people/change-person.ts'
import { disablePersonIn, enablePersonIn } from '#access/people/disable-person.ts'
import { endRoleIn } from '#access/roles/end-role.ts'
import { giveRoleIn } from '#access/roles/give-role.ts'
import { dayAfter, type PeopleDeps } from '#access/people/keep-people.ts'
import { todayOf } from '#access/office-day.ts'
import type { HeldRole, PersonChange } from '#access/people/api.ts'
import { type HeldRow, rolesFrom } from '#access/roles/store-roles.ts'
import type { Actor, Tx } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import type { ListedPerson, PersonFault } from './read-people.ts'

/** What was done, or would be, to whom: by line of the file, never with more of the person than the file says. */
export type PeopleChange = {
  readonly line: number
  readonly userName: string
  readonly kind: 'added' | 'changed' | 'role-given' | 'role-ended' | 'disabled' | 'enabled'
  /** Names of the fields that changed. */
  readonly fields?: readonly string[]
  readonly role?: HeldRole
  readonly organisation?: string
  readonly from?: string
  readonly to?: string | null
}
export type PeopleImport =
  | {
      readonly ok: true
      readonly applied: boolean
      readonly changes: readonly PeopleChange[]
      readonly unchanged: number
    }
  | { readonly ok: false; readonly faults: readonly PersonFault[] }

/** Carries the result out of a transaction that is not to be kept. */
class Undone extends Error {
  readonly result: PeopleImport
  constructor(result: PeopleImport) {
    super('undone')
    this.result = result
  }
}

type Place = { readonly id: string; readonly code: string }
type Work = {
  readonly t: Tx
  readonly deps: PeopleDeps
  /** The organisation that the list is for. */
  readonly root: string
  readonly changes: PeopleChange[]
  readonly faults: PersonFault[]
}

/**
 * Makes people and roles what a list says: whoever is listed has the roles that are listed, from the day that is named or
 * today; roles that are not listed end at once. Whoever is not listed stays, unless `disableMissing`. All in one
 * transaction, by the use cases of the screen: all of it or nothing. A preview does the same and takes it back.
 * The same list again changes nothing.
 */
export async function importPeople(
  deps: PeopleDeps,
  actor: Actor,
  input: {
    readonly people: readonly ListedPerson[]
    readonly organisationId: string
    readonly apply: boolean
    readonly disableMissing: boolean
  },
): Promise<PeopleImport> {
  try {
    return await deps.tx(actor, async (t) => {
      const work: Work = { t, deps, root: input.organisationId, changes: [], faults: [] }
      for (const person of input.people) await guarded(work, person.line, () => settle(work, person))
      if (input.disableMissing) await disableOthers(work, input.people)
      if (work.faults.length > 0) throw new Undone({ ok: false, faults: work.faults })
      const touched = new Set(work.changes.map(({ userName }) => userName.toLowerCase()))
      const unchanged = input.people.filter(({ userName }) => !touched.has(userName.toLowerCase())).length
      const result = { ok: true, applied: input.apply, changes: work.changes, unchanged } as const
      if (!input.apply) throw new Undone(result)
      return result
    })
  } catch (error) {
    if (error instanceof Undone) return error.result
    throw error
  }
}

/** A refusal is told by its line, and the rest is looked at all the same; then nothing is kept. */
async function guarded({ faults }: Work, line: number, deed: () => Promise<void>): Promise<void> {
  try {
    await deed()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const because = [error.code, error.params['reason'] ?? error.params['field']].filter(Boolean).join(': ')
    faults.push({ line, code: 'refused', because })
  }
}

async function placeNamed({ t, root, faults }: Work, named: string, line: number): Promise<Place | undefined> {
  const { rows } = await sql<Place>`select id, code from organisation where path @> array[${root}::uuid]
    and (code = ${named} or name_ja = ${named} or name_en = ${named}) order by cardinality(path) limit 2`.execute(t.db)
  if (rows.length === 1) return rows[0]
  faults.push({ line, code: 'unknown-organisation', value: named })
  return undefined
}

type Known = {
  id: string
  organisationId: string
  nameJa: string
  nameEn: string
  postJa: string
  postEn: string
  mail: string | null
  language: 'ja' | 'en'
  disabled: boolean
}

async function settle(work: Work, person: ListedPerson): Promise<void> {
  const { t, deps, changes } = work
  const { line, userName } = person
  const place = person.organisation === undefined ? undefined : await placeNamed(work, person.organisation, line)
  if (person.organisation !== undefined && !place) return
  const { rows } =
    await sql<Known>`select id, organisation_id as "organisationId", name_ja as "nameJa", name_en as "nameEn",
    post_ja as "postJa", post_en as "postEn", mail, language, disabled_at is not null as disabled
    from person where lower(user_name) = lower(${userName})`.execute(t.db)
  const known = rows[0]
  const id = known?.id ?? (await add(work, person, place))
  if (known) {
    const change = changeOf(known, person, place)
    if (known.disabled && person.active) {
      await enablePersonIn(t, deps, id)
      changes.push({ line, userName, kind: 'enabled' })
    }
    if (Object.keys(change).length > 0) {
      await changePersonIn(t, deps, { id, change })
      changes.push({ line, userName, kind: 'changed', fields: Object.keys(change) })
    }
  }
  await settleRoles(work, id, person, place?.id ?? known?.organisationId ?? work.root)
  if (!person.active && !known?.disabled) {
    await disablePersonIn(t, deps, id)
    changes.push({ line, userName, kind: 'disabled' })
  }
}

async function add({ t, deps, root, changes }: Work, person: ListedPerson, place: Place | undefined): Promise<string> {
  const { line, userName, name, post, mail, language } = person
  const { id } = await addPersonIn(t, deps, {
    organisationId: place?.id ?? root,
    userName,
    name: { ja: name.ja, en: name.en ?? '' },
    post: { ja: post.ja ?? '', en: post.en ?? '' },
    language: language ?? 'ja',
    ...(mail === undefined ? {} : { mail }),
  })
  changes.push({ line, userName, kind: 'added' })
  return id
}

/** An empty cell says nothing, so it changes nothing. */
function changeOf(known: Known, person: ListedPerson, place: Place | undefined): PersonChange {
  const name = { ja: person.name.ja, en: person.name.en ?? known.nameEn }
  const post = { ja: person.post.ja ?? known.postJa, en: person.post.en ?? known.postEn }
  return {
    ...(place === undefined || place.id === known.organisationId ? {} : { organisationId: place.id }),
    ...(name.ja === known.nameJa && name.en === known.nameEn ? {} : { name }),
    ...(post.ja === known.postJa && post.en === known.postEn ? {} : { post }),
    ...(person.mail === undefined || person.mail === known.mail ? {} : { mail: person.mail }),
    ...(person.language === undefined || person.language === known.language ? {} : { language: person.language }),
  }
}

async function settleRoles(work: Work, personId: string, person: ListedPerson, home: string): Promise<void> {
  const { t, deps, changes } = work
  const today = todayOf(deps)
  const yesterday = dayAfter(today, -1)
  const { userName } = person
  const held = (await rolesFrom(t.db, personId, today)).filter((h) => h.path.includes(work.root))
  const kept = new Set<string>()
  for (const { line, role, organisation, from, to } of person.roles) {
    const place = organisation === undefined ? { id: home, code: '' } : await placeNamed(work, organisation, line)
    if (!place) continue
    // Days that follow each other are one time to the list, and several rows of ours.
    const same = held.filter(
      (h) => h.role === role && h.organisationId === place.id && (to === undefined || h.from <= to),
    )
    for (const { id } of same) kept.add(id)
    const last = same.toSorted((a, b) => ((a.to ?? '9999') < (b.to ?? '9999') ? -1 : 1)).at(-1)
    const told = { line, userName, role, organisation: organisation ?? '' }
    await guarded(work, line, async () => {
      const next = nextSpan(last, { from: from ?? today, to: to ?? null })
      if (next === 'as-it-is') return
      if (next === 'shorten') {
        await endRoleIn(t, deps, { id: last!.id, to: to! })
        changes.push({ ...told, kind: 'role-ended', to: to! })
      } else {
        await giveRoleIn(t, deps, { personId, role, organisationId: place.id, ...next })
        changes.push({ ...told, kind: 'role-given', ...next })
      }
    })
  }
  for (const one of held) {
    // What an identity provider or a contract gave is ended there.
    if (kept.has(one.id) || one.provider !== null || one.supplierId !== null) continue
    await guarded(work, person.line, () => endRoleIn(t, deps, { id: one.id, to: yesterday }).then(() => {}))
    changes.push({ line: person.line, userName, kind: 'role-ended', role: one.role, organisation: '', to: yesterday })
  }
}

/** What makes a role that is held last as long as it is listed: nothing, an earlier end, or days that follow it. */
function nextSpan(
  same: HeldRow | undefined,
  wanted: { from: string; to: string | null },
): 'as-it-is' | 'shorten' | { from: string; to: string | null } {
  if (!same) return wanted
  if (same.to === wanted.to) return 'as-it-is'
  if (wanted.to !== null && (same.to === null || wanted.to < same.to)) return 'shorten'
  return { from: dayAfter(same.to!, 1), to: wanted.to }
}

async function disableOthers(work: Work, people: readonly ListedPerson[]): Promise<void> {
  const { t, deps, root, changes } = work
  const listed = people.map(({ userName }) => userName.toLowerCase())
  const { rows } = await sql<{ id: string; userName: string }>`select p.id, p.user_name as "userName"
    from person p join organisation o on o.id = p.organisation_id
    where o.path @> array[${root}::uuid] and p.user_name is not null and p.disabled_at is null
      and not (lower(p.user_name) = any(${listed}::text[])) order by p.user_name`.execute(t.db)
  for (const { id, userName } of rows)
    await guarded(work, 0, async () => {
      await disablePersonIn(t, deps, id)
      changes.push({ line: 0, userName, kind: 'disabled' })
    })
}
