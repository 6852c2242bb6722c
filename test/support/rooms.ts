import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/**
 * Which room may import from which: the import table of ARCHITECTURE.md. A room may also import itself. The order is the
 * way of a system through the house; what must travel the other way travels as an event in the outbox.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  platform: [],
  audit: ['platform'],
  access: ['platform', 'audit'],
  notifications: ['platform', 'audit', 'access'],
  evidence: ['platform', 'audit', 'access'],
  keeping: ['platform', 'audit', 'access'],
  catalog: ['platform', 'audit', 'access'],
  register: ['platform', 'audit', 'access', 'catalog'],
  finder: ['platform', 'audit', 'access', 'catalog', 'register'],
  consultation: ['platform', 'audit', 'access', 'evidence', 'catalog', 'register', 'finder'],
  procurement: ['platform', 'audit', 'access', 'evidence', 'catalog', 'register', 'finder', 'consultation'],
  'user-rules': [
    'platform',
    'audit',
    'access',
    'evidence',
    'catalog',
    'register',
    'finder',
    'consultation',
    'procurement',
  ],
  stages: [
    'platform',
    'audit',
    'access',
    'evidence',
    'catalog',
    'register',
    'finder',
    'consultation',
    'procurement',
    'user-rules',
  ],
  overview: [
    'platform',
    'audit',
    'access',
    'catalog',
    'register',
    'finder',
    'consultation',
    'procurement',
    'user-rules',
    'stages',
  ],
  demo: [
    'platform',
    'audit',
    'access',
    'evidence',
    'catalog',
    'register',
    'finder',
    'consultation',
    'procurement',
    'user-rules',
    'stages',
  ],
}

/** The wiring may import everything; nothing imports the wiring but the command line, which is part of it. */
export const wiring = ['main.ts', 'wiring', 'settings', 'cli']

/** What the browser has besides our own files: everything else a shared file needs would not be there. */
const inTheBrowser = new Set(['zod'])

export type Import = {
  readonly from: string
  readonly to: string
  /** Leaves no trace when the types are stripped. */
  readonly typeOnly: boolean
}

/** All TypeScript files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'dist' || name === 'node_modules' ? [] : filesBelow(path)
    return /\.tsx?$/.test(name) ? [path] : []
  })
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?([^'";]*?)\s*from\s*'([^']+)'|import\s*\(\s*'([^']+)'|import\s+'([^']+)'/g

/** Everything a file imports, by name as written. */
function namesIn(text: string): { name: string; typeOnly: boolean }[] {
  return [...text.matchAll(statement)].map(([, type, what = '', from, lazy, bare]) => ({
    name: from ?? lazy ?? bare ?? '',
    typeOnly: type !== undefined || /^\{(\s*type\s[^,}]*,?)+\s*\}$/.test(what),
  }))
}

function pathOf(file: string, name: string): string | undefined {
  if (name.startsWith('#test/')) return join('test/support', name.slice(6))
  if (name.startsWith('#web/')) return name.slice(1)
  if (name.startsWith('#')) return join('src', name.slice(1))
  return name.startsWith('.') ? normalize(join(dirname(file), name)) : undefined
}

/** What a file imports from the project itself, as paths from the project's root. */
export function importsOf(file: string, text = readFileSync(file, 'utf8')): Import[] {
  return namesIn(text).flatMap(({ name, typeOnly }) => {
    const to = pathOf(file, name)
    return to === undefined ? [] : [{ from: file, to, typeOnly }]
  })
}

/** @returns why the import is not in the table, or nothing */
export function faultOf(one: Import): string | undefined {
  const { from, to } = one
  if (/\.test[.-]/.test(from) || from.startsWith('test/') || from.startsWith('bench/')) return undefined
  if (from.startsWith('web/')) return webFault(one)
  const [, room = '', ...rest] = from.split('/')
  const [top = '', target = ''] = to.split('/')
  if (top !== 'src') return `${from} imports ${to}: the server imports from src/ only`
  if (wiring.includes(room)) return undefined
  if (wiring.includes(target)) return `${from} imports ${to}: nothing imports the wiring`
  if (target === room) return rest.length > 0 ? undefined : `${from}: a file outside the rooms`
  const table = rooms[room]
  if (!table) return `${from}: ${room} is not a room of the table`
  return table.includes(target) ? undefined : `${from} imports ${to}: ${room} may not import ${target}`
}

/** The web app may use whatever runs in a browser: the shared file and all that it imports in turn. */
function webFault({ from, to, typeOnly }: Import): string | undefined {
  if (to.startsWith('web/') || typeOnly) return undefined
  const stranger = strangerBelow(to)
  return stranger === undefined ? undefined : `${from} imports ${to}: not for the browser, it needs ${stranger}`
}

const strangers = new Map<string, string | undefined>()

/** The first package or Node module that a file needs when it runs and that the browser does not have. */
function strangerBelow(file: string): string | undefined {
  if (strangers.has(file)) return strangers.get(file)
  strangers.set(file, undefined) // a circle adds nothing new
  const found = namesIn(readFileSync(file, 'utf8'))
    .filter(({ typeOnly }) => !typeOnly)
    .map(({ name }) => {
      const path = pathOf(file, name)
      return path === undefined ? (inTheBrowser.has(name) ? undefined : name) : strangerBelow(path)
    })
    .find((name) => name !== undefined)
  strangers.set(file, found)
  return found
}
