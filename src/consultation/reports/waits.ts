import { sql } from 'kysely'

import { todayInTokyo } from '#register/move-stage.ts'
import type { Wait, WaitSource } from '#register/waits.ts'

import { periodsUntil } from './periods.ts'
import type { ReportRules } from './report-rules.ts'

/**
 * The report of the last period that is over: to be composed by the office, then checked and submitted by the CAIO; and
 * submitted reports that a member of the Board or the secretariat has not opened.
 */
export const reportWaits =
  ({ period }: ReportRules): WaitSource =>
  async (db, asking, at) => {
    if (asking.role === 'board' || asking.role === 'secretariat') {
      const { rows } = await sql<{ count: number; oldest: string | null }>`
      select count(*)::int as count, min(r.submitted_at) as oldest from periodic_report r where r.state = 'submitted'
        and not exists (select 1 from report_read x where x.report_id = r.id and x.person_id = ${asking.personId})`.execute(
        db,
      )
      const { count, oldest } = rows[0]!
      return count === 0
        ? []
        : [{ who: asking.role, what: 'report-to-read', screen: 'reports', count, oldest, filter: {} }]
    }
    if (asking.role !== 'caio' && asking.role !== 'caio-office') return []
    const last = periodsUntil(period, todayInTokyo(at), 2)[1]!
    const { rows } = await sql<{ state: string; since: string }>`
    select state, updated_at as since from periodic_report
    where organisation_id = ${asking.organisationId} and period = ${last.key} order by number desc limit 1`.execute(db)
    const wait = (who: Wait['who'], what: string, oldest: string): Wait => ({
      who,
      what,
      screen: 'reports',
      count: 1,
      oldest,
      filter: {},
    })
    const found = rows[0]
    if (!found) return [wait('caio-office', 'report-to-compose', `${last.to}T15:00:00.000Z`)]
    return found.state === 'submitted' ? [] : [wait('caio', 'report-to-check', found.since)]
  }
