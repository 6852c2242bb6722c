// `npm run licences`: every package of the lock file with its licence, one a line; fails on one outside licences.yaml.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

import { fromRoot } from '#platform/root.ts'

const allowedSchema = z.strictObject({
  delivered: z.array(z.string()),
  tools: z.array(z.string()),
  page: z.array(z.string()),
  stated: z.array(
    z.strictObject({ name: z.string(), version: z.string(), licence: z.string(), where: z.string().min(1) }),
  ),
})
type Allowed = z.infer<typeof allowedSchema>

export type Package = {
  readonly name: string
  readonly version: string
  /** SPDX expression; nothing when the package names none. */
  readonly licence: string | undefined
  /** Only for building and testing. */
  readonly tool: boolean
}

type Entry = {
  version?: string
  license?: string
  dev?: boolean
  link?: boolean
  dependencies?: Record<string, string>
}
type Entries = Readonly<Record<string, Entry>>

export function packagesOf(lockFile: string, folder: string, page = allowedLicences().page): Package[] {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as { packages: Entries }
  const inPage = reachedFrom(
    page.map((name) => `node_modules/${name}`),
    packages,
  )
  return Object.entries(packages).flatMap(([path, entry]) => {
    if (path === '' || entry.link === true) return []
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const tool = entry.dev === true && !inPage.has(path)
    return [{ name, version: entry.version ?? '', licence: entry.license ?? ownWords(join(folder, path)), tool }]
  })
}

/** npm calls what the page is built from tools; yet a browser runs it, with all that it needs in turn. */
function reachedFrom(paths: readonly string[], packages: Entries): ReadonlySet<string> {
  const reached = new Set<string>()
  const visit = (path: string): void => {
    const entry = packages[path]
    if (entry === undefined || reached.has(path)) return
    reached.add(path)
    for (const name of Object.keys(entry.dependencies ?? {})) visit(placeOf(name, path, packages))
  }
  paths.forEach(visit)
  return reached
}

/** Where Node finds a package from another: the nearest node_modules on the way up. */
function placeOf(name: string, from: string, packages: Entries): string {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (packages[place] !== undefined || at === '') return place
  }
}

/** Older packages list `licenses: [{ type }]`. */
function ownWords(folder: string): string | undefined {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return undefined
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as { license?: unknown; licenses?: unknown }
  if (typeof license === 'string') return license
  const types = Array.isArray(licenses) ? licenses.map((one) => (one as { type?: unknown }).type) : []
  return types.length > 0 && types.every((type) => typeof type === 'string') ? types.join(' AND ') : undefined
}

/** SPDX expression of names with OR, AND and brackets: of OR one must be allowed, of AND all. */
export function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? []
  const one = (): boolean => {
    const token = tokens.shift()
    if (token !== '(') return token !== undefined && allowed.has(token)
    const inner = any()
    return tokens.shift() === ')' && inner
  }
  const all = (): boolean => {
    let every = one()
    while (tokens[0] === 'AND' && tokens.shift()) every = one() && every
    return every
  }
  const any = (): boolean => {
    let some = all()
    while (tokens[0] === 'OR' && tokens.shift()) some = all() || some
    return some
  }
  return any() && tokens.length === 0
}

/** @returns the packages whose licence is not allowed where they are used */
export function refusedOf(packages: readonly Package[], allowed: Allowed): Package[] {
  const delivered = new Set(allowed.delivered)
  const tools = new Set([...allowed.delivered, ...allowed.tools])
  return packages.filter((one) => {
    const licence = one.licence ?? statedOf(one, allowed)
    return licence === undefined || !isAllowed(licence, one.tool ? tools : delivered)
  })
}

const statedOf = ({ name, version }: Package, { stated }: Allowed) =>
  stated.find((one) => one.name === name && one.version === version)?.licence

export const allowedLicences = (): Allowed =>
  allowedSchema.parse(parse(readFileSync(fromRoot('scripts/licences.yaml'), 'utf8')))

function list(): number {
  const allowed = allowedLicences()
  const packages = packagesOf(fromRoot('package-lock.json'), fromRoot(''))
  const refused = refusedOf(packages, allowed)
  for (const one of packages.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    process.stdout.write(
      `${[one.name, one.version, one.licence ?? statedOf(one, allowed) ?? '?', one.tool ? 'tool' : 'delivered', ...(refused.includes(one) ? ['REFUSED'] : [])].join('\t')}\n`,
    )
  process.stderr.write(`${packages.length} packages, ${refused.length} refused\n`)
  return refused.length > 0 ? 1 : 0
}

if (import.meta.main) process.exitCode = list()
