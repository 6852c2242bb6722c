import { checkCommand, diffCommand, evaluateCommand } from '#catalog/commands.ts'
import { fieldIds, fieldOf } from '#register/fields.ts'

import { readConfig } from '#settings/config.ts'
import type { Command, Input } from '../command.ts'

const word = (ja: string, en: string) => ({ ja, en })
const first = (input: Input): string => input.positionals[0]!

export const catalogCheck: Command = {
  name: 'catalog check',
  arguments: '[path]',
  words: word(
    '判定の規則（カタログ）を確かめ、誤りをすべて挙げます。場所を省くと、備わっているものすべてを確かめます。',
    'Prove a catalog and list every fault. Without a path, prove all that are installed.',
  ),
  options: {},
  takes: [0, 1],
  needs: 'nothing',
  run: async (io, input) =>
    checkCommand(io, {
      path: input.positionals[0],
      folders: readConfig().catalogFolders,
      json: input.json,
      registerFields: new Map(fieldIds.map((id) => [id, fieldOf(id).codes])),
    }),
}

export const catalogEvaluate: Command = {
  name: 'catalog evaluate',
  arguments: '<path> --answers <file.jsonl>',
  words: word(
    'カタログで回答を判定し、1行に1件の結果をJSONで出します。',
    'Evaluate answers by a catalog: one JSON result per line.',
  ),
  options: {
    answers: {
      type: 'string',
      value: 'file.jsonl',
      words: word(
        '回答のファイル（1行に1件のJSON）。「-」は標準入力',
        'file of answers, one JSON per line; - for standard input',
      ),
    },
  },
  takes: [1, 1],
  requires: ['answers'],
  needs: 'nothing',
  run: (io, input) => {
    const answers = String(input.values['answers'])
    return evaluateCommand(io, { path: first(input), answers, ...(io.stdin ? { stdin: io.stdin } : {}) })
  },
}

export const catalogDiff: Command = {
  name: 'catalog diff',
  arguments: '<a> <b>',
  words: word(
    '二つのカタログを比べ、追加・削除・変更されたものを挙げます。',
    'Compare two catalogs: what was added, removed and changed.',
  ),
  options: {},
  takes: [2, 2],
  needs: 'nothing',
  run: async (io, input) => diffCommand(io, { from: first(input), to: input.positionals[1]!, json: input.json }),
}
