import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { type Role, roles } from '#access/model.ts'
import { routesOf } from '#access/policies/route-actions.ts'
import type { Database } from '#platform/database.ts'
import { onEachEngine } from '#test/engines.ts'
import { matrixAppOn } from '#test/matrix-app.ts'
import { calls } from '#test/matrix-calls.ts'
import { type Asked, approvedSigns, keyOf, matrixDocument } from '#test/matrix-document.ts'
import type { Items, Place } from '#test/matrix-items.ts'
import { askRoute, signsOf } from '#test/matrix.ts'
import { rights } from '#test/rights.ts'

const file = 'docs/access-matrix.md'
const write = process.env['TENBIN_DUMP'] === 'yes'
const approved = () => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** Every route is asked in each of these roles, over HTTP. */
async function ask(database: Database, inRoles: readonly Role[]) {
  const { app, asking, close } = await matrixAppOn(database)
  // Fastify answers HEAD by the handler of GET.
  const routes = routesOf(app).filter(({ method }) => method !== 'HEAD')
  const named = routes.filter(({ declared }) => 'action' in declared)
  expect(
    named.map(keyOf).filter((key) => !calls[key]),
    'routes without a line in matrix-calls.ts',
  ).toEqual([])
  expect(Object.keys(calls).filter((key) => !named.some((route) => keyOf(route) === key))).toEqual([])
  const asked: Asked[] = []
  for (const route of named) {
    const call = calls[keyOf(route)]!
    const cells = new Map<Role, Awaited<ReturnType<typeof askRoute>>>()
    for (const role of inRoles) cells.set(role, await askRoute(asking, route, call, role))
    asked.push({ route, call, cells })
  }
  await close()
  return { asked, open: routes.filter(({ declared }) => 'open' in declared), asking }
}

type One = { key: string; role: Role; place: Place | undefined; allowed: boolean; wrote: readonly string[] }
const each = (asked: readonly Asked[]): One[] =>
  asked.flatMap(({ route, cells }) =>
    [...cells].flatMap(([role, cell]) =>
      cell.map(({ place, outcome, wrote }) => ({
        key: keyOf(route),
        role,
        place,
        allowed: outcome === 'allowed',
        wrote,
      })),
    ),
  )
const told = ({ key, role, place, wrote }: One) => [key, role, place, ...wrote].join(' ')

/** Every deed may be told to the log and to whoever listens. */
const log = new Set(['audit_entry', 'log_inbox', 'outbox'])
/** A person's own things, by the route that changes them. */
const ownThings: Readonly<Record<string, readonly string[]>> = {
  'PATCH /api/v1/session': ['session'],
  'DELETE /api/v1/sessions': ['session'],
  'DELETE /api/v1/sessions/:id': ['session'],
  'POST /api/v1/tokens': ['api_token'],
  'POST /api/v1/saved-views': ['saved_view'],
  'DELETE /api/v1/saved-views/:id': ['saved_view'],
  'POST /api/v1/notifications/read': ['notification'],
  // Who is named reviews wherever in the ministry the rule stands; what was found is the reviewer's own.
  'POST /api/v1/user-rules/versions/:id/finding': ['rule_review', 'rule_event'],
  'POST /api/v1/reports/:id/read': ['report_read'],
  'PATCH /api/v1/notification-choices': ['person', 'notification_choice'],
}
const recordsOf = ({ key, wrote }: One) => wrote.filter((table) => !log.has(table) && !ownThings[key]?.includes(table))

/** Names that all ministries share: one supplier and one model are one record, and the tree of organisations is known. */
const dictionaries = new Set(['GET /api/v1/organisations', 'GET /api/v1/suppliers', 'GET /api/v1/models'])

/**
 * What must hold whatever the policies say; written down here a second time, on purpose.
 * Sources: DS-920 v1.0, duties of the roles; the rest is our preset.
 */
/** What the Board, its secretariat, the Desk, suppliers and staff write of their own, wherever the item stands. */
/** Of the rule of one's ministry, and of the AI one uses: what one read, and that one answered. */
const acknowledging = ['acknowledgement', 'acknowledged', 'check_answered', 'check_count', 'system_in_use']
const ownDeeds: Readonly<Partial<Record<Role, readonly string[]>>> = {
  ...Object.fromEntries(
    ['caio', 'caio-office', 'planner', 'provider', 'user', 'administrator'].map((role) => [
      role,
      [...acknowledging, 'document_made'],
    ]),
  ),
  // Who may read a sheet may have a document made of it, and that is told.
  auditor: ['document_made'],
  supplier: ['bidder', 'bidder_answer', 'bidder_answer_change', 'handed_answer'],
  board: [
    'advice',
    'advice_condition',
    'advice_condition_event',
    'advice_adoption',
    'board_case',
    'board_declaration',
    'board_opinion',
    'board_opinion_draft',
    'board_message',
    'board_reminder',
  ],
  secretariat: [
    'board_case',
    'board_declaration',
    'board_meeting',
    'board_message',
    'board_reminder',
    'board_seat',
    'advice',
    'advice_condition',
    'advice_condition_event',
    'advice_publication',
    'collection_entry',
    'number_counter',
  ],
  desk: ['consultation', 'consultation_entry', 'publication', 'collection_entry', 'number_counter'],
}
const beyondOwnDeeds = (one: One) => recordsOf(one).filter((table) => !ownDeeds[one.role]?.includes(table))

