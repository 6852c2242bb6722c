import iconv from 'iconv-lite'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { expectAccessible, type Language, openBrowser, visit } from '#test/browser.ts'
import { type Running, startServer } from '#test/server.ts'
import { paths } from '#web/paths.ts'
import { en } from '#web/texts/en.ts'
import { ja } from '#web/texts/ja.ts'

const texts = { ja, en } as const

/** A bureau's sheet as it comes: CP932, a row without a name, a blank row. */
const sheet = iconv.encode(
  [
    '番号,システム名称,所管部署,目的・概要,個人情報の有無',
    'K-1,生成ＡＩによる港湾日報の要約,総務局,港湾の日報を短くまとめる。,なし',
    'K-2,灯台点検の写真の仕分け,総務局,写真を傷の種類で分ける。,不明',
    ',,,,',
    'K-3,,総務局,名称なし,あり',
  ].join('\r\n'),
  'cp932',
)
const [rows, stored, rejected] = [4, 2, 2]
/** The outcome as the catalog words it. */
const consult = { ja: 'アドバイザリーボードに相談する', en: 'Consult the Advisory Board' } as const

let browser: Browser
let server: Running
beforeAll(async () => void (browser = await openBrowser()))
afterAll(() => browser.close())

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name })
/** Moves to an element and presses a key there, as somebody without a mouse does. */
const press = async (target: Locator, key: string) => {
  await target.focus()
  await target.press(key)
}
const isFocused = (one: Locator) =>
  one.evaluate((node) => (node as { matches: (css: string) => boolean }).matches(':focus'))
const answer = (page: Page, question: string, option: number) =>
  press(page.locator(`#q-${question}`).getByRole('radio').nth(option), 'Space')

async function opens(page: Page, address: string): Promise<void> {
  await page.goto(`${server.address}${address}`)
  await page.locator('main h1').first().waitFor()
}

/** Uses that the overview counts, and those that go to the board, as its table says. */
async function counts(page: Page): Promise<{ uses: number; board: number }> {
  await opens(page, paths.overview())
  const lead = page.locator('main a[href^="/register"]').first()
  const uses = Number((await lead.innerText()).replace(/\D/g, ''))
  const board = page.locator('main table a[href*="verdict=consult-board"]')
  await board.first().waitFor()
  const numbers = await board.allInnerTexts()
  return { uses, board: Math.max(...numbers.map((n) => Number(n.replace(/\D/g, '')))) }
}

