import { roleWords } from '#access/roles/role-words.ts'
import type { Verdict } from '#register/model.ts'
import { fields } from '#register/words/ja.ts'

/** One word per state on all screens, in exports and in letters. */
export const words = {
  verdicts: fields.verdicts,
  verdictSentences: {
    'consult-board': 'アドバイザリーボードに相談する',
    'cannot-decide': '判定できない',
    proceed: '進めてよい（ボードへの相談は要りません）',
    'out-of-scope': 'ガイドラインの対象外',
    'not-reported': '判定がまだ報告されていない',
  } satisfies Record<Verdict, string>,
  stale: '再判定が必要',
  absences: fields.absences,
  hasValue: '値あり',
  axes: { raised: '該当', half: '一部', clear: '非該当' },
  provenance: { official: '公式', secondary: '二次', preset: 'プリセット' },
  provenanceSentences: {
    official: '公表された文書の文言、またはその公式な訳',
    secondary: '公表された要約による。原文で確かめてください',
    preset: '天秤が用意した既定の案。公式のものではありません',
  },
  roles: roleWords.ja,
  importOutcomes: { stored: '登録', rejected: '却下', flagged: '注意' },
}
