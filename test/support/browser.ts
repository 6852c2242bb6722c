import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

export type Language = 'ja' | 'en'

/** Chromium of the system, without the traffic it makes by itself in the background. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['TENBIN_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-default-apps',
    ],
  })

export type Visit = {
  readonly page: Page
  readonly context: BrowserContext
  readonly foreign: readonly string[]
  readonly errors: readonly string[]
}

/** A fresh visitor. `foreign` collects every request that would leave the machine, `errors` what the page complained of. */
export async function visit(browser: Browser, address: string, language: Language, width = 1280): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const foreign: string[] = []
  const errors: string[] = []
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(address) && !url.startsWith('data:') && !url.startsWith('blob:')) foreign.push(url)
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('the server responded with a status of 4'))
      errors.push(message.text())
  })
  await page.addInitScript((chosen) => localStorage.setItem('tenbin.language', chosen), language)
  return { page, context, foreign, errors }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type AxeResult = {
  violations: { id: string; impact: string | null; nodes: { target: unknown[]; failureSummary?: string }[] }[]
}

/** No critical or serious finding of axe, and nothing wider than the window. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  if (!(await page.evaluate('typeof axe === "object"'))) await page.evaluate(axeSource)
  const result = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResult
  const grave = result.violations
    .filter((v) => v.impact === 'critical' || v.impact === 'serious')
    .map((v) => ({ screen: name, id: v.id, where: v.nodes.slice(0, 3).map((n) => String(n.target[0])) }))
  expect(grave, JSON.stringify(grave)).toEqual([])
  const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect(overflow, `${name}: wider than the window by`).toBeLessThanOrEqual(0)
}

/** Signs a visitor in as the first person who holds the role (and whose name has `named`), without the sign-in screen. */
export async function enterAs(context: BrowserContext, address: string, role: string, named = ''): Promise<void> {
  const { people } = (await (await context.request.get(`${address}/api/v1/people`)).json()) as {
    people: { id: string; roles: string[]; name: { ja: string } }[]
  }
  const personId = people.find(({ roles, name }) => roles.includes(role) && name.ja.includes(named))!.id
  const answer = await context.request.post(`${address}/api/v1/session`, {
    data: { personId, role },
    headers: { origin: address },
  })
  expect(answer.ok()).toBe(true)
}
