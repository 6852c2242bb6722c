import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Tests ask as fast as they can. */
const noLimits = Object.fromEntries(
  ['SIGN_IN_ADDRESS', 'SIGN_IN_PERSON', 'REFUSED_TOKENS', 'API', 'API_ADDRESS'].map((what) => [
    `TENBIN_LIMIT_${what}`,
    'off',
  ]),
)

export type Running = {
  readonly address: string
  readonly pid: number
  readonly dataDir: string
  /** What it has printed so far, both streams. */
  readonly printed: () => string
  /** @returns its exit code; null when the signal itself ended it */
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>
  /** Stops it and removes its data. */
  readonly stop: () => Promise<void>
}

/** The server as a process of its own, as a person starts it. @throws Error with what it printed when it does not answer */
export async function startServer(
  options: { dataDir?: string; args?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<Running> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'tenbin-server-'))
  const port = await freePort()
  let text = ''
  const child = spawn(process.execPath, ['src/main.ts', ...(options.args ?? [])], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      ...noLimits,
      ...options.env,
      PORT: String(port),
      TENBIN_HEALTH_PORT: String(port),
      TENBIN_DATA_DIR: dataDir,
    },
  })
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const kill = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
    return child.exitCode
  }
  const address = `http://127.0.0.1:${port}`
  await untilItAnswers(
    address,
    () => child.exitCode,
    () => text,
  )
  return {
    address,
    pid: child.pid!,
    dataDir,
    printed: () => text,
    kill,
    stop: async () => {
      await kill('SIGTERM')
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function untilItAnswers(address: string, exitCode: () => number | null, printed: () => string): Promise<void> {
  const end = Date.now() + 300_000
  while (Date.now() < end) {
    if (exitCode() !== null) throw new Error(`the server ended with ${exitCode()}:\n${printed()}`)
    const ok = await fetch(`${address}/healthz`).then(
      (r) => r.ok,
      () => false,
    )
    // It answers a moment before it has said so; who reads what it printed wants both.
    if (ok && printed().includes(address)) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`no answer:\n${printed()}`)
}

export type SignedIn = {
  readonly cookie: string
  /** The same session at another server on the same database. */
  readonly at: (address: string) => SignedIn
  readonly get: (path: string) => Promise<Response>
  /** Hands a file in, as the import screen does. */
  readonly upload: (path: string, name: string, content: Uint8Array) => Promise<Response>
  /** Sends a body as it is. */
  readonly raw: (method: string, path: string, body: string | undefined) => Promise<Response>
  readonly send: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>
}

/** Signs in over HTTP as the first person who holds the role and whose name has `named`. */
export async function signIn(address: string, role: string, named = ''): Promise<SignedIn> {
  const { people } = (await (await fetch(`${address}/api/v1/people`)).json()) as {
    people: { id: string; roles: string[]; name: { ja: string } }[]
  }
  const person = people.find((p) => p.roles.includes(role) && p.name.ja.includes(named))
  if (!person) throw new Error(`nobody holds the role ${role} ${named}`)
  const answer = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ personId: person.id, role }),
  })
  return signedInWith(answer.headers.getSetCookie()[0]?.split(';')[0] ?? '', address)
}

function signedInWith(cookie: string, address: string): SignedIn {
  const send: SignedIn['send'] = (method, path, body, headers = {}) =>
    fetch(`${address}${path}`, {
      method,
      headers: {
        cookie,
        origin: address,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  const upload: SignedIn['upload'] = (path, name, content) => {
    const body = new FormData()
    body.append('file', new Blob([new Uint8Array(content)]), name)
    return fetch(`${address}${path}`, { method: 'POST', headers: { cookie, origin: address }, body })
  }
  const raw: SignedIn['raw'] = (method, path, body) =>
    fetch(`${address}${path}`, {
      method,
      headers: { cookie, origin: address, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body }),
    })
  const at = (other: string) => signedInWith(cookie, other)
  return { get: (path) => send('GET', path), send, raw, upload, at, cookie }
}