describe.each(['ja', 'en'] as const)('from the sheet of a bureau to the overview, in %s', (language: Language) => {
  const t: typeof ja = texts[language]
  let page: Page
  let foreign: readonly string[]
  let errors: readonly string[]
  let before: { uses: number; board: number }

  beforeAll(async () => {
    server = await startServer()
    const visitor = await visit(browser, server.address, language)
    page = visitor.page
    ;({ foreign, errors } = visitor)
    page.setDefaultTimeout(20_000)
  })
  afterAll(async () => {
    await page.context().close()
    await server.stop()
  })

  it('signs in by choosing a person, with the keyboard alone', async () => {
    await page.goto(server.address)
    const person = page.locator('main').getByRole('button').first()
    await person.waitFor()
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab')
      if (await isFocused(person)) break
    }
    expect(await isFocused(person)).toBe(true)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${server.address}/`)
    before = await counts(page)
    expect(before.uses).toBeGreaterThan(20)
  })

  it('imports the sheet and sees every row accounted for', async () => {
    await opens(page, paths.importNew())
    const file = { name: 'AI一覧（部局）.csv', mimeType: 'text/csv', buffer: sheet }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.getByRole('button', { name: t.importing.file.next }).click()
    await page.getByRole('button', { name: t.importing.reading.encodings['cp932']! }).waitFor()
    await page.getByText('システム名称').first().waitFor()
    await expectAccessible(page, `wizard, reading ${language}`)
    await page.getByRole('button', { name: t.importing.reading.next }).click()
    const equation = t.importing.equation.spoken(`${rows}`, `${stored}`, `${rejected}`)
    await page.getByText(equation).first().waitFor()
    await expectAccessible(page, `wizard, map ${language}`)
    await page.getByRole('button', { name: t.importing.begin.button(`${stored}`) }).click()
    await heading(page, t.importing.result.done(`${rows}`, `${stored}`, `${rejected}`)).waitFor()
    const listed = page.getByRole('table').last().locator('tbody tr')
    expect(await listed.count()).toBe(rows)
  })

  it('finds a use by a word that is written in another width', async () => {
    await opens(page, paths.register())
    const search = page.getByRole('searchbox')
    await search.fill('生成ai 港湾')
    await search.press('Enter')
    const found = page.getByRole('link', { name: '生成ＡＩによる港湾日報の要約' })
    // The list before stays until the one that was asked for is there.
    await page.getByRole('link', { name: '灯台点検の写真の仕分け' }).waitFor({ state: 'detached' })
    await found.waitFor()
    await press(found, 'Enter')
    await heading(page, '生成ＡＩによる港湾日報の要約').waitFor()
    await page.getByText('K-1').first().waitFor()
  })

  it('is told of similar uses when it registers a new one, and has to say why it is needed', async () => {
    await opens(page, paths.registerNew())
    const box = (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) }).first()
    await box(t.fields.labels.name).fill('生成AIによる港湾日報の要約')
    await box(t.fields.labels.purpose).fill('港湾の日報を短くまとめ、当直の引き継ぎに使う。')
    await heading(page, t.register.similar.title).waitFor()
    await page
      .getByRole('link', { name: /生成ＡＩによる港湾日報の要約/ })
      .first()
      .waitFor()
    await page.getByRole('button', { name: t.register.form.save }).click()
    // Nothing is registered before the reason is given.
    await page.getByText(t.register.form.errors.newBecause).first().waitFor()
    await box(t.register.similar.newBecause).fill('扱う情報が違い、同じ仕組みに載せられない。')
    await press(page.getByRole('button', { name: t.register.form.save }), 'Enter')
    await page.waitForURL(/\/finder/)
  })

  it('weighs it, and sees the verdict move with every reason', async () => {
    await page.locator('#q-text-generative').waitFor()
    const now = page.getByRole('complementary', { name: t.finder.verdict.aside })
    const verdict = now.locator('#verdict p').first()
    await expectText(verdict, t.words.verdicts['cannot-decide'])
    await answer(page, 'text-generative', 0)
    await answer(page, 'sensitive-field', 0)
    await answer(page, 'special-secret', 0)
    await answer(page, 'users-kind', 0)
    await answer(page, 'error-harm', 0)
    await answer(page, 'confidential-in-training', 0)
    await answer(page, 'personal-in-training', 0)
    await answer(page, 'human-judgement', 0)
    await expectText(verdict, t.words.verdicts.proceed)
    await answer(page, 'error-harm', 2)
    await expectText(verdict, consult[language])
    // The rule that decided, what it cites, what moved it and what would change it.
    await now.getByRole('heading', { name: t.finder.reasons.title }).waitFor()
    expect(await now.innerText()).toContain(t.words.provenance.preset)
    expect(await now.innerText()).toContain(t.words.verdicts.proceed)
    await expectAccessible(page, `finder, weighed ${language}`)
    await page.getByRole('button', { name: t.finder.save.save }).press('Enter')
    await heading(page, new RegExp(t.finder.save.saved(''))).waitFor()
  })

  it('sees the overview change', async () => {
    const after = await counts(page)
    expect(after.uses).toBe(before.uses + stored + 1)
    expect(after.board).toBe(before.board + 1)
    expect([foreign, errors]).toEqual([[], []])
  })
})

async function expectText(where: Locator, text: string): Promise<void> {
  await where.filter({ hasText: text }).waitFor()
}
