import { policySetTextToParts, policyToJson } from '@cedar-policy/cedar-wasm/nodejs'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Name } from '#access/model.ts'

/** One policy as it stands in its file. */
export type Policy = {
  readonly id: string
  readonly effect: 'permit' | 'forbid'
  /** What it permits or forbids, one sentence in each language. */
  readonly words: Name
  /** `DS-920` with items of its roles, or `preset`. */
  readonly source: string
  readonly file: string
  /** From 1. */
  readonly line: number
  readonly text: string
}

/** What is wrong with a folder of policies. `message`: what Cedar says, in English. */
export type PolicyFault = {
  readonly file: string
  readonly line: number
  readonly fault: PolicyFaultCode
  readonly policy?: string
  readonly message?: string
}
export type PolicyFaultCode =
  | 'not-readable'
  | 'no-policies'
  | 'syntax'
  | 'template'
  | 'annotation-missing'
  | 'id-twice'
  | 'schema-elsewhere'
  | 'action-unknown'
  | 'does-not-fit'

export type PolicyFiles = {
  readonly schema: { readonly file: string; readonly text: string }
  readonly policies: readonly Policy[]
  readonly faults: readonly PolicyFault[]
}

const schemaName = 'tenbin.cedarschema'
const needed = ['id', 'ja', 'en', 'source'] as const

/**
 * Policies of several folders. A file in a later folder stands in the place of the one of the same name before it; other
 * names add to them. The schema is that of the first folder.
 */
export function readPolicyFiles(folders: readonly string[]): PolicyFiles {
  const faults: PolicyFault[] = []
  const files = new Map<string, string>()
  folders.forEach((folder, n) => {
    for (const name of namesIn(folder, faults)) {
      if (name.endsWith('.cedar')) files.set(name, join(folder, name))
      if (name.endsWith('.cedarschema') && n > 0)
        faults.push({ file: join(folder, name), line: 1, fault: 'schema-elsewhere' })
    }
  })
  const schemaFile = join(folders[0] ?? '', schemaName)
  const schema = { file: schemaFile, text: textOf(schemaFile, faults) ?? '' }
  const policies = [...files.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, file]) => policiesIn(file, textOf(file, faults), faults))
  if (policies.length === 0 && faults.length === 0)
    faults.push({ file: folders.join(':'), line: 1, fault: 'no-policies' })
  return { schema, policies, faults: [...faults, ...doubles(policies)] }
}

function namesIn(folder: string, faults: PolicyFault[]): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    faults.push({ file: folder, line: 1, fault: 'not-readable', message: (error as Error).message })
    return []
  }
}

function textOf(file: string, faults: PolicyFault[]): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (error) {
    faults.push({ file, line: 1, fault: 'not-readable', message: (error as Error).message })
    return undefined
  }
}

const lineAt = (text: string, position: number) => text.slice(0, position).split('\n').length
/** Cedar counts bytes. @returns the line, from 1 */
export const lineAtByte = (text: string, byte: number): number => {
  const bytes = Buffer.from(text)
  return lineAt(bytes.toString(), bytes.subarray(0, byte).toString().length)
}

function policiesIn(file: string, text: string | undefined, faults: PolicyFault[]): Policy[] {
  if (text === undefined) return []
  const parts = policySetTextToParts(text)
  if (parts.type === 'failure') {
    const errors = parts.errors.map((e) => ({ line: lineAtByte(text, e.sourceLocations?.[0]?.start ?? 0), ...e }))
    faults.push(...errors.map(({ line, message }) => ({ file, line, fault: 'syntax' as const, message })))
    return []
  }
  const at = (part: string) => lineAt(text, Math.max(0, text.indexOf(part)))
  faults.push(...parts.policy_templates.map((part) => ({ file, line: at(part), fault: 'template' as const })))
  return parts.policies
    .map((part) => ({ part, line: at(part) }))
    .toSorted((a, b) => a.line - b.line)
    .flatMap(({ part, line }) => policyOf(file, line, part, faults))
}

function policyOf(file: string, line: number, text: string, faults: PolicyFault[]): Policy[] {
  const parsed = policyToJson(text)
  if (parsed.type === 'failure') {
    faults.push({ file, line, fault: 'syntax', message: parsed.errors[0]?.message ?? '' })
    return []
  }
  const { effect, annotations = {} } = parsed.json
  const said = (name: (typeof needed)[number]) => (annotations[name] ?? '').trim()
  const missing = needed.filter((name) => said(name) === '')
  faults.push(
    ...missing.map((name) => ({
      file,
      line,
      fault: 'annotation-missing' as const,
      policy: said('id'),
      message: `@${name}`,
    })),
  )
  if (missing.length > 0) return []
  return [
    { id: said('id'), effect, words: { ja: said('ja'), en: said('en') }, source: said('source'), file, line, text },
  ]
}

function doubles(policies: readonly Policy[]): PolicyFault[] {
  const seen = new Set<string>()
  return policies.flatMap(({ id, file, line }) => {
    const twice = seen.has(id)
    seen.add(id)
    return twice ? [{ file, line, fault: 'id-twice' as const, policy: id }] : []
  })
}
