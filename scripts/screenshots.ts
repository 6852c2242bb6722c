// Writes the pictures of the README: the overview of the demonstration. Run again when the screen changes:
// `npm start` once (so that the web app is built), then `node scripts/screenshots.ts`.
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

import { enterAs, openBrowser, visit } from '#test/browser.ts'
import { startServer } from '#test/server.ts'

const folder = join('docs', 'images')
const most = 300 * 1024

mkdirSync(folder, { recursive: true })
const server = await startServer()
const browser = await openBrowser()
for (const language of ['ja', 'en'] as const) {
  const { page, context } = await visit(browser, server.address, language)
  await enterAs(context, server.address, 'caio')
  await page.goto(server.address)
  await page.locator('main h1').waitFor()
  await page.waitForLoadState('networkidle')
  const path = join(folder, `overview-${language}.png`)
  await page.screenshot({ path })
  const { size } = statSync(path)
  process.stderr.write(`${path}: ${Math.round(size / 1024)} kB\n`)
  if (size > most) throw new Error(`${path} is larger than ${most / 1024} kB`)
  await context.close()
}
await browser.close()
await server.stop()
