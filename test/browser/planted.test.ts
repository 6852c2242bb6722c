import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { fields } from '#register/fields.ts'
import { paths } from '#web/paths.ts'
import { enterAs, openBrowser, visit } from '#test/browser.ts'
import { type Running, type SignedIn, signIn, startServer } from '#test/server.ts'
import { ownOrganisation } from '#test/writers.ts'

/** Each would call `planted()` if any of it ran, or shows itself as markup if it were taken for that. */
const scripts = [
  `<script>planted(1)</script>`,
  `"><img src=x onerror="planted(2)">`,
  `<svg onload=planted(3)>`,
  `javascript:planted(4)`,
  `{{constructor.constructor('planted(5)')()}}`,
  `</title><script>planted(6)</script>`,
] as const
const evil = (n: number) => `甲${n} ${scripts[n % scripts.length]}`

let browser: Browser
let server: Running
let who: SignedIn
let screens: string[]
beforeAll(async () => {
  server = await startServer({ args: ['--no-demo'] })
  browser = await openBrowser()
  who = await signIn(server.address, 'caio')
  screens = await plantEverywhere()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const made = async <T>(answer: Promise<Response>): Promise<T> => {
  const given = await answer
  const body = (await given.json()) as T
  if (!given.ok) throw new Error(`${given.status} ${JSON.stringify(body)}`)
  return body
}

/** Every text that a person may write about a system, an organisation, a supplier, a model, a view and an import. */
async function plantEverywhere(): Promise<string[]> {
  const organisationId = await ownOrganisation(who)
  await made(who.send('POST', '/api/v1/suppliers', { name: evil(1) }))
  await made(who.send('POST', '/api/v1/models', { name: evil(2) }))
  const system = await made<{ id: string; uses: { id: string }[] }>(
    who.send('POST', '/api/v1/systems', {
      organisationId,
      facts: { ...textsOf('system'), stage: { value: 'planning' } },
      uses: [{ facts: { ...textsOf('use'), 'users-kind': { value: 'own-ministry' } } }],
    }),
  )
  await made(
    who.send(
      'PATCH',
      `/api/v1/systems/${system.id}`,
      { facts: { name: { value: evil(4) } }, reason: evil(5) },
      { 'if-match': '"1"' },
    ),
  )
  await made(
    who.send('POST', '/api/v1/organisations', {
      name: { ja: evil(0), en: evil(1) },
      kind: 'division',
      parentId: organisationId,
    }),
  )
  await made(who.send('POST', '/api/v1/saved-views', { name: evil(2), query: { q: evil(3) } }))
  const csv = `システム名称,所管部署,目的・概要\n"${evil(1).replaceAll('"', '""')}","${evil(2).replaceAll('"', '""')}","${evil(3).replaceAll('"', '""')}"\n,,\n`
  const { sha256 } = await made<{ sha256: string }>(
    who.upload('/api/v1/import-files', 'a<img src=x onerror=planted(7)>.csv', Buffer.from(csv)),
  )
  const fileName = 'a<img src=x onerror=planted(7)>.csv'
  const { id } = await made<{ id: string }>(who.send('POST', '/api/v1/imports', { sha256, fileName }))
  const use = system.uses[0]!
  return [
    paths.overview(),
    paths.register(),
    paths.register({ q: evil(1) }),
    paths.register({ q: '甲' }),
    paths.registerNew(),
    paths.models(),
    paths.system(system.id),
    paths.systemEdit(system.id),
    paths.systemHistory(system.id),
    paths.useFinder(use.id),
    paths.imports(),
    paths.import(id),
    paths.notReported(),
    paths.organisations(),
    paths.organisations({ show: 'people' }),
    paths.log(),
    `/${encodeURIComponent(evil(2))}`,
    paths.signIn({ to: `javascript:planted(8)` }),
  ]
}

/** Every field of the register that takes a text of one's own. */
const textsOf = (scope: 'system' | 'use') =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([id, field], i) =>
      field.scope === scope && field.kind === 'text' ? [[id, { value: evil(i) }]] : [],
    ),
  )

describe.each(['ja', 'en'] as const)('HTML and script in every text that is shown, in %s', (language) => {
  it('are shown as the text they are, and nothing of them runs', async () => {
    const { page, context, foreign, errors } = await visit(browser, server.address, language)
    const ran: unknown[] = []
    await page.exposeFunction('planted', (n: unknown) => void ran.push(n))
    page.on('dialog', (dialog) => {
      ran.push(dialog.message())
      void dialog.dismiss()
    })
    await enterAs(context, server.address, 'caio')
    let shown = 0
    const markup: string[] = []
    for (const address of screens) {
      await page.goto(`${server.address}${address}`)
      await page.locator('main h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      const text = await page.locator('body').innerText()
      if (/甲\d/.test(text) && text.includes('planted(')) shown += 1
      const found = (await page.evaluate(
        `document.querySelectorAll('img[src="x"], svg[onload], script:not([src]), [onerror], a[href^="javascript:"]').length`,
      )) as number
      if (found > 0) markup.push(address)
    }
    expect(ran).toEqual([])
    expect(markup).toEqual([])
    expect(foreign).toEqual([])
    expect(errors).toEqual([])
    // The texts were really there to be taken for markup.
    expect(shown).toBeGreaterThan(6)
    await context.close()
  })
})
