import { expect, it } from 'vitest'

import { faultWords } from '#audit/verify/tenbin-verify.mjs'
import { log as en } from '#web/texts/en/log.ts'
import { log as ja } from '#web/texts/ja/log.ts'

it('the screen says of each fault what the verifier says', () => {
  for (const [texts, words] of [
    [ja.faults, faultWords.ja],
    [en.faults, faultWords.en],
  ] as const) {
    const { 'proof-unreadable': _proof, 'leaf-not-included': _leaf, ...ofTheLog } = words
    expect(texts).toEqual(ofTheLog)
  }
})
