import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * For whom statements run: what row-level security lets through. Which role reads how far is said in `policies/`; the
 * database is told the outcome and applies it to every row (migrations/0005_isolation.sql).
 */
export type Scope = {
  /** Id of the person, or nothing for the system itself. */
  readonly personId: string
  /** The organisation for which the role is held. */
  readonly organisationId: string
  /** In which role the person acts: what the Board, the Desk or a supplier works on goes by it. */
  readonly role: string
  /** Of the contact of a supplier: which one. */
  readonly supplierId?: string
  /**
   * `held`: the organisation of the role and what lies below it; `ministry`: the whole ministry around it; `all`: across
   * ministries, without what is restricted; `everything`: the system itself.
   */
  readonly reads: 'nothing' | 'held' | 'ministry' | 'all' | 'everything'
  /** Reads what other ministries offer for reuse. */
  readonly shared: boolean
  readonly writes: 'nothing' | 'held' | 'everything'
  /** Of a deputy: the person in whose name rows of history are written. */
  readonly onBehalfOf?: string
}

const nobody = { personId: '', organisationId: '', role: '', shared: false } as const
export const noScope: Scope = { ...nobody, reads: 'nothing', writes: 'nothing' }
export const systemScope: Scope = { ...nobody, reads: 'everything', writes: 'everything' }

const storage = new AsyncLocalStorage<Scope>()

/** Outside every scope nothing is seen and nothing can be written. */
export const currentScope = (): Scope => storage.getStore() ?? noScope

export const inScope = <T>(scope: Scope, work: () => T): T => storage.run(scope, work)

/** What runs without a person (jobs, sign-in before anybody is known, the start) sees and writes everything. */
export const asSystem = <T>(work: () => T): T => storage.run(systemScope, work)

/** The role of the application where the program itself may choose one: the embedded engine, and tests. */
export const applicationRole = 'tenbin_app'

const uuid = /^[0-9a-f-]{36}$/i
const literal = (id: string) => (uuid.test(id) ? id : '')
const word = (role: string) => (/^[a-z-]+$/.test(role) ? role : '')

/** The statement that tells the database the scope. @param local  until the end of the transaction only */
export function settingsSql(scope: Scope, local: boolean): string {
  const settings = {
    person: literal(scope.personId),
    organisation: literal(scope.organisationId),
    role: word(scope.role),
    supplier: literal(scope.supplierId ?? ''),
    reads: scope.reads,
    shared: scope.shared ? 'yes' : 'no',
    writes: scope.writes,
    behalf: literal(scope.onBehalfOf ?? ''),
  }
  const calls = Object.entries(settings).map(([name, value]) => `set_config('tenbin.${name}', '${value}', ${local})`)
  return `select ${calls.join(', ')}`
}
