import type { Db } from '#platform/database.ts'
import type { JobContext } from '#platform/jobs.ts'
import { inScope } from '#platform/scope.ts'

import type { Notice } from './api.ts'
import type { NoticesJobDeps } from './deps.ts'
import { mailDigest } from './job-names.ts'
import { nameItems } from './name-items.ts'
import { addresseeOf, markMailed, noticesById, type StoredNotice, waitingForDigest } from './store.ts'
import { writeMail } from './write-mail.ts'

type Deps = Pick<NoticesJobDeps, 'db' | 'now' | 'mailer' | 'scopeOf' | 'notices'>

/** Sends one notification, if it has not been sent and the person still has an address. */
export async function mailOne(deps: Deps, id: string): Promise<void> {
  const [notice] = await noticesById(deps.db, [id])
  if (notice && notice.mailedAt === null) await send(deps, notice.personId, [notice])
}

/** Puts one job for each person for whom something waits. */
export async function gatherDigests(deps: Deps, context: JobContext): Promise<void> {
  if (deps.mailer === undefined) return
  const waiting = await waitingForDigest(deps.db, deps.now())
  const people = [...new Set(waiting.map((one) => one.personId))]
  // A rule can be told to everybody of a ministry: no transaction stays open for all of them. A person for whom the job was
  // put twice is mailed once.
  for (let from = 0; from < people.length; from += together)
    await deps.db.transaction().execute(async (t) => {
      for (const person of people.slice(from, from + together)) await context.put(t, mailDigest, { person })
    })
}

/** How many are put in one transaction. */
const together = 1000

export async function mailDigestTo(deps: Deps, personId: string): Promise<void> {
  const waiting = await waitingForDigest(deps.db, deps.now(), personId)
  if (waiting.length === 0) return
  const ids = waiting.slice(0, most).map(({ id }) => id)
  if (await send(deps, personId, await noticesById(deps.db, ids), waiting.length - ids.length))
    await markMailed(
      deps.db,
      waiting.map(({ id }) => id),
      deps.now().toISOString(),
    )
}

/** Nobody reads a mail of a thousand lines: the rest is in the app. */
const most = 50

/** @returns whether there is somebody to send to */
async function send(deps: Deps, personId: string, stored: readonly StoredNotice[], rest = 0): Promise<boolean> {
  const person = await addresseeOf(deps.db, personId)
  if (deps.mailer === undefined || !person || person.disabled || person.mail === null) return false
  const named = await withNames(deps, stored)
  await deps.mailer.send(writeMail({ mail: person.mail, language: person.language }, named, deps.notices.address, rest))
  await markMailed(
    deps.db,
    stored.map(({ id }) => id),
    deps.now().toISOString(),
  )
  return true
}

/** Each name as the person may see it in the role through which it came. */
async function withNames(
  deps: Deps,
  stored: readonly StoredNotice[],
): Promise<(StoredNotice & Pick<Notice, 'item'>)[]> {
  const result: (StoredNotice & Pick<Notice, 'item'>)[] = []
  for (const notice of stored) {
    const names = await lookUp(deps, deps.db, notice)
    result.push({ ...notice, item: names.get(notice.itemId) ?? null })
  }
  return result
}

const lookUp = async (deps: Deps, db: Db, notice: StoredNotice) => {
  const { personId, role, roleOrganisationId } = notice
  if (role === null || roleOrganisationId === null) return new Map<string, NonNullable<Notice['item']>>()
  return inScope(deps.scopeOf({ personId, role, organisationId: roleOrganisationId }), () => nameItems(db, [notice]))
}
