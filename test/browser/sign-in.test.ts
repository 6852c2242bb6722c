import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import { paths } from '#web/paths.ts'
import { expectAccessible, type Language, openBrowser, visit } from '#test/browser.ts'
import { databaseOf } from '#test/engines.ts'
import { make } from '#test/people.ts'
import { type SignInServer, signInServer } from '#test/sign-in.ts'

let browser: Browser
let server: SignInServer
let database: Database
const shots = process.env['TENBIN_SHOTS']

beforeAll(async () => {
  database = await databaseOf('pglite')
  server = await signInServer(database)
  browser = await openBrowser()
  const { id } = await make.organisation(database.db)
  await sql`update organisation set code = 'AOBA', name_en = 'Ministry of Aoba' where id = ${id}`.execute(database.db)
  server.provider.accounts['u-1'] = {
    name: '青木 さくら',
    post: 'AI統括責任者補佐',
    organisation: 'AOBA',
    roles: ['ai-planner', 'ai-head'],
    user_name: 'aoki',
  }
  server.provider.accounts['u-2'] = { user_name: 'x', organisation: 'NOWHERE', roles: ['ai-planner'] }
})
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const words = {
  ja: {
    by: 'あおば省の認証でサインインする',
    menu: /役割とサインイン/,
    account: 'アカウント',
    planner: /企画者に切り替える/,
    everywhere: 'すべての端末でサインアウトする',
    unknown: /「organisation」が示す組織が、天秤にありません。/,
    other: /Linux.*Chrome.*をサインアウトする/,
    refused: '認証サービスがサインインを認めませんでした。',
  },
  en: {
    by: 'Sign in with Aoba sign-in',
    menu: /Role and sign-in/,
    account: 'Account',
    planner: /Switch to .*lanner/,
    everywhere: 'Sign out everywhere',
    unknown: /claim "organisation" is not in Tenbin/,
    other: /Sign out Chrome on Linux/,
    refused: 'The identity provider did not let you in.',
  },
} as const

describe.each(['ja', 'en'] as const)('sign-in through a provider in %s', (language: Language) => {
  const t = words[language]

  it('leads by keyboard from the sign-in screen through the provider to where one was going, and out again everywhere', async () => {
    server.provider.account = 'u-1'
    const { page, context } = await visit(browser, server.address, language)
    const look = async (name: string) => {
      for (const width of [1280, 360]) {
        await page.setViewportSize({ width, height: 900 })
        await expectAccessible(page, `${name} ${language} ${width}`)
        if (shots) await page.screenshot({ path: `${shots}/${name}-${language}-${width}.png`, fullPage: true })
      }
      await page.setViewportSize({ width: 1280, height: 900 })
    }
    await page.goto(`${server.address}${paths.account()}`)
    await page.getByRole('button', { name: t.by }).focus()
    await look('sign-in')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${server.address}${paths.account()}`)
    await page.getByRole('heading', { level: 1, name: t.account }).waitFor()
    await page.getByRole('button', { name: t.everywhere }).waitFor()
    await look('account')

    const other = await visit(browser, server.address, language)
    await other.page.goto(`${server.address}${paths.signIn()}`)
    await other.page.getByRole('button', { name: t.by }).click()
    await other.page.waitForURL(`${server.address}/`)
    await page.reload()
    await page.getByRole('button', { name: t.other }).nth(1).waitFor()
    expect(await page.getByRole('button', { name: t.other }).count()).toBe(2)

    await page.getByRole('button', { name: t.planner }).press('Enter')
    await page.getByRole('button', { name: t.planner }).waitFor({ state: 'detached' })
    await page.getByRole('button', { name: t.menu }).press('Enter')
    await page.getByRole('menu').waitFor()
    await expectAccessible(page, `menu ${language}`)
    if (shots) await page.screenshot({ path: `${shots}/menu-${language}.png` })
    expect(await page.getByRole('menuitemradio').count()).toBe(2)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: t.everywhere }).press('Enter')
    await page.getByRole('alertdialog').getByRole('button', { name: t.everywhere }).press('Enter')
    await page.waitForURL(/\/sign-in/)
    await other.page.goto(`${server.address}${paths.account()}`)
    await other.page.waitForURL(/\/sign-in\?next=/)
    await other.context.close()
    await context.close()
  })

  it('that is refused says why in words, and an address that carries other words is not believed', async () => {
    server.provider.account = 'u-2'
    const { page, context } = await visit(browser, server.address, language)
    await page.goto(`${server.address}${paths.signIn()}`)
    await page.getByRole('button', { name: t.by }).click()
    await page.getByText(t.unknown).waitFor()
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 })
      await expectAccessible(page, `refused ${language} ${width}`)
      if (shots) await page.screenshot({ path: `${shots}/refused-${language}-${width}.png`, fullPage: true })
    }
    const lie = '<b>call 000-0000</b>'
    await page.goto(`${server.address}${paths.signIn({ fault: 'organisation-unknown', claim: lie })}`)
    await page.getByRole('button', { name: t.by }).waitFor()
    expect(await page.locator('main').textContent()).not.toContain('000-0000')
    await page.goto(`${server.address}${paths.signIn({ fault: 'provider-refused' })}`)
    await page.getByText(t.refused).waitFor()
    await context.close()
  })
})
