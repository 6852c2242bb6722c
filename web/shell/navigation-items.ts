import type { Role } from '#access/model.ts'
import { paths } from '#web/paths.ts'
import type { Texts } from '#web/texts/language.tsx'

import type { NavigationCounts } from './session.ts'

type ItemId = keyof Texts['shell']['items']
type GroupId = keyof Texts['shell']['groups']
export type NavigationItem = {
  readonly id: ItemId
  readonly href: string
  /** What the number at the right edge counts. */
  readonly count?: keyof NavigationCounts
  /** Addresses below which this item is the current one. */
  readonly covers: readonly string[]
}
export type NavigationGroup = { readonly id: GroupId; readonly items: readonly NavigationItem[] }

const item = (id: ItemId, href: string, covers: readonly string[], count?: keyof NavigationCounts): NavigationItem =>
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

const office: readonly NavigationGroup[] = [
  { id: 'whole', items: [overview] },
  { id: 'register', items: [register, registerNew, models, imports, notReported] },
  { id: 'procedures', items: [finder] },
  { id: 'administration', items: [catalogs, log, people, organisations] },
]
/** Whoever runs the house also sees how it runs. */
const withRunning = (groups: readonly NavigationGroup[]): readonly NavigationGroup[] =>
  groups.map((group) => (group.id === 'administration' ? { ...group, items: [...group.items, jobs, webhooks] } : group))
const planner: readonly NavigationGroup[] = [
  { id: 'mine', items: [overview] },
  { id: 'register', items: [register, registerNew, models, notReported] },
  { id: 'procedures', items: [finder] },
  { id: 'reference', items: [catalogs, organisations] },
]
const reader: readonly NavigationGroup[] = [
  { id: 'whole', items: [overview] },
  { id: 'register', items: [register, models, notReported] },
  { id: 'reference', items: [catalogs, organisations] },
]
const auditor: readonly NavigationGroup[] = [
  { id: 'administration', items: [log, people, catalogs, organisations] },
  { id: 'whole', items: [overview] },
  { id: 'register', items: [register, models, imports, notReported] },
  { id: 'procedures', items: [finder] },
]

/** People from outside government: the rules, which are published, and what comes to them. */
const outsider: readonly NavigationGroup[] = [{ id: 'reference', items: [catalogs] }]

/** What each role finds in the side navigation; rights never depend on it. */
export const navigationOf: Record<Role, readonly NavigationGroup[]> = {
  caio: office,
  'caio-office': office,
  administrator: withRunning(office),
  planner,
  provider: planner,
  user: reader,
  board: reader,
  secretariat: reader,
  desk: reader,
  auditor: withRunning(auditor),
  supplier: outsider,
  public: outsider,
}

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
