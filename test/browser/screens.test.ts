import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Role } from '#access/model.ts'
import { paths } from '#web/paths.ts'
import { enterAs, expectAccessible, type Language, openBrowser, visit } from '#test/browser.ts'
import { ministryCsv } from '#test/imports.ts'
import { type Running, signIn, startServer } from '#test/server.ts'

let browser: Browser
let server: Running
type Screen = [name: string, address: string, role?: Role]
let screens: Screen[]

type Uses = { items: { useId: string; systemId: string; verdict: string }[] }

beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  screens = await screensWith(server.address)
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** Every screen, with records of the demonstration and of an import in the ones that show a record. */
async function screensWith(address: string): Promise<Screen[]> {
  const who = await signIn(address, 'caio')
  const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T
  const { items } = await json<Uses>(who.get('/api/v1/uses?limit=100'))
  const weighed = items.find((use) => use.verdict === 'consult-board')!
  const open = items.find((use) => use.verdict === 'not-reported')!
  const handed = await json<{ sha256: string }>(
    who.upload('/api/v1/import-files', '台帳.csv', Buffer.from(ministryCsv)),
  )
  const reading = { sha256: handed.sha256, fileName: '台帳.csv' }
  const { id } = await json<{ id: string }>(who.send('POST', '/api/v1/imports', reading))
  const { catalogs } = await json<{ catalogs: { id: string; edition: string; lists: { id: string }[] }[] }>(
    who.get('/api/v1/catalogs'),
  )
  const catalog = catalogs[0]!
  const me = await json<{ person: { id: string } }>(who.get('/api/v1/me'))
  return [
    ['overview', paths.overview()],
    ['register', paths.register()],
    ['register, filtered', paths.register({ q: '要約', 'f.stage': 'operation' })],
    ['register, nothing found', paths.register({ q: '魑魅魍魎' })],
    ['register, new', paths.registerNew()],
    ['models', paths.models()],
    ['system, weighed', paths.system(weighed.systemId)],
    ['system, not weighed', paths.system(open.systemId)],
    ['system, edit', paths.systemEdit(weighed.systemId)],
    ['system, history', paths.systemHistory(weighed.systemId)],
    ['finder of a use', paths.useFinder(weighed.useId)],
    ['finder', paths.finder()],
    ['imports', paths.imports()],
    ['import, new', paths.importNew()],
    ['import', paths.import(id)],
    ['not reported', paths.notReported()],
    ['catalogs', paths.catalogs()],
    ['catalog', paths.catalog(catalog.id, catalog.edition)],
    ...catalog.lists
      .slice(0, 1)
      .map((list): Screen => ['catalog list', paths.catalogList(catalog.id, catalog.edition, list.id)]),
    ['account', paths.account()],
    ['people', paths.people()],
    ['people, nobody found', paths.people({ q: '魑魅魍魎' })],
    ['person', paths.person(me.person.id)],
    ['organisations', paths.organisations()],
    ['people with a role', paths.organisations({ show: 'people' })],
    ['rights', paths.organisations({ show: 'rights' })],
    ['policies', paths.organisations({ show: 'policies' })],
    ['log', paths.log()],
    ['log, filtered', paths.log({ type: 'system.registered', from: '2026-01-01', itemKind: 'ai-system' })],
    ['log, nothing found', paths.log({ item: '00000000-0000-4000-8000-000000000000' })],
    ['log, state and verification', paths.log({ show: 'state' })],
    ['notifications', paths.notices()],
    ['about the demonstration', paths.aboutDemo()],
    ['no such screen', '/no-such-screen'],
    ['people, to an administrator', paths.people(), 'administrator'],
    ['person, to an administrator', paths.person(me.person.id), 'administrator'],
    ['organisations, to an administrator', paths.organisations(), 'administrator'],
    ['jobs', paths.jobs(), 'administrator'],
    ['webhooks', paths.webhooks(), 'administrator'],
  ]
}

describe.each(['ja', 'en'] as const)('the screens in %s', (language: Language) => {
  it('are accessible, fit 1280 and 360 pixels, complain of nothing and ask nobody else', async () => {
    const { page, context, foreign, errors } = await visit(browser, server.address, language)
    await page.goto(`${server.address}${paths.signIn()}`)
    await page.locator('main h1').waitFor()
    await expectAccessible(page, `sign-in ${language}`)
    const faults: string[] = []
    let acting: Role | undefined
    for (const [name, address, role = 'caio'] of screens) {
      if (role !== acting) await enterAs(context, server.address, role)
      acting = role
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(`${server.address}${address}`)
      await page.locator('main h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 900 })
        await expectAccessible(page, `${name} (${address}) ${language} ${width}`).catch((error: unknown) =>
          faults.push(String(error)),
        )
      }
      const heads = await page.locator('h1').count()
      if (heads !== 1) faults.push(`${name}: ${heads} first headings`)
      const lang = await page.locator('html').getAttribute('lang')
      if (lang !== language) faults.push(`${name}: language is ${lang}`)
      faults.push(...errors.map((error) => `${name}: ${error}`), ...foreign.map((url) => `${name}: asks ${url}`))
      ;(errors as string[]).length = 0
      ;(foreign as string[]).length = 0
    }
    expect(screens.length).toBeGreaterThan(20)
    expect(faults).toEqual([])
    await context.close()
    // Some forty screens at two widths: minutes on a busy machine.
  }, 480_000)
})
