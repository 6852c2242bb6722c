import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe } from 'vitest'

const has = (program: string, option: string) => spawnSync(program, [option]).error === undefined
const present = has('soffice', '--version') && has('pdftotext', '-v')
// Where .ci/run checks, it has installed it: there nothing may pass for not being there.
const inCi = process.env['CI'] === 'true'
if (!present && !inCi)
  process.stderr.write(
    '\n!! SKIPPED / 省略: documents opened with LibreOffice\n!! no soffice or pdftotext (Debian: apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils fonts-noto-cjk).\n',
  )

/** A program that is not ours opens what we write. */
export const describeWithOffice = describe.skipIf(!present && !inCi)

/** What LibreOffice makes of a file. @throws Error when it cannot open it */
export function convertWithOffice(bytes: Uint8Array, from: string, to: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-office-'))
  try {
    const input = join(folder, `in.${from}`)
    writeFileSync(input, bytes)
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
    const out = join(folder, 'out')
    const run = spawnSync('soffice', [profile, '--headless', '--convert-to', to, '--outdir', out, input], {
      encoding: 'utf8',
      timeout: 120_000,
    })
    if (run.status !== 0) throw new Error(`soffice: ${run.stderr}`)
    return readFileSync(join(out, `${basename(input, `.${from}`)}.${to.split(':')[0] ?? to}`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The text of a PDF, one entry a page. */
export function pagesOf(pdf: Uint8Array): string[] {
  const run = spawnSync('pdftotext', ['-layout', '-', '-'], {
    input: pdf,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (run.status !== 0) throw new Error(`pdftotext: ${run.stderr}`)
  return run.stdout.split('\f').slice(0, -1)
}
