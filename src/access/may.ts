import type { Actor } from '#audit/transaction.ts'
import { AppError } from '#platform/errors.ts'

import { type Action, actions, type Role } from './model.ts'

/**
 * Who may do what, as a table. Source: DS-920 v1.0, duties of the roles (CAIO-01…08, PLN-01…05, PRV-01…03); the division
 * of the single actions is our preset. A role that is not named may not.
 */
export const allowed = {
  'own-account': [
    'caio',
    'caio-office',
    'planner',
    'provider',
    'user',
    'board',
    'secretariat',
    'desk',
    'administrator',
    'auditor',
    'supplier',
    'public',
  ],
  'keep-views': [
    'caio',
    'caio-office',
    'planner',
    'provider',
    'user',
    'board',
    'secretariat',
    'desk',
    'administrator',
    'auditor',
  ],
  'read-rules': [
    'caio',
    'caio-office',
    'planner',
    'provider',
    'user',
    'board',
    'secretariat',
    'desk',
    'administrator',
    'auditor',
    'supplier',
    'public',
  ],
  'read-organisations': [
    'caio',
    'caio-office',
    'planner',
    'provider',
    'user',
    'board',
    'secretariat',
    'desk',
    'administrator',
    'auditor',
  ],
  'read-register': [
    'caio',
    'caio-office',
    'planner',
    'provider',
    'user',
    'board',
    'secretariat',
    'desk',
    'administrator',
    'auditor',
  ],
  'register-system': ['caio', 'caio-office', 'planner', 'provider', 'administrator'],
  'change-system': ['caio', 'caio-office', 'planner', 'provider', 'administrator'],
  'change-stage': ['caio', 'caio-office', 'planner', 'administrator'],
  assess: ['caio', 'caio-office', 'planner'],
  'override-verdict': ['caio'],
  rejudge: ['caio', 'caio-office'],
  import: ['caio', 'caio-office', 'administrator'],
  export: ['caio', 'caio-office', 'planner', 'provider', 'board', 'secretariat', 'desk', 'administrator', 'auditor'],
  'read-import-files': ['caio', 'caio-office', 'administrator', 'auditor'],
  'manage-maps': ['caio', 'caio-office', 'administrator'],
  'manage-organisations': ['caio', 'caio-office', 'administrator'],
  'remove-demo': ['caio', 'administrator'],
  'read-log': ['caio', 'caio-office', 'administrator', 'auditor'],
  'read-people': ['caio', 'caio-office', 'administrator', 'auditor'],
  'manage-people': ['administrator'],
  provision: ['administrator'],
  'name-deputy': ['caio', 'caio-office', 'planner', 'provider', 'desk', 'secretariat', 'administrator'],
  'make-token': [
    'caio',
    'caio-office',
    'planner',
    'provider',
    'user',
    'board',
    'secretariat',
    'desk',
    'administrator',
    'auditor',
    'supplier',
  ],
  'manage-tokens': ['administrator'],
} as const satisfies Record<Action, readonly Role[]>

export type May = (actor: Actor, action: Action, item?: { readonly organisationPath: readonly string[] }) => void

/**
 * What is done to an item is done within the organisation of the role or below it; reading crosses ministries.
 * @throws AppError `not-permitted` with the action, the roles that may, and `outside: true` when the item is another's
 */
export const may: May = (actor, action, item) => {
  const roles: readonly string[] = allowed[action]
  if (!roles.includes(actor.role)) throw new AppError('not-permitted', { action, roles })
  if (item && !item.organisationPath.includes(actor.organisationId))
    throw new AppError('not-permitted', { action, roles, outside: true })
}

/** For the page: every action, open or not, so that nothing is hidden and each refusal can be worded. */
export const mayAll = (actor: Actor): Record<Action, boolean> =>
  Object.fromEntries(actions.map((a) => [a, (allowed[a] as readonly string[]).includes(actor.role)])) as Record<
    Action,
    boolean
  >
