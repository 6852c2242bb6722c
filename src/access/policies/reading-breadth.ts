import type { Actor } from '#audit/transaction.ts'

import { type Breadths, type Role, roles } from '#access/model.ts'
import type { PolicySet } from './policy-set.ts'

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

/** Asked once for each role: a question per statement would be too many. A role that is not known reads nothing. */
export function breadthsBy(set: PolicySet): (actor: Pick<Actor, 'role'>) => Breadth {
  const breadths = new Map<string, Breadth>(roles.map((role) => [role, breadthOf(set, role)]))
  return ({ role }) => breadths.get(role) ?? nothing
}

function breadthOf(set: PolicySet, role: Role): Breadth {
  const open = (breadth: Breadths) =>
    set.ask({ personId: 'somebody', role, organisationId: 'somewhere' }, breadth).allowed
  return {
    reads: open('read-across-ministries')
      ? 'all'
      : open('read-own-ministry')
        ? 'ministry'
        : open('read-held')
          ? 'held'
          : 'nothing',
    shared: open('read-shared'),
    writes: open('write-below') ? 'held' : 'nothing',
  }
}
