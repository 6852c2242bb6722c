import { checkCommand, diffCommand, evaluateCommand } from '#catalog/commands.ts'

import { readConfig } from '../../config.ts'
import type { Command } from '../command.ts'

const word = (ja: string, en: string) => ({ ja, en })

export const catalogCheck: Command = {
  name: 'catalog check',
  arguments: '[path]',
  words: word(
    'ルール集を確かめます。例、参照、二つの言語、出典、行き止まりと届かないところを調べ、誤りをすべて挙げます。',
    'Prove a catalog: cases, references, languages, sources, dead ends, what cannot be reached. Every fault is listed.',
  ),
  options: {},
  takes: [0, 1],
  needs: 'nothing',
  run: async (io, { positionals, json }) =>
    checkCommand(io, { path: positionals[0], folders: readConfig().catalogFolders, json }),
}

export const catalogEvaluate: Command = {
  name: 'catalog evaluate',
  arguments: '<path> --answers <file.jsonl>',
  words: word(
    '答えを評価し、1行に一つのJSONで結果を出します。答えの行は {"id": …, "answers": {…}} です。',
    'Evaluate answers and print one JSON result per line. A line of answers is {"id": …, "answers": {…}}.',
  ),
  options: {
    answers: {
      type: 'string',
      value: 'file.jsonl',
      words: word('答えのファイル（1行に一組）', 'file of answers, one set per line'),
    },
  },
  takes: [1, 1],
  needs: 'nothing',
  run: async (io, { positionals, values }) => {
    const { answers } = values
    if (typeof answers === 'string')
      return evaluateCommand(io, { path: positionals[0]!, answers, stdin: process.stdin })
    io.say({ ja: '--answers にファイルを指定してください', en: 'name a file by --answers' }[io.language])
    return 2
  },
}

export const catalogDiff: Command = {
  name: 'catalog diff',
  arguments: '<a> <b>',
  words: word(
    '二つの版を比べ、加わったもの、なくなったもの、変わったものを挙げます。',
    'Compare two editions: what was added, removed and changed.',
  ),
  options: {},
  takes: [2, 2],
  needs: 'nothing',
  run: async (io, { positionals, json }) => diffCommand(io, { from: positionals[0]!, to: positionals[1]!, json }),
}
