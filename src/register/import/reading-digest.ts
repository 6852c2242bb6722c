import { createHash } from 'node:crypto'

/**
 * What makes two imports the same: the bytes of the file and the sheet. Another map or encoding of the same sheet would
 * register every system a second time; who wants to read it otherwise undoes the first import.
 */
export const readingDigest = (sha256: string, sheet: string | undefined): string =>
  createHash('sha256')
    .update(JSON.stringify([sha256, sheet ?? null]))
    .digest('hex')
