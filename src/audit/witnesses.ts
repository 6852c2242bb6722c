import { readFileSync } from 'node:fs'

import { AppError } from '#platform/errors.ts'

import { keyTypes, parseVerifierKey, type Verifier } from './checkpoint.ts'

/** Someone outside who keeps the log from showing two faces. `url`: where it is asked; without it, it comes by itself. */
export type Witness = Verifier & { readonly url: string | undefined }

/**
 * One witness a line: verifier key, a space, and its address or nothing. Lines that begin with # are for people.
 * @throws AppError `bad-input` naming the line
 */
export function parseWitnesses(text: string): Witness[] {
  return text.split('\n').flatMap((line, n) => {
    if (line.trim() === '' || line.startsWith('#')) return []
    const [key = '', url, ...rest] = line.trim().split(/\s+/)
    const verifier = parseVerifierKey(key)
    const sound = url === undefined || (/^https?:\/\//.test(url) && URL.canParse(url))
    if (verifier?.type !== keyTypes.cosignature || !sound || rest.length > 0)
      throw new AppError('bad-input', { reason: 'witness-line', line: n + 1 })
    return [{ ...verifier, url: url?.replace(/\/$/, '') }]
  })
}

export function readWitnesses(file: string | undefined): Witness[] {
  if (file === undefined) return []
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new AppError('bad-input', { reason: 'setting', setting: 'TENBIN_LOG_WITNESSES', value: file }, error)
  }
  return parseWitnesses(text)
}
