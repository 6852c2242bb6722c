import { QueryClient } from '@tanstack/react-query'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { paths } from '#web/paths.ts'
import { enterAs, expectAccessible, type Language, openBrowser, visit } from '#test/browser.ts'
import { type Screen, screensWith } from '#test/screens.ts'
import { type Running, startServer } from '#test/server.ts'
import { en } from '#web/texts/en.ts'
import { ja } from '#web/texts/ja.ts'
import { createAppRouter } from '#web/router.tsx'

const texts = { ja, en } as const
let browser: Browser
let server: Running
let screens: Screen[]

beforeAll(async () => {
  server = await startServer()
  browser = await openBrowser()
  screens = await screensWith(server.address)
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

it('every address of the app is among the screens that are looked at', () => {
  const router = createAppRouter(new QueryClient())
  const looked = new Set(
    [paths.signIn(), ...screens.map(([, address]) => address)].map(
      (address) => router.getMatchedRoutes(new URL(address, server.address).pathname)[2]?.id,
    ),
  )
  const routes = Object.keys(router.routesById).filter((id) => id !== '__root__')
  expect(routes.length).toBeGreaterThan(50)
  expect(routes.filter((id) => !looked.has(id))).toEqual([])
})

describe.each(['ja', 'en'] as const)('the screens in %s', (language: Language) => {
  it('are accessible, fit 1280 and 360 pixels, complain of nothing and ask nobody else', async () => {
    const { page, context, foreign, errors } = await visit(browser, server.address, language)
    await page.goto(`${server.address}${paths.signIn()}`)
    await page.locator('main h1').waitFor()
    await expectAccessible(page, `sign-in ${language}`)
    const faults: string[] = []
    let acting: string | undefined
    for (const [name, address, role = 'caio', named = '', pressed] of screens) {
      if (`${role} ${named}` !== acting) await enterAs(context, server.address, role, named)
      acting = `${role} ${named}`
      await page.setViewportSize({ width: 1280, height: 900 })
      await page.goto(`${server.address}${address}`)
      await page.locator('main h1').first().waitFor()
      await page.waitForLoadState('networkidle')
      if (pressed)
        await page
          .getByRole('button', { name: pressed(texts[language]), exact: true })
          .first()
          .click()
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
    expect(faults).toEqual([])
    await context.close()
    // Over a hundred screens at two widths: minutes on a busy machine.
  }, 1_500_000)
})
