import type { Actor } from '#audit/transaction.ts'

/** How far a role reads and writes; row-level security is told this with every statement. */
export type Breadth = {
  /**
   * `held`: the organisation of the role and what lies below it; `ministry`: the whole ministry around it; `all`: across
   * ministries. What is restricted is read where the role is held and below, however far the role reads.
   */
  readonly reads: 'nothing' | 'held' | 'ministry' | 'all'
  /** Reads the uses that other ministries offer for reuse. */
  readonly shared: boolean
  readonly writes: 'nothing' | 'held'
}

const nothing: Breadth = { reads: 'nothing', shared: false, writes: 'nothing' }
const office: Breadth = { reads: 'ministry', shared: true, writes: 'held' }
const across: Breadth = { reads: 'all', shared: true, writes: 'nothing' }
const breadths: Readonly<Record<string, Breadth>> = {
  caio: office,
  'caio-office': office,
  planner: office,
  provider: office,
  administrator: office,
  user: { reads: 'ministry', shared: true, writes: 'nothing' },
  board: across,
  secretariat: across,
  desk: across,
  auditor: { reads: 'held', shared: false, writes: 'nothing' },
}

/** A role that is not known reads and writes nothing. */
export const breadthOf = (actor: Pick<Actor, 'role'>): Breadth =>
  Object.hasOwn(breadths, actor.role) ? breadths[actor.role]! : nothing
