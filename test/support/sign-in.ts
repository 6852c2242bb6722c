import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type AppDeps, createApp } from '#wiring/app.ts'
import { assembleOn } from '#wiring/assemble.ts'
import { readConfig } from '#settings/config.ts'
import type { Database } from '#platform/database.ts'
import { noLimits } from '#test/app.ts'
import { clientId, clientSecret, type IdentityProvider, identityProvider } from '#test/identity-provider.ts'
import { freePort } from '#test/server.ts'

/** The claim map of the tests. */
const usualProvider = {
  'unknown-person': 'create',
  claims: {
    person: 'user_name',
    name: 'name',
    post: 'post',
    organisation: { claim: 'organisation' },
    roles: {
      claim: 'roles',
      map: [
        { value: 'ai-planner', role: 'planner' },
        { value: 'ai-head', role: 'caio', 'held-for': 'ministry' },
      ],
    },
  },
}

export type SignInServer = {
  readonly address: string
  readonly provider: IdentityProvider
  readonly other: IdentityProvider
  /** How far the clock of the server stands before the true one, ms. */
  readonly clock: { ahead: number }
  readonly stop: () => Promise<unknown>
}

type Prepared = Pick<SignInServer, 'address' | 'provider' | 'other'> & { readonly port: number; readonly deps: AppDeps }

/** Providers and rule sets take longest to begin, and serve every test of a database. */
const prepared = new Map<Database, Promise<Prepared>>()

async function prepare(database: Database): Promise<Prepared> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const [provider, other] = [await identityProvider(address), await identityProvider(address, 'midori')]
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-sign-in-'))
  const shared = { 'client-id': clientId, 'client-secret': { file: join(folder, 'secret') } }
  const names = [
    { ja: 'あおば省の認証', en: 'Aoba sign-in' },
    { ja: 'みどり庁の認証', en: 'Midori sign-in' },
  ]
  const file = {
    format: 'tenbin-sign-in/1',
    providers: [
      { id: 'aoba', name: names[0], issuer: provider.issuer, ...shared, ...usualProvider },
      { id: 'midori', name: names[1], issuer: other.issuer, ...shared, claims: { person: 'user_name' } },
    ],
  }
  writeFileSync(join(folder, 'secret'), `${clientSecret}\n`)
  // Every JSON text is YAML.
  writeFileSync(join(folder, 'sign-in.yaml'), JSON.stringify(file))
  const config = readConfig({
    TENBIN_DATA_DIR: folder,
    TENBIN_SIGN_IN: join(folder, 'sign-in.yaml'),
    TENBIN_PUBLIC_ADDRESS: address,
    ...noLimits,
  })
  const deps = assembleOn(database, config, (error) => {
    throw error
  })
  return { port, address, provider, other, deps }
}

/** The server on a real port, with two real providers: `aoba`, and `midori` that says nothing of roles. */
export async function signInServer(database: Database): Promise<SignInServer> {
  const ready = prepared.get(database) ?? prepare(database)
  prepared.set(database, ready)
  const { port, address, provider, other, deps } = await ready
  for (const one of [provider, other]) Object.assign(one, { account: '', tamper: undefined, broken: false })
  const clock = { ahead: 0 }
  const app = await createApp({ ...deps, now: () => new Date(Date.now() + clock.ahead) })
  await app.listen({ port, host: '127.0.0.1' })
  return { address, provider, other, clock, stop: () => app.close() }
}

/** A browser as far as sign-in needs one: cookies by host, and redirects one by one. */
export function visitor(address: string) {
  const jars = new Map<string, Map<string, string>>()
  const jarOf = (url: string) => {
    const { host } = new URL(url)
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    return jar
  }
  const go = async (
    url: string,
    options: { method?: string; body?: string; headers?: Record<string, string> } = {},
  ): Promise<Response> => {
    const jar = jarOf(url)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(url, {
      redirect: 'manual',
      ...options,
      headers: { accept: 'text/html', cookie, ...options.headers },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ')
      const at = pair.indexOf('=')
      const gone = attributes.some((a) => /^expires=Thu, 01 Jan 1970/i.test(a) || /^max-age=0$/i.test(a))
      if (gone) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return answer
  }
  const api = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    go(`${address}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        origin: address,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
  /** @returns the address of the callback, which was not opened yet */
  const untilCallback = async (provider: string, next?: string): Promise<string> => {
    const begun = await api('POST', `/api/v1/sign-in/${provider}`, next === undefined ? {} : { next })
    if (begun.status !== 200) throw new Error(await begun.text())
    let { to } = (await begun.json()) as { to: string }
    for (let hops = 0; !to.startsWith(`${address}/api/v1/sign-in/`); hops += 1) {
      const answer = await go(to)
      const location = answer.headers.get('location')
      if (location === null || hops > 10) throw new Error(`${answer.status} at ${to}: ${await answer.text()}`)
      to = new URL(location, to).href
    }
    return to
  }
  /** @returns where one lands */
  const signIn = async (provider: string, next?: string): Promise<string> => {
    const answer = await go(await untilCallback(provider, next))
    return answer.headers.get('location') ?? `${answer.status} ${await answer.text()}`
  }
  return { go, api, untilCallback, signIn, cookies: () => jarOf(address), jarOf }
}
