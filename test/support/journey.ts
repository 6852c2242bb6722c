import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import yauzl from 'yauzl'

import { type Language, visit } from '#test/browser.ts'

type Words = { readonly ja: string; readonly en: string }
type Person = { readonly id: string; readonly name: Words; readonly roles: readonly string[] }

/** People of the demonstration by their Japanese name, and the role each acts in. */
export const actors = {
  planner: ['森 千尋', 'planner'],
  caio: ['緑川 慎', 'caio'],
  office: ['北見 雪', 'caio-office'],
  provider: ['堤 拓也', 'provider'],
  staff: ['沢田 梢', 'user'],
  secretariat: ['富樫 昇', 'secretariat'],
  chair: ['委員A', 'board'],
  memberB: ['委員B', 'board'],
  memberC: ['委員C', 'board'],
  memberD: ['委員D', 'board'],
  memberE: ['委員E', 'board'],
  memberF: ['委員F', 'board'],
} as const
export type ActorName = keyof typeof actors

/** One window of a browser, in which one person after the other signs in. */
export type Journey = Awaited<ReturnType<typeof beginJourney>>

export async function beginJourney(browser: Browser, address: string, language: Language) {
  const visitor = await visit(browser, address, language)
  const { page, context } = visitor
  page.setDefaultTimeout(20_000)
  const { people } = (await (await context.request.get(`${address}/api/v1/people`)).json()) as { people: Person[] }

  /** Over HTTP with the session of who is signed in: for what is repeated and was done on a screen once. */
  async function send<T>(method: string, path: string, data?: unknown, version?: number): Promise<T> {
    const answer = await context.request.fetch(`${address}/api/v1${path}`, {
      method,
      ...(data === undefined ? {} : { data }),
      headers: { origin: address, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) },
    })
    expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true)
    return (answer.status() === 204 ? undefined : await answer.json()) as T
  }

  async function enter(name: ActorName): Promise<void> {
    const [ja, role] = actors[name]
    const person = people.find((one) => one.name.ja === ja && one.roles.includes(role))
    if (person === undefined) throw new Error(`the demonstration has no ${ja} (${role})`)
    await send('POST', '/session', { personId: person.id, role })
  }

  async function opens(path: string): Promise<void> {
    await page.goto(`${address}${path}`)
    await page.locator('main h1').first().waitFor()
  }
  return { ...visitor, address, language, send, enter, opens, ...deedsOn(page) }
}

/** What a person does on a page, by what is read there. */
export function deedsOn(page: Page) {
  const press = async (name: string | RegExp, within: Page | Locator = page) => {
    const button = within
      .getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })
      .or(within.getByRole('link', typeof name === 'string' ? { name, exact: true } : { name }))
    await button.first().click()
  }
  return {
    press,
    /** The deed of the dialog that asks once more. */
    confirm: (name: string) => press(name, page.getByRole('alertdialog').or(page.getByRole('dialog'))),
    fill: (label: string, text: string, within: Page | Locator = page) =>
      within
        .getByRole('textbox', { name: startsWith(label) })
        .first()
        .fill(text),
    radio: async (name: string, within: Page | Locator = page) => {
      // The card around it takes the press.
      await within
        .getByRole('radio', { name: startsWith(name) })
        .first()
        .press('Space')
    },
    choose: async (label: string, option: string | RegExp) => {
      await page
        .getByRole('button', { name: new RegExp(escaped(label)) })
        .first()
        .click()
      await page.getByRole('option', { name: option }).first().click()
    },
    sees: (text: string | RegExp, within: Page | Locator = page) => within.getByText(text).first().waitFor(),
    heading: (name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor(),
    /** A section by its heading. */
    section: (name: string) =>
      page
        .locator('section')
        .filter({ has: page.getByRole('heading', { name, exact: true }) })
        .last(),
    /** The file that a press hands over. */
    download: async (name: string): Promise<Buffer> => {
      const [file] = await Promise.all([page.waitForEvent('download'), press(name)])
      const chunks: Buffer[] = []
      for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer)
      return Buffer.concat(chunks)
    },
  }
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const startsWith = (text: string) => new RegExp(`^${escaped(text)}`)

/** The running text of a Word file, opened as the container that it is. @throws Error when it is none */
export async function textOfWord(file: Buffer): Promise<string> {
  const zip = await yauzl.fromBufferPromise(file)
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== 'word/document.xml') continue
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks)
      .toString('utf8')
      .replace(/<\/w:p>/g, '\n')
      .replace(/<[^>]+>/g, '')
      .replaceAll('&amp;', '&')
  }
  throw new Error('no word/document.xml')
}
