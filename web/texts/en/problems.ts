import type { Role } from '#access/model.ts'
import type { problems as source } from '#web/texts/ja/problems.ts'

import { words } from './words.ts'

type Params = Readonly<Record<string, unknown>>

const isRole = (role: unknown): role is Role => typeof role === 'string' && Object.hasOwn(words.roles, role)
function onlyThese(roles: unknown): string | undefined {
  const names = (Array.isArray(roles) ? roles : []).flatMap((role) => (isRole(role) ? [words.roles[role]] : []))
  return names.length === 0 ? undefined : `Only these roles can do this: ${names.join(', ')}.`
}

const addresses: Readonly<Record<string, { what: string; todo: string }>> = {
  'foreign-host': {
    what: 'In evaluation mode Tenbin does not answer under this name.',
    todo: 'Open http://localhost or http://127.0.0.1. To use another name, set TENBIN_PUBLIC_ADDRESS.',
  },
  'foreign-origin': {
    what: 'This came from a page of another site and was not accepted.',
    todo: 'Do it again from a page of Tenbin.',
  },
}

function notPermitted({ roles, outside, because, policy, words: said, reason }: Params) {
  const address = typeof reason === 'string' ? addresses[reason] : undefined
  if (address) return address
  const sentence = (said as { en?: string } | undefined)?.en
  const only = onlyThese(roles)
  const what = (because === 'role' ? only : sentence) ?? only ?? 'You do not have the right to do this.'
  const todo =
    outside === true
      ? 'It belongs to another organisation. Ask somebody there.'
      : 'If you need it, ask somebody in such a role.'
  const ground = sentence === undefined || sentence === what ? '' : ` Ground: ${sentence}`
  return { what, todo: `${todo}${ground}${typeof policy === 'string' ? ` (policy ${policy})` : ''}` }
}

export const problems: typeof source = {
  codes: {
    'bad-input': () => ({
      what: 'A value cannot be accepted, so nothing was saved.',
      todo: 'Check your entries and try again. They are kept.',
    }),
    'bad-file': () => ({
      what: 'This file could not be read as a table.',
      todo: 'Check that it is not damaged, or save it in another format. The register has not changed.',
    }),
    'not-signed-in': () => ({ what: 'You are not signed in, or your session has ended.', todo: 'Sign in again.' }),
    'not-permitted': notPermitted,
    'not-found': () => ({
      what: 'This record was not found.',
      todo: 'It was removed, or it belongs to an organisation you may not see. Look for it in the list.',
    }),
    'already-exists': () => ({ what: 'The same record already exists.', todo: 'Open it and check.' }),
    'wrong-state': () => ({
      what: 'This cannot be done in the present state.',
      todo: 'Reload the page to see the present state.',
    }),
    'changed-meanwhile': () => ({
      what: 'Someone else changed this record while you had it open.',
      todo: 'Compare both versions and choose which to keep. Your entries are kept.',
    }),
    'too-large': () => ({
      what: 'This is too large to be accepted.',
      todo: 'Split it, or leave out sheets and columns that are not needed, and try again.',
    }),
    'unsupported-format': () => ({ what: 'This format cannot be read.', todo: 'Save it as CSV or XLSX.' }),
    'version-missing': () => ({
      what: 'It was not clear which version to change, so nothing was saved.',
      todo: 'Reload the page and save again.',
    }),
    'too-many-requests': ({ retryAfter }) => ({
      what: 'There were many requests in a short time.',
      todo:
        typeof retryAfter === 'number'
          ? `Wait about ${retryAfter} seconds, then try again.`
          : 'Wait a moment, then try again.',
    }),
    unavailable: () => ({ what: 'The server is not ready.', todo: 'Wait a moment, then try again.' }),
    unreachable: () => ({
      what: 'The server does not answer.',
      todo: 'Check the network and that Tenbin is running, then try again.',
    }),
    bug: () => ({
      what: 'The server could not do this. Nothing was changed.',
      todo: 'If trying again does not help, give the desk the number.',
    }),
  },
  requestId: (id) => `Number ${id}`,
  again: 'Try again',
  signIn: 'Sign in',
}
