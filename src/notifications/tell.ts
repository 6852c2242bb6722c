import { todayOf } from '#access/office-day.ts'
import type { Db } from '#platform/database.ts'
import { outboxRow } from '#platform/dispatch-outbox.ts'
import type { JobContext } from '#platform/jobs.ts'

import type { NoticesJobDeps } from './deps.ts'
import { hears, rolesEnding } from './hear.ts'
import { mailNotice } from './job-names.ts'
import { kindOf } from './kinds.ts'
import { holdersOf, insertNotices, type Told } from './store.ts'
import { staffAsked, tellStaff } from './tell-staff.ts'

/** Writes what an event tells to each person whom it concerns. Done again it writes nothing new. */
export async function tellOf(deps: NoticesJobDeps, eventId: string, context: JobContext): Promise<void> {
  await deps.db.transaction().execute(async (t) => {
    const event = await outboxRow(t, eventId)
    if (event?.type === staffAsked) {
      await putMail(deps, t, await tellStaff(t, event, deps.now().toISOString()), context)
      return
    }
    const hear = event && hears[event.type]
    if (!event || !hear) return
    for (const told of await hear(t, event)) await write(deps, t, told, context)
  })
}

export async function tellRolesEnding(deps: NoticesJobDeps, context: JobContext): Promise<void> {
  await deps.db.transaction().execute(async (t) => {
    for (const told of await rolesEnding(t, todayOf(deps))) await write(deps, t, told, context)
  })
}

async function write(deps: NoticesJobDeps, t: Db, told: Told, context: JobContext): Promise<void> {
  const { to } = kindOf(told.kind)
  // Staff are told by an event of their own, all at once.
  const recipients =
    to === 'person' || to === 'staff'
      ? [{ personId: told.personId!, role: null, organisationId: null }]
      : await holdersOf(t, to, told.organisationId, todayOf(deps))
  const atOnce = await insertNotices(t, { ...told, at: deps.now().toISOString(), newId: deps.newId }, recipients)
  await putMail(deps, t, atOnce, context)
}

async function putMail(deps: NoticesJobDeps, t: Db, atOnce: readonly string[], context: JobContext): Promise<void> {
  if (deps.mailer === undefined) return
  for (const notification of atOnce) await context.put(t, mailNotice, { notification })
}
