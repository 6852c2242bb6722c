import { createHash } from 'node:crypto'

/** For what is random and long, such as the value of a cookie: who reads the table cannot use what he reads. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
