import type { Action } from '#access/model.ts'
import type { TokenScope } from './api.ts'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Deeds that are neither plain reading nor plain writing. */
const special: Readonly<Partial<Record<Action, TokenScope | 'session-only'>>> = {
  'read-log': 'log',
  'read-whole-log': 'log',
  export: 'read',
  import: 'import',
  'read-imports': 'import',
  'read-import-files': 'import',
  'manage-maps': 'import',
  provision: 'provision',
  'manage-people': 'provision',
  // Whoever finds a token must not be able to make more of them, or to give the role to somebody.
  'make-token': 'session-only',
  'manage-tokens': 'session-only',
  'name-deputy': 'session-only',
  'remove-demo': 'session-only',
}

/**
 * What a token needs for an action: a scope, or nothing helps because it takes a person with a session. An action that is
 * not named here needs `write` unless its name says that it reads.
 */
export function scopeFor(action: Action, method: string): TokenScope | 'session-only' {
  if (action === 'own-account') return harmless.has(method) ? 'read' : 'session-only'
  return special[action] ?? (action.startsWith('read-') ? 'read' : 'write')
}

/** The deed that a role must be allowed for a token of it to have the scope. */
export const deedOfScope = {
  read: 'own-account',
  write: 'own-account',
  import: 'import',
  provision: 'provision',
  log: 'read-log',
} as const satisfies Record<TokenScope, Action>
