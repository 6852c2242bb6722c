import { applyRetention, type RetentionDone } from '#keeping/apply-retention.ts'

import type { House } from '#wiring/assemble.ts'
import type { Command, ExitCode, Input, Io } from '../command.ts'

const word = (ja: string, en: string) => ({ ja, en })

export const retentionCommand: Command = {
  name: 'retention',
  arguments: '[--dry-run]',
  words: word(
    '保存期間を過ぎたものを、保存の規則に従って消します（毎日自動でも行います）。行ったことは操作の記録に残ります。',
    'Remove what is over by the retention rules (done by itself every day too). What was done is in the log.',
  ),
  options: {
    'dry-run': { type: 'boolean', words: word('数えるだけで、何も消しません', 'count only, remove nothing') },
  },
  takes: [0, 0],
  needs: 'house',
  run,
}

async function run(io: Io, input: Input, { deps }: House): Promise<ExitCode> {
  const dryRun = input.values['dry-run'] === true
  const done = await applyRetention(deps.retention, { dryRun, ...(io.signal ? { signal: io.signal } : {}) })
  io.out(input.json ? JSON.stringify({ ok: true, ...done }) : inWords(done)[io.language])
  return 0
}

function inWords({ dryRun, rules, files }: RetentionDone): { ja: string; en: string } {
  const lines = rules.map((r) => `${String(r.rows).padStart(9)}  ${r.id}  (< ${r.before?.slice(0, 10) ?? '∞'})`)
  const all = (last: string) => [...lines, `${String(files.count).padStart(9)}  ${last}`].join('\n')
  return {
    ja: `${dryRun ? '規則を過ぎたもの（消していません）' : '消したもの'}：\n${all(`どの記録も指していないファイル（${files.bytes}バイト）`)}`,
    en: `${dryRun ? 'What is over (nothing was removed)' : 'Removed'}:\n${all(`files that no record names (${files.bytes} bytes)`)}`,
  }
}
