import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { AppError } from '#platform/errors.ts'

/** Word in, PDF out. */
export type ConvertToPdf = (docx: Buffer) => Promise<Buffer>

export type ConverterSettings = {
  /** Program and its arguments. LibreOffice (`soffice`) is called its own way; others get the two paths at the end. */
  readonly command: readonly string[]
  readonly timeoutMs: number
}

const failed = (why: Readonly<Record<string, unknown>>, cause?: unknown) =>
  new AppError('unavailable', { reason: 'pdf-failed', ...why }, cause)

/**
 * A program of the office that makes PDF of Word: in a folder of its own with a profile of its own, without a shell, killed
 * with everything it started when its time is over. One document at a time: each takes a processor and some 300 MB.
 * @throws AppError `unavailable` (`pdf-failed`) when it cannot be started, fails, takes too long, or makes no PDF
 */
export function pdfConverter(settings: ConverterSettings): ConvertToPdf {
  let last: Promise<unknown> = Promise.resolve()
  return (docx) => {
    const mine = last.then(() => convert(settings, docx))
    last = mine.catch(() => {})
    return mine
  }
}

async function convert(settings: ConverterSettings, docx: Buffer): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'tenbin-pdf-'))
  try {
    await writeFile(join(folder, 'document.docx'), docx)
    await run(settings, folder)
    const pdf = await readFile(join(folder, 'document.pdf')).catch((cause: unknown) => {
      throw failed({ code: 'no-file' }, cause)
    })
    if (pdf.subarray(0, 5).toString('latin1') !== '%PDF-') throw failed({ code: 'no-pdf' })
    return pdf
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function wordsOf({ command }: ConverterSettings, folder: string): string[] {
  const [program = '', ...words] = command
  const [input, output] = [join(folder, 'document.docx'), join(folder, 'document.pdf')]
  if (!/^(soffice|libreoffice|lowriter)/i.test(basename(program))) return [...words, input, output]
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
  return [
    ...words,
    profile,
    '--headless',
    '--norestore',
    '--convert-to',
    'pdf:writer_pdf_Export',
    '--outdir',
    folder,
    input,
  ]
}

function run(settings: ConverterSettings, folder: string): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(settings.command[0] ?? '', wordsOf(settings, folder), {
      cwd: folder,
      stdio: 'ignore',
      // A group of its own: LibreOffice is a script that starts the program which does the work.
      detached: true,
    })
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It had ended by itself.
      }
    }
    const timer = setTimeout(() => {
      end()
      fail(failed({ code: 'too-long', limitMs: settings.timeoutMs }))
    }, settings.timeoutMs)
    child.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer)
      fail(failed({ code: error.code ?? 'error' }, error))
    })
    child.on('exit', (exit, signal) => {
      clearTimeout(timer)
      end()
      if (exit === 0) done()
      else fail(failed(signal === null ? { code: 'exit', exit } : { code: 'signal', signal }))
    })
  })
}
