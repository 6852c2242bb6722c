import { existsSync, readFileSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import { parseVerifierKey } from '#audit/checkpoint.ts'
import { cosigned } from '#audit/cosignatures.ts'
import { proveInclusion } from '#audit/proofs.ts'
import { rotateKey } from '#audit/rotate-key.ts'
import { loadCheckpoint } from '#audit/store-log.ts'
import { exportLog } from '#audit/verify/export-log.ts'
import { folderSource, report, verify } from '#audit/verify/tenbin-verify.mjs'
import { verifyLog } from '#audit/verify/verify-log.ts'
import { AppError } from '#platform/errors.ts'

import type { Command, ExitCode, Input, Io, Option } from '../command.ts'
import { whoActs } from '../who.ts'

const word = (ja: string, en: string) => ({ ja, en })
const text = ({ values }: Input, name: string) => (typeof values[name] === 'string' ? values[name] : undefined)

const as: Option = { type: 'string', value: 'person id', words: word('誰として行うか', 'person to act as') }
const key: Option = {
  type: 'string',
  value: 'key or file',
  words: word(
    '信頼する検証鍵。動いている記録では、省くと鍵のファイルのもの',
    'verifier key to trust; of a running log, by default that of the key file',
  ),
}
const checkpoint: Option = {
  type: 'string',
  value: 'file',
  words: word('前に受け取ったチェックポイント', 'a checkpoint that was given out earlier'),
}
const witness: Option = {
  type: 'string',
  value: 'key or file',
  words: word('立会人の検証鍵', 'verifier key of a witness'),
}

function contentOf(io: Io, file: string): string {
  const path = resolve(io.cwd, file)
  if (!existsSync(path) || !statSync(path).isFile()) throw new AppError('not-found', { file: path })
  return readFileSync(path, 'utf8')
}
/** Keys as given, or the lines of a file. */
function keysIn(io: Io, given: string | undefined): string[] | undefined {
  if (given === undefined) return undefined
  if (parseVerifierKey(given)) return [given]
  const lines = contentOf(io, given).split('\n')
  const keys = lines.filter((one) => one.trim() !== '' && !one.startsWith('#')).map((one) => one.trim())
  if (keys.length === 0 || !keys.every((one) => parseVerifierKey(one)))
    throw new AppError('bad-input', { reason: 'verifier-key', file: given })
  return keys
}
function compared(io: Io, input: Input) {
  const given = text(input, 'checkpoint')
  const keys = keysIn(io, text(input, 'key'))
  return {
    checkpoints: given === undefined ? [] : [contentOf(io, given)],
    witnesses: keysIn(io, text(input, 'witness')) ?? [],
    ...(keys ? { keys } : {}),
  }
}

const verifyWords = word(
  '操作の記録に、欠けたもの・変えられたものがないかを確かめます。フォルダーを指定すると、書き出したものを確かめます。',
  'Check that nothing in the log is missing or changed. With a folder, check an export.',
)

/** An export needs no database: whoever checks it may have none. */
const verifyExport: Command = {
  name: 'audit verify',
  arguments: '[export folder]',
  words: verifyWords,
  options: { key, checkpoint, witness, as },
  takes: [1, 1],
  requires: ['key'],
  needs: 'nothing',
  run: async (io, input) => {
    const folder = resolve(io.cwd, input.positionals[0]!)
    if (!existsSync(folder)) throw new AppError('not-found', { file: folder })
    const given = compared(io, input)
    const result = await verify(folderSource(folder), { ...given, keys: given.keys ?? [] })
    io.out(
      input.json ? JSON.stringify(result) : report(result, io.language, { compared: given.checkpoints.length > 0 }),
    )
    return result.ok ? 0 : 1
  },
}

export const auditVerify: Command = {
  name: 'audit verify',
  arguments: '[export folder]',
  words: verifyWords,
  options: { key, checkpoint, witness, as },
  takes: [0, 1],
  instead: (input) => (input.positionals.length > 0 ? verifyExport : undefined),
  needs: 'house',
  run: async (io, input, { deps }): Promise<ExitCode> => {
    const { actor } = await whoActs(deps, { action: 'read-whole-log', organisation: undefined, as: text(input, 'as') })
    const given = compared(io, input)
    await deps.transparency.drain().catch(sayFault(io))
    const { keyFile } = deps.transparency
    const { result, ...run } = await verifyLog({ ...deps, keyFile }, actor, given)
    if (!result) throw new AppError('unavailable', { reason: 'database' })
    io.out(
      input.json
        ? JSON.stringify({ run: run.id, ...result })
        : report(result, io.language, { compared: given.checkpoints.length > 0 }),
    )
    return result.ok ? 0 : 1
  },
}

/** A log that is not signed any more is still to be looked at. */
const sayFault = (io: Io) => (error: unknown) => {
  const code = (error as { code?: unknown }).code
  if (!(error instanceof Error) || error.name !== 'LogFault') throw error
  io.say(
    {
      ja: `注意：今は署名できません（${String(code)}）。最後のチェックポイントまでを扱います。`,
      en: `Note: the log cannot be signed now (${String(code)}). What follows is as of the last checkpoint.`,
    }[io.language],
  )
}

export const auditExport: Command = {
  name: 'audit export',
  arguments: '<folder>',
  words: word(
    '操作の記録のすべてを、監査人が別の場所で確かめられる形で書き出します。人が書いた文を含みます。',
    'Write the whole log for an auditor to check elsewhere. It holds text that people wrote.',
  ),
  options: { as },
  takes: [1, 1],
  needs: 'house',
  run: async (io, input, { deps }) => {
    const folder = resolve(io.cwd, input.positionals[0]!)
    const { actor } = await whoActs(deps, { action: 'read-whole-log', organisation: undefined, as: text(input, 'as') })
    await deps.transparency.drain().catch(sayFault(io))
    const done = await exportLog({ db: deps.db, now: deps.now, witnesses: deps.transparency.witnesses }, folder)
    const { size, rows } = done
    const detail = { size }
    await deps.tx(actor, (t) => t.append({ type: 'log.exported', itemKind: 'log', itemId: deps.newId(), detail }))
    const said = word(
      `${folder}：${size}件（行 ${rows}件）を書き出しました。`,
      `${folder}: ${size} entries (${rows} rows) written.`,
    )
    io.out(input.json ? JSON.stringify({ ok: true, folder, ...done }) : said[io.language])
    return 0
  },
}

export const auditCheckpoint: Command = {
  name: 'audit checkpoint',
  arguments: '[--out <file>]',
  words: word(
    '署名されたいまのチェックポイントを出します。監査人が次に確かめるときのために取っておくものです。',
    'Print the signed checkpoint of now: what an auditor keeps for the next check.',
  ),
  options: { out: { type: 'string', value: 'file', words: word('書き出すファイル', 'file to write') } },
  takes: [0, 0],
  needs: 'house',
  run: async (io, input, { deps }) => {
    await deps.transparency.drain().catch(sayFault(io))
    const found = await loadCheckpoint(deps.db)
    if (!found) throw new AppError('not-found', { what: 'log-checkpoint' })
    const note = await cosigned(deps.db, found)
    const out = text(input, 'out')
    if (out !== undefined) await writeFile(resolve(io.cwd, out), note)
    const told = { size: found.size, root: found.root.toString('base64'), signedAt: found.signedAt, note }
    if (input.json) io.out(JSON.stringify(told))
    else if (out === undefined) io.out(note)
    return 0
  },
}

export const auditProof: Command = {
  name: 'audit proof',
  arguments: '<kind> <row id>',
  words: word(
    '一つの行が記録にあることの証明を出します（c2sp.org/tlog-proof）。',
    'Print the proof that one row is in the log (c2sp.org/tlog-proof).',
  ),
  options: { out: { type: 'string', value: 'file', words: word('書き出すファイル', 'file to write') } },
  takes: [2, 2],
  needs: 'house',
  run: async (io, input, { deps }) => {
    const [kind = '', row = ''] = input.positionals
    if (!/^[a-z_]{1,63}$/.test(kind) || !/^[0-9a-f-]{36}$/.test(row)) throw new AppError('bad-input', { kind, row })
    await deps.transparency.drain().catch(sayFault(io))
    const proof = await proveInclusion(deps.db, { kind, row, withheld: 'all' })
    const out = text(input, 'out')
    if (out !== undefined) await writeFile(resolve(io.cwd, out), proof.tlogProof)
    if (input.json) io.out(JSON.stringify(proof))
    else if (out === undefined) io.out(proof.tlogProof)
    return 0
  },
}

export const auditRotateKey: Command = {
  name: 'audit rotate-key',
  arguments: '[--lost]',
  words: word(
    '記録に署名する鍵を新しいものに替えます。替えたことは、両方の鍵の署名とともに記録に残ります。',
    'Hand the signing of the log over to a new key. Both keys sign the entry that says so.',
  ),
  options: {
    lost: {
      type: 'boolean',
      words: word(
        '前の鍵を失ったとき。前の鍵を信頼する人には理由を伝えてください',
        'the old key is lost: tell those who trust it why',
      ),
    },
    as,
  },
  takes: [0, 0],
  needs: 'house',
  run: async (io, input, { deps }) => {
    const { actor } = await whoActs(deps, { action: 'manage-people', organisation: undefined, as: text(input, 'as') })
    const { keyFile, origin } = deps.transparency
    await deps.transparency.drain().catch(sayFault(io))
    const keys = await rotateKey({ ...deps, keyFile, origin }, actor, input.values['lost'] === true)
    const said = word(`前の鍵: ${keys.old}\n新しい鍵: ${keys.new}`, `old key: ${keys.old}\nnew key: ${keys.new}`)
    io.out(input.json ? JSON.stringify({ ok: true, ...keys }) : said[io.language])
    return 0
  },
}
