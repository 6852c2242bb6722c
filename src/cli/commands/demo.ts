import type { Kept } from '#demo/api.ts'
import { loadDemo } from '#demo/load-demo.ts'
import { removeDemo } from '#demo/remove-demo.ts'

import type { Command, Language } from '../command.ts'
import { whoActs } from '../who.ts'

const word = (ja: string, en: string) => ({ ja, en })

export const demoLoad: Command = {
  name: 'demo load',
  arguments: '',
  words: word('架空の実演用データを入れます。', 'Put in the fictional demonstration content.'),
  options: {},
  takes: [0, 0],
  needs: 'house',
  run: async (io, input, { deps }) => {
    const counts = await loadDemo(deps)
    const said = {
      ja: `実演用データを入れました（システム${counts.systems}件、利用${counts.uses}件）。`,
      en: `Demonstration content put in: ${counts.systems} systems, ${counts.uses} uses.`,
    }
    io.out(input.json ? JSON.stringify({ ok: true, counts }) : said[io.language])
    return 0
  },
}

export const demoRemove: Command = {
  name: 'demo remove',
  arguments: '',
  words: word(
    '架空の実演用データを消します。実際の記録が使っているものは残し、その名前を示します。',
    'Remove the fictional demonstration content. What real records hang on is kept and named.',
  ),
  options: {
    as: { type: 'string', value: 'person id', words: word('誰として行うか', 'person to act as') },
  },
  takes: [0, 0],
  needs: 'house',
  run: async (io, input, { deps }) => {
    const as = typeof input.values['as'] === 'string' ? input.values['as'] : undefined
    const { actor } = await whoActs(deps, { action: 'remove-demo', organisation: undefined, as })
    const done = await removeDemo(deps, actor)
    io.out(input.json ? JSON.stringify({ ok: true, ...done }) : inWords(done, io.language))
    return 0
  },
}

function inWords({ removed, kept }: { removed: number; kept: Kept }, language: Language): string {
  const names = Object.values(kept)
    .flat()
    .map((name) => name[language] || name.ja)
  const text = {
    ja: [`実演用データ${removed}件を消しました。`, '実際の記録が使っているため残したもの'],
    en: [`${removed} records of demonstration content removed.`, 'Kept, because real records hang on it'],
  }[language]
  return names.length === 0 ? text[0]! : `${text[0]}\n${text[1]}: ${names.join(', ')}`
}
