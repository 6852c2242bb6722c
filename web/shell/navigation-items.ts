import type { Role } from '#access/model.ts'
import { paths } from '#web/paths.ts'
import type { Texts } from '#web/texts/language.tsx'

import type { NavigationCounts } from '#overview/api.ts'
import type { WaitScreen } from '#register/waits.ts'

type ItemId = keyof Texts['shell']['items']
type GroupId = keyof Texts['shell']['groups']
/** A figure of the register, or what waits on a screen for one's own role. */
type Counted = Exclude<keyof NavigationCounts, 'waits'> | WaitScreen
export type NavigationItem = {
  readonly id: ItemId
  readonly href: string
  /** What the number at the right edge counts. */
  readonly count?: Counted
  /** Addresses below which this item is the current one. */
  readonly covers: readonly string[]
}
export type NavigationGroup = { readonly id: GroupId; readonly items: readonly NavigationItem[] }

const item = (id: ItemId, href: string, covers: readonly string[], count?: Counted): NavigationItem =>
  count === undefined ? { id, href, covers } : { id, href, covers, count }

const overview = item('overview', paths.overview(), [])
const register = item('register', paths.register(), ['/register', '/systems'], 'register')
const registerNew = item('registerNew', paths.registerNew(), ['/register/new'])
const models = item('models', paths.models(), ['/models'])
const imports = item('imports', paths.imports(), ['/imports'], 'imports')
const notReported = item('notReported', paths.notReported(), ['/not-reported'], 'notReported')
const finder = item('finder', paths.finder(), ['/finder', '/uses'], 'cannotDecide')
const catalogs = item('catalogs', paths.catalogs(), ['/catalogs'])
const log = item('log', paths.log(), ['/log'])
const jobs = item('jobs', paths.jobs(), ['/jobs'])
const webhooks = item('webhooks', paths.webhooks(), ['/webhooks'])
const people = item('people', paths.people(), ['/people'])
const organisations = item('organisations', paths.organisations(), ['/organisations', '/about-demo'])

const consultations = item('consultations', paths.consultations(), ['/consultations'], 'consultations')
const collection = item('collection', paths.collection(), ['/collection'])
const docket = item('docket', paths.docket(), ['/board'], 'cases')
const cases = item('cases', paths.docket(), ['/board'], 'cases')
const conditions = item('conditions', paths.boardConditions(), ['/board/conditions'], 'conditions')
const precedents = item('precedents', paths.precedents(), ['/board/precedents'])
const meetings = item('meetings', paths.meetings(), ['/board/meetings'])
const reports = item('reports', paths.reports(), ['/reports'], 'reports')
const procurement = item('procurement', paths.procurements(), ['/procurement'], 'procurements')
const templates = item('templates', paths.templates(), ['/templates'])
const userRules = item('userRules', paths.userRules(), ['/user-rules'], 'userRules')
const myRules = item('myRules', paths.myRules(), ['/my-rules'], 'myRules')
const acknowledgements = item('acknowledgements', paths.acknowledgements(), ['/acknowledgements'], 'acknowledgements')
const tell = item('tell', paths.tell(), ['/tell'])
const usableSystems = item('usableSystems', paths.usableSystems(), ['/usable-systems'])
const tenders = item('tenders', paths.tenders(), ['/tenders'], 'tenders')

const procedures: NavigationGroup = {
  id: 'procedures',
  items: [finder, consultations, docket, conditions, procurement, userRules],
}
const office: readonly NavigationGroup[] = [
  { id: 'whole', items: [overview, myRules] },
  { id: 'register', items: [register, registerNew, models, imports, notReported] },
  procedures,
  { id: 'operation', items: [acknowledgements, reports] },
  { id: 'administration', items: [catalogs, templates, log, people, organisations] },
  { id: 'reference', items: [collection] },
]
/** Whoever runs the house also sees how it runs. */
const withRunning = (groups: readonly NavigationGroup[]): readonly NavigationGroup[] =>
  groups.map((group) => (group.id === 'administration' ? { ...group, items: [...group.items, jobs, webhooks] } : group))
const administrator = withRunning([
  { id: 'whole', items: [overview, myRules] },
  { id: 'register', items: [register, registerNew, models, imports, notReported] },
  { id: 'administration', items: [catalogs, templates, log, people, organisations] },
  { id: 'reference', items: [userRules, collection] },
])
const planner: readonly NavigationGroup[] = [
  { id: 'mine', items: [overview, myRules] },
  { id: 'register', items: [register, registerNew, models, notReported] },
  procedures,
  { id: 'operation', items: [acknowledgements] },
  { id: 'reference', items: [collection, catalogs, organisations] },
]
const user: readonly NavigationGroup[] = [{ id: 'mine', items: [myRules, tell, usableSystems] }]
const board: readonly NavigationGroup[] = [
  { id: 'whole', items: [overview] },
  { id: 'board', items: [cases, conditions, precedents, meetings] },
  { id: 'operation', items: [reports] },
  { id: 'reference', items: [register, models, collection, userRules, catalogs, organisations] },
]
const desk: readonly NavigationGroup[] = [
  { id: 'consultation', items: [consultations, collection] },
  { id: 'reference', items: [overview, register, models, userRules, catalogs, organisations] },
]
const auditor: readonly NavigationGroup[] = [
  { id: 'administration', items: [log, people, catalogs, organisations] },
  { id: 'whole', items: [overview] },
  { id: 'register', items: [register, models, imports, notReported] },
  procedures,
  { id: 'operation', items: [acknowledgements, reports] },
]

/** A supplier: what was asked of it, and the rules, which are published. */
const supplier: readonly NavigationGroup[] = [
  { id: 'tenders', items: [tenders] },
  { id: 'reference', items: [catalogs] },
]
/** People from outside government find the rules, which are published. */
const outsider: readonly NavigationGroup[] = [{ id: 'reference', items: [catalogs] }]

/** What each role finds in the side navigation; rights never depend on it. */
export const navigationOf: Record<Role, readonly NavigationGroup[]> = {
  caio: office,
  'caio-office': office,
  administrator,
  planner,
  provider: planner,
  user,
  board,
  secretariat: board,
  desk,
  auditor: withRunning(auditor),
  supplier,
  public: outsider,
}

export const countOf = (counts: NavigationCounts | undefined, counted: Counted | undefined): number | undefined =>
  counts &&
  counted &&
  (counted in counts ? counts[counted as Exclude<Counted, WaitScreen>] : counts.waits[counted as WaitScreen])

/** The item that covers an address: the longest of those that hold it. */
export function currentItem(groups: readonly NavigationGroup[], pathname: string): ItemId | undefined {
  if (pathname === '/') return 'overview'
  const covers = groups
    .flatMap((group) => group.items)
    .flatMap(({ id, covers: all }) => all.map((prefix) => ({ id, prefix })))
    .filter(({ prefix }) => pathname === prefix || pathname.startsWith(`${prefix}/`))
    .toSorted((a, b) => b.prefix.length - a.prefix.length)
  return covers[0]?.id
}
