import { readFileSync } from 'node:fs'
import { isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

import { AppError } from '#platform/errors.ts'

import { type Provider, type SignIn, type SignInFile, signInFileSchema } from './sign-in-config.ts'
import { isLoopback } from './public-address.ts'

/** What is wrong with the file of providers, and where; worded by cli/sign-in-words.ts. */
export type SignInFault = {
  readonly code: SignInFaultCode
  /** Line of the file, from 1. */
  readonly line: number
  /** `providers.0.issuer` */
  readonly key: string
  readonly detail: string
}
export type SignInFaultCode =
  | 'unreadable'
  | 'not-yaml'
  | 'missing'
  | 'unknown-key'
  | 'one-of'
  | 'form'
  | 'secret-file'
  | 'secret-variable'
  | 'issuer-not-https'
  | 'id-twice'
  | 'organisation-needed'
  | 'person-needed'

type Place = readonly PropertyKey[]
type Fault = Omit<SignInFault, 'line' | 'key'> & { readonly at: Place }

/**
 * Reads the file of providers and the secrets that it names.
 * @param environment  a variable of the environment by name
 * @throws AppError `unavailable` with `reason: 'sign-in-file'` and every fault by line and key
 */
export function loadSignIn(file: string, environment: (name: string) => string | undefined): SignIn {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw refusal(file, [
      { code: 'unreadable', line: 1, key: '', detail: String((error as NodeJS.ErrnoException).code) },
    ])
  }
  const lines = new LineCounter()
  const doc = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  const lineAt = (offset: number) => lines.linePos(offset).line
  const broken = doc.errors.map((e): SignInFault => ({
    code: 'not-yaml',
    line: lineAt(e.pos[0]),
    key: '',
    detail: e.message.split('\n')[0] ?? '',
  }))
  if (broken.length > 0) throw refusal(file, broken)
  const placed = ({ at, ...fault }: Fault): SignInFault => ({ ...fault, key: at.join('.'), line: lineOf(at) })
  const lineOf = (at: Place): number => {
    for (let n = at.length; n >= 0; n -= 1) {
      const node = n === 0 ? doc.contents : doc.getIn(at.slice(0, n), true)
      if (isNode(node) && node.range) return lineAt(node.range[0])
    }
    return 1
  }
  const parsed = signInFileSchema.safeParse(doc.toJS())
  if (!parsed.success) throw refusal(file, parsed.error.issues.flatMap(faultsOf).map(placed))
  const { secrets, faults } = readSecrets(parsed.data, environment)
  const all = [...faults, ...checkMeaning(parsed.data)]
  if (all.length > 0) throw refusal(file, all.map(placed))
  return {
    providers: parsed.data.providers.map((p, i): Provider => ({ ...p, clientSecret: secrets[i] })),
    sessions: parsed.data.sessions,
    clockToleranceSeconds: parsed.data['clock-tolerance-seconds'],
  }
}

const refusal = (file: string, faults: readonly SignInFault[]) =>
  new AppError('unavailable', { reason: 'sign-in-file', file, faults: faults.toSorted((a, b) => a.line - b.line) })

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  const at = issue.path
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ code: 'unknown-key', at: [...at, key], detail: key }))
  if (issue.code === 'invalid_value') return [{ code: 'one-of', at, detail: issue.values.map(String).join(', ') }]
  if (issue.code === 'invalid_union') return [{ code: 'one-of', at, detail: '{ file: … }, { environment: … }' }]
  if (issue.code === 'invalid_type' && /received undefined/.test(issue.message))
    return [{ code: 'missing', at, detail: issue.expected }]
  return [{ code: 'form', at, detail: issue.message }]
}

function readSecrets(file: SignInFile, environment: (name: string) => string | undefined) {
  const faults: Fault[] = []
  const secrets = file.providers.map(({ clientSecret: named }, i) => {
    const at = ['providers', i, 'client-secret']
    if (named === undefined) return undefined
    if ('environment' in named) {
      const value = environment(named.environment)
      if (!value) faults.push({ code: 'secret-variable', at, detail: named.environment })
      return value
    }
    try {
      const value = readFileSync(named.file, 'utf8').trim()
      if (value !== '') return value
    } catch {
      // Said below, as for an empty one.
    }
    faults.push({ code: 'secret-file', at, detail: named.file })
    return undefined
  })
  return { secrets, faults }
}

function checkMeaning({ providers }: SignInFile): Fault[] {
  return providers.flatMap((p, i): Fault[] => {
    const at = (key: string) => ['providers', i, key]
    const { protocol, hostname } = new URL(p.issuer)
    const needsOrganisation = p.unknownPerson === 'create' && p.claims.organisation === undefined
    const knownByNothing = p.unknownPerson === 'refuse' && p.claims.person === undefined
    return [
      ...(protocol === 'https:' || isLoopback(hostname)
        ? []
        : [{ code: 'issuer-not-https', at: at('issuer'), detail: p.issuer } as const]),
      ...(providers.findIndex(({ id }) => id === p.id) === i
        ? []
        : [{ code: 'id-twice', at: at('id'), detail: p.id } as const]),
      ...(needsOrganisation ? [{ code: 'organisation-needed', at: at('claims'), detail: '' } as const] : []),
      ...(knownByNothing ? [{ code: 'person-needed', at: at('claims'), detail: '' } as const] : []),
    ]
  })
}
