import type { Actor } from '#audit/transaction.ts'

import type { Action } from './model.ts'

/** What an action is done to, as far as the policies look at it (`Item` in policies/tenbin.cedarschema). */
export type Item = {
  /** Ids of its organisation and of those above it, root first. */
  readonly organisationPath: readonly string[]
  /** How far it is shared; not said is `ministry`. */
  readonly sharing?: 'restricted' | 'ministry' | 'government'
  /** Of the AI system. */
  readonly stage?: 'idea' | 'planning' | 'procurement' | 'build-test' | 'operation' | 'suspended' | 'retired'
  /** Who entered it. */
  readonly ownerId?: string
  /** Contacts of suppliers to whom it was sent. */
  readonly sentTo?: readonly string[]
  readonly published?: boolean
}

/**
 * Asks the policies (rights.ts). Without an item: whether the role may do it at all, that is, to something of its own.
 * @throws AppError `not-permitted` with the action, the policy that refuses, its words and source, the roles that may,
 *   `because` (`forbidden` by that policy, `role`: it permits others, `item`: it permits the role, but not here), and
 *   `outside: true` when the item belongs to another organisation
 */
export type May = (actor: Actor, action: Action, item?: Item) => void
