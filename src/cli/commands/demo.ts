import { loadDemo } from '#demo/load-demo.ts'
import { removeDemo } from '#demo/remove-demo.ts'

import type { Command } from '../command.ts'
import { whoActs } from '../who.ts'

const word = (ja: string, en: string) => ({ ja, en })

export const demoRemove: Command = {
  name: 'demo remove',
  arguments: '',
  words: word(
    '架空のデモをすべて消します。元に戻せません。本物の記録は残ります。',
    'Remove all fictional demonstration content for good. Real records stay.',
  ),
  options: {},
  takes: [0, 0],
  needs: 'house',
  run: async (io, { json }, { deps }) => {
    const { actor } = await whoActs(deps.db, { action: 'remove-demo', organisation: undefined, as: undefined })
    const removed = await removeDemo(deps, actor)
    io.out(json ? JSON.stringify({ ok: true, ...removed }) : JSON.stringify(removed, null, 2))
    return 0
  },
}

export const demoLoad: Command = {
  name: 'demo load',
  arguments: '',
  words: word('架空のデモを入れます。', 'Put the fictional demonstration content in.'),
  options: {},
  takes: [0, 0],
  needs: 'house',
  run: async (io, { json }, { deps }) => {
    const counts = await loadDemo(deps)
    io.out(json ? JSON.stringify({ ok: true, ...counts }) : JSON.stringify(counts, null, 2))
    return 0
  },
}
