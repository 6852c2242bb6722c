import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'

import { enterAs, openBrowser, visit } from '#test/browser.ts'
import { startServer } from '#test/server.ts'
import { tenbin } from '#test/tenbin.ts'
import { paths } from '#web/paths.ts'

import { atMost, median, type Row } from './row.ts'

const systems = 2000
const page = join('web', 'dist', 'index.html')
const name = `first row on screen, ${systems.toLocaleString('en')} systems`

const works = ['要約', '翻訳', '仕分け', '問合せへの回答', '統計の下書き', '点検の記録', '審査の補助']
const things = [
  '港湾日報',
  '相談記録',
  '申請書',
  '議事録',
  '通知文',
  '検査写真',
  '苦情',
  '統計表',
  '契約書',
  '研修資料',
]
const sheet = [
  '番号,システム名称,所管部署,目的・概要,段階,個人情報の有無,事業者名',
  ...Array.from({ length: systems }, (_, i) => {
    const what = `${things[i % things.length]!}の${works[i % works.length]!}`
    return `S-${i},生成AIによる${what}（第${i + 1}号）,総務局,${what}に掛かる時間を減らす。,運用,${i % 3 ? 'なし' : 'あり'},事業者${i % 40}`
  }),
].join('\r\n')

/** The script that the page names and what it asks the browser to load with it, packed as a server would send them. */
function firstScriptKb(): number {
  const html = readFileSync(page, 'utf8')
  const files = [...html.matchAll(/(?:src|href)="\/?(assets\/[^"]+\.js)"/g)].map(([, file]) => file!)
  const bytes = [...new Set(files)].map((file) => gzipSync(readFileSync(join('web', 'dist', file))).length)
  return bytes.reduce((sum, n) => sum + n, 0) / 1000
}

/** From the word to go to a row of the list, ms; nothing is in the cache of the browser. */
async function firstRow(browser: Browser, address: string): Promise<number> {
  const visitor = await visit(browser, address, 'ja')
  await enterAs(visitor.context, address, 'caio')
  // The browser is still clearing away the visitor before.
  await visitor.page.waitForTimeout(500)
  const from = performance.now()
  await visitor.page.goto(`${address}${paths.register()}`, { waitUntil: 'commit' })
  await visitor.page.locator('main table tbody tr').first().waitFor()
  const ms = performance.now() - from
  await visitor.context.close()
  return ms
}

export async function* bench(): AsyncGenerator<Row> {
  if (!existsSync(page)) throw new Error('the web app is not built: npm start builds it')
  yield atMost('first script, gzip', firstScriptKb(), 300, 'kB')
  const server = await startServer()
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-first-row-'))
  const file = join(folder, '台帳.csv')
  writeFileSync(file, sheet)
  const imported = await tenbin(['import', file, '--json'], { dataDir: server.dataDir })
  if ((imported.json() as { stored: number }).stored !== systems) throw new Error(imported.out)
  const browser = await openBrowser()
  const times: number[] = []
  for (let i = 0; i < 7; i++) times.push(await firstRow(browser, server.address))
  yield atMost(name, median(times) / 1000, 1, 's')
  await browser.close()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
