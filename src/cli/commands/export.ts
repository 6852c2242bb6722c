import { writeFile } from 'node:fs/promises'
import { extname, resolve } from 'node:path'

import { AppError } from '#platform/errors.ts'
import { makeExport, planExport } from '#register/export/make-export.ts'
import { type ExportRequest, exportRequestSchema } from '#register/import/api.ts'

import type { House } from '#wiring/assemble.ts'
import type { Command, ExitCode, Input, Io } from '../command.ts'
import { whoActs } from '../who.ts'
import { importsToGiveBack } from './imports-to-give-back.ts'

const word = (ja: string, en: string) => ({ ja, en })

export const exportCommand: Command = {
  name: 'export',
  arguments: '--profile <name> --out <file>',
  words: word(
    '台帳を書き出します（register）。取り込んだ表をセルごとにそのまま返すこともできます（round-trip）。形式はファイル名の末尾（.csv .xlsx .json）で決まります。',
    'Export the register (register), or give an import back cell for cell (round-trip). The ending of the file (.csv .xlsx .json) says the format.',
  ),
  options: {
    profile: { type: 'string', value: 'name', words: word('register または round-trip', 'register or round-trip') },
    out: { type: 'string', value: 'file', words: word('書き出すファイル', 'file to write') },
    import: {
      type: 'string',
      value: 'id',
      words: word('返す取り込みのid。省くと最新のもの', 'id of the import to give back; the newest when left out'),
    },
    encoding: { type: 'string', words: word('utf-8、utf-8-bom（既定）、cp932', 'utf-8, utf-8-bom (default), cp932') },
    filter: {
      type: 'string',
      value: 'query',
      words: word('一覧の条件（例 f.stage=operation）', 'conditions of the list, e.g. f.stage=operation'),
    },
    harmless: {
      type: 'boolean',
      words: word('先頭の = + - @ を無害にします（元に戻せます）', 'make leading = + - @ harmless (reversible)'),
    },
    organisation: {
      type: 'string',
      value: 'code',
      words: word('誰の立場で書き出すか（組織）', 'organisation to act for'),
    },
    as: { type: 'string', value: 'person id', words: word('誰として行うか', 'person to act as') },
  },
  takes: [0, 0],
  needs: 'house',
  run,
}

async function run(io: Io, input: Input, { deps }: House): Promise<ExitCode> {
  const out = input.values['out']
  if (typeof out !== 'string') throw new AppError('bad-input', { missing: '--out' })
  const path = resolve(io.cwd, out)
  const asked = await requestOf(input, path, deps)
  const text = (name: string) => (typeof input.values[name] === 'string' ? String(input.values[name]) : undefined)
  const { actor } = await whoActs(deps, { action: 'export', organisation: text('organisation'), as: text('as') })
  const plan = await planExport(deps, actor, asked)
  for (const { code, params } of plan.drops)
    io.say(
      `${{ ja: '含まれないもの', en: 'not included' }[io.language]}: ${code} ${params ? JSON.stringify(params) : ''}`,
    )
  const { content } = await makeExport(deps, actor, asked)
  await writeFile(path, content)
  const result = {
    ok: true,
    file: path,
    profile: asked.profile,
    format: asked.format,
    rows: plan.rows,
    columns: plan.columns,
    bytes: content.length,
    drops: plan.drops,
  }
  io.out(input.json ? JSON.stringify(result) : `${path}: ${plan.rows} × ${plan.columns}`)
  return 0
}

async function requestOf(input: Input, path: string, deps: House['deps']): Promise<ExportRequest> {
  const { profile, encoding, filter, harmless } = input.values
  const wanted = input.values['import']
  const importId = profile === 'round-trip' && wanted === undefined ? await importsToGiveBack(deps.db) : wanted
  const parsed = exportRequestSchema.safeParse({
    profile,
    format: extname(path).slice(1).toLowerCase(),
    ...(encoding === undefined ? {} : { encoding }),
    ...(importId === undefined ? {} : { importId }),
    ...(filter === undefined ? {} : { filter }),
    harmless: harmless === true,
  })
  if (parsed.success) return parsed.data
  throw new AppError('bad-input', {
    issues: parsed.error.issues.map((i) => ({ option: i.path.join('.'), message: i.message })),
  })
}
