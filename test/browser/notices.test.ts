import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'

import { paths } from '#web/paths.ts'
import { enterAs, expectAccessible, openBrowser, visit } from '#test/browser.ts'
import { receiver, type Receiver } from '#test/receiver.ts'
import { type Running, signIn, startServer } from '#test/server.ts'
import { type Sink, smtpSink } from '#test/smtp-sink.ts'

let browser: Browser
let server: Running
let sink: Sink
let hook: Receiver

beforeAll(async () => {
  sink = await smtpSink()
  hook = await receiver()
  server = await startServer({ env: { TENBIN_SMTP_URL: sink.url, TENBIN_SMTP_TLS: 'off' } })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await server.stop()
  await hook.stop()
  await sink.stop()
})

/** Somebody with an address is given a role, of which mail tells. */
async function giveRole(mail: string): Promise<void> {
  const who = await signIn(server.address, 'administrator')
  const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T
  const { organisation } = await json<{ organisation: { id: string } }>(who.get('/api/v1/me'))
  const name = { ja: '受信 太郎', en: 'Taro Jushin' }
  const { id } = await json<{ id: string }>(
    who.send('POST', '/api/v1/persons', { organisationId: organisation.id, name, post: { ja: '係員' }, mail }),
  )
  await who.send('POST', `/api/v1/persons/${id}/roles`, { role: 'planner', organisationId: organisation.id })
}

it('an administrator makes a webhook, keeps its key, and sees a test arrive', async () => {
  const { page, context, errors, foreign } = await visit(browser, server.address, 'ja')
  await enterAs(context, server.address, 'administrator')
  await page.goto(`${server.address}${paths.webhooks()}`)
  await page.getByRole('button', { name: 'Webhookを作る' }).click()
  const make = page.getByRole('button', { name: 'Webhookを作る' })
  await make.click()
  await page.getByText('直すところが2か所あります').waitFor()
  await page.getByLabel('送り先のURL').fill('https://10.0.0.5/')
  await page.getByText('システムが登録された').click()
  await make.click()
  await page.getByText('このアドレスには送れません').first().waitFor()
  await expectAccessible(page, 'webhook refused')
  await page.getByLabel('送り先のURL').fill(hook.url)
  await make.click()
  await page.getByRole('heading', { name: '署名の鍵を控えてください' }).waitFor()
  expect(await page.locator('code').textContent()).toMatch(/^whsec_/)
  await expectAccessible(page, 'webhook key')
  await page.getByRole('button', { name: '控えました' }).click()
  await page.getByRole('button', { name: '試しに送る' }).click()
  await page.getByText('試しの送信を始めました').waitFor()
  await page.getByRole('button', { name: `${hook.url} への送信の記録` }).click()
  await page.getByRole('cell', { name: '届いた' }).waitFor({ timeout: 20_000 })
  expect(hook.got).toHaveLength(1)
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 })
    await expectAccessible(page, `webhooks ${width}`)
  }
  expect([...errors, ...foreign]).toEqual([])
  await context.close()
})

it('mail that is refused is told to the administrator, who finds it, and has it tried again', async () => {
  sink.refuse({ recipient: 550 })
  await giveRole('taro@example.go.jp')
  const { page, context, errors, foreign } = await visit(browser, server.address, 'ja')
  await enterAs(context, server.address, 'administrator')
  await expect
    .poll(
      async () => {
        await page.goto(`${server.address}${paths.notices()}`)
        await page.getByRole('heading', { name: 'お知らせ', level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        return page.getByRole('link', { name: '処理に失敗しました：メールを1通送る' }).count()
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(1)
  await expectAccessible(page, 'a notification')
  // Rules to acknowledge are told to administrators as to all staff.
  const bell = page.getByRole('link', { name: /お知らせ（未読\d+件）/ })
  const unread = Number(/未読(\d+)件/.exec((await bell.textContent()) ?? '')![1])
  await page.getByRole('link', { name: '処理に失敗しました：メールを1通送る' }).press('Enter')
  await page.getByText('メールサーバーが受け取りを断りました（応答 550）。').waitFor()
  await page
    .getByRole('link', { name: unread > 1 ? `お知らせ（未読${unread - 1}件）` : 'お知らせ（未読なし）' })
    .waitFor()
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 })
    await expectAccessible(page, `jobs ${width}`)
  }
  sink.refuse(undefined)
  await page.getByRole('button', { name: /に失敗した「メールを1通送る」をやり直す/ }).press('Enter')
  await page.getByText('「メールを1通送る」をやり直すことにしました。').waitFor()
  await expect.poll(() => sink.mails.map(({ to }) => to[0]), { timeout: 20_000 }).toEqual(['taro@example.go.jp'])
  await page.getByText('未対応の失敗はありません。').waitFor()
  expect([...errors, ...foreign]).toEqual([])
  await context.close()
})

it('in the account a person chooses how to be told, and it stays chosen', async () => {
  const { page, context, errors } = await visit(browser, server.address, 'en', 360)
  await enterAs(context, server.address, 'planner')
  await page.goto(`${server.address}${paths.account()}`)
  const choice = page.getByRole('button', { name: /Mail.*A role of yours ends soon/ })
  await choice.press('Enter')
  await page.getByRole('option', { name: 'No mail' }).press('Enter')
  await page.getByRole('button', { name: 'Save how you are notified' }).press('Enter')
  await page.getByText('Saved how you are notified.').waitFor()
  await expectAccessible(page, 'account 360')
  await page.reload()
  await expect.poll(() => choice.textContent(), { timeout: 10_000 }).toContain('No mail')
  expect(errors).toEqual([])
  await context.close()
})