const invariants: readonly [string, (all: readonly One[], items: Items) => unknown[]][] = [
  [
    'auditors, readers and the public write no record anywhere; Board, Desk and suppliers only what is theirs',
    (all) => {
      const readers = new Set<Role>(['user', 'board', 'secretariat', 'desk', 'auditor', 'supplier', 'public'])
      return all.filter((one) => readers.has(one.role) && beyondOwnDeeds(one).length > 0).map(told)
    },
  ],
  [
    'nobody writes what does not belong to the organisation of the role or below it',
    (all) => {
      const within: readonly (Place | undefined)[] = ['own', 'child', undefined]
      return all.filter((one) => !within.includes(one.place) && beyondOwnDeeds(one).length > 0).map(told)
    },
  ],
  [
    'only the board, its secretariat and the desk see what another ministry keeps to itself',
    (all) => {
      const across = new Set<Role>(['board', 'secretariat', 'desk'])
      return all
        .filter((one) => one.place === 'foreign' && one.allowed && !across.has(one.role) && !dictionaries.has(one.key))
        .map(told)
    },
  ],
  [
    'what is kept to a unit is seen by nobody beside it',
    (all) => all.filter((one) => one.place === 'restricted' && one.allowed).map(told),
  ],
  [
    'an auditor sees what belongs to the organisation of the role and below, and nothing else',
    (all) => {
      // The figures of the ministry count only what the auditor sees.
      const known = new Set([...dictionaries, 'GET /api/v1/overview'])
      const beyond = (place: Place | undefined) => place !== undefined && place !== 'own' && place !== 'child'
      return all
        .filter((one) => one.role === 'auditor' && one.allowed && beyond(one.place) && !known.has(one.key))
        .map(told)
    },
  ],
  [
    'whoever is not signed in reaches no route that asks for a role',
    (all) => all.filter((one) => one.role === 'public' && one.allowed).map(told),
  ],
  [
    'a supplier reaches the rules and what is their own',
    (all) => {
      const own =
        /^\w+ \/api\/v1\/(session|sessions|sessions\/:id|me|navigation-counts|policies|tokens|catalogs.*|notification.*|tenders|tenders\/:id.*)$/
      return all.filter((one) => one.role === 'supplier' && one.allowed && !own.test(one.key)).map(told)
    },
  ],
]

/** Cells that are open although the policies do not open them: a route without its check. */
function withoutPolicy(
  asked: readonly Asked[],
  items: Items,
  actors: Awaited<ReturnType<typeof ask>>['asking']['actors'],
) {
  return asked.flatMap(({ route, cells }) => {
    const { declared } = route
    if (!('action' in declared)) return []
    return [...cells].flatMap(([role, cell]) =>
      cell
        .filter(({ outcome, place, wrote }) => {
          if (outcome !== 'allowed') return false
          if (role === 'public') return true
          const item =
            place === undefined || wrote.length === 0
              ? undefined
              : {
                  organisationPath: items[place].organisation.path,
                  ...(role === 'supplier' && place === 'own' ? { sentTo: [actors.supplier.personId] } : {}),
                }
          try {
            rights.may(actors[role], declared.action, item)
            return false
          } catch {
            return true
          }
        })
        .map(({ place }) => [keyOf(route), role, place].join(' ')),
    )
  })
}

onEachEngine('the access matrix', (database) => {
  const full = () => database().engine === 'pglite'

  it('is what the routes do for every role, on items of every place', { timeout: 600_000 }, async () => {
    // PostgreSQL runs the same policies: one role of each breadth is enough to see that.
    const inRoles = full() ? roles : (['planner', 'board', 'auditor', 'public'] as const)
    const { asked, open, asking } = await ask(database(), inRoles)
    const { items, actors } = asking
    expect(asked.length).toBeGreaterThan(80)
    const all = each(asked)
    expect(all.length).toBeGreaterThan(asked.length * inRoles.length)
    for (const [name, broken] of invariants) expect([name, ...broken(all, items)]).toEqual([name])
    expect(withoutPolicy(asked, items, actors)).toEqual([])
    if (full()) {
      const document = await matrixDocument(asked, open)
      if (write) writeFileSync(file, document)
      expect(approved()).toBe(document)
    } else {
      const differs = asked.flatMap(({ route, cells }) =>
        [...cells].flatMap(([role, cell]) => {
          const [is, was] = [signsOf(cell), approvedSigns(approved(), route, role)]
          return is === was ? [] : [`${keyOf(route)} ${role}: ${is}, approved ${was}`]
        }),
      )
      expect(differs).toEqual([])
    }
  })
})
