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
  catalog: ['platform', 'audit', 'access'],
  register: ['platform', 'audit', 'access', 'catalog'],
  finder: ['platform', 'audit', 'access', 'catalog', 'register'],
  overview: ['platform', 'audit', 'access', 'catalog', 'register', 'finder'],
  demo: ['platform', 'audit', 'access', 'catalog', 'register', 'finder'],
}

/** The wiring may import everything; nothing imports the wiring but the command line, which is part of it. */
export const wiring = ['main.ts', 'app.ts', 'assemble.ts', 'first-start.ts', 'greeting.ts', 'config.ts', 'cli']

/** The web app shares types, schemas and pure rules with the server, never storage or HTTP. */
export const sharedWithWeb =
  /^src\/(\w+\/(api[\w-]*|model[\w-]*|workflow|fields)|catalog\/(?!load|commands|library|digest|.*routes|.*-files)[\w-]+|finder\/(prefill|rests-on)|register\/(search-key|wareki))\.ts$/

export type Import = { readonly from: string; readonly to: string }

/** All TypeScript files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return name === 'dist' || name === 'node_modules' ? [] : filesBelow(path)
    return /\.tsx?$/.test(name) ? [path] : []
  })
}

/** What a file imports from the project itself, as paths from the project's root. */
export function importsOf(file: string, text = readFileSync(file, 'utf8')): Import[] {
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'((?:\.|#)[^']+)'/g)
  return [...found].map(([, name = '']) => {
    if (name.startsWith('#test/')) return { from: file, to: join('test/support', name.slice(6)) }
    if (name.startsWith('#web/')) return { from: file, to: name.slice(1) }
    if (name.startsWith('#')) return { from: file, to: join('src', name.slice(1)) }
    return { from: file, to: normalize(join(dirname(file), name)) }
  })
}

/** @returns why the import is not in the table, or nothing */
export function faultOf({ from, to }: Import): string | undefined {
  if (from.includes('.test.') || from.startsWith('test/') || from.startsWith('bench/')) return undefined
  if (from.startsWith('web/')) return webFault(from, to)
  const [, room = '', ...rest] = from.split('/')
  const [top = '', target = ''] = to.split('/')
  if (wiring.includes(room)) return undefined
  if (top !== 'src') return `${from} imports ${to}: the server imports from src/ only`
  if (wiring.includes(target)) return `${from} imports ${to}: nothing imports the wiring`
  if (target === room) return rest.length > 0 ? undefined : `${from}: a file outside the rooms`
  const table = rooms[room]
  if (!table) return `${from}: ${room} is not a room of the table`
  return table.includes(target) ? undefined : `${from} imports ${to}: ${room} may not import ${target}`
}

function webFault(from: string, to: string): string | undefined {
  if (to.startsWith('web/')) return undefined
  return sharedWithWeb.test(to) ? undefined : `${from} imports ${to}: not shared with the web app`
}
