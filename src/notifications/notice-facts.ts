import { roleSchema } from '#access/model.ts'
import { roleWords } from '#access/roles/role-words.ts'

import type { Notice } from './api.ts'
import { jobWord, type NoticeFacts } from './words.ts'

/** What the words of a notification need, from what is stored. Shared with the screen, so that both say the same. */
export function noticeFacts(
  notice: Pick<Notice, 'params' | 'item' | 'organisation'>,
  language: 'ja' | 'en',
  dateOf: (iso: string) => string,
): NoticeFacts {
  const { params, item, organisation } = notice
  const text = (name: string) => (params[name] === undefined ? undefined : String(params[name]))
  const [from, to, role, job] = [text('from'), text('to'), text('role'), text('name')]
  const name = organisation === null ? '' : organisation[language] || organisation.ja
  return {
    item: item === null ? undefined : item.name,
    organisation: name,
    ...(role !== undefined && { role: roleWord(language, role) }),
    ...(from !== undefined && { from: dateOf(from) }),
    ...(to !== undefined && { to: dateOf(to) }),
    ...(params['stored'] !== undefined && { stored: String(params['stored']) }),
    ...(params['rejected'] !== undefined && { rejected: String(params['rejected']) }),
    ...(params['state'] !== undefined && { state: String(params['state']) }),
    ...(params['number'] !== undefined && { number: String(params['number']) }),
    ...(job !== undefined && { job: jobWord(language, job) }),
  }
}

/** A role that this version does not know keeps its code. */
const roleWord = (language: 'ja' | 'en', role: string): string => {
  const known = roleSchema.safeParse(role)
  return known.success ? roleWords[language][known.data] : role
}
