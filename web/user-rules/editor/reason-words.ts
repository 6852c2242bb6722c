import type { StepState } from '#user-rules/api.ts'
import type { Looser } from '#user-rules/compile.ts'
import type { Texts } from '#web/texts/language.tsx'

import { keyWords } from './setting-words.ts'

/** What stands in the way of a step, each as a sentence. */
export function reasonWords(t: Texts, date: (iso: string) => string, { reasons }: StepState): string[] {
  const texts = t.userRules.reasons
  return reasons.flatMap(({ code, params }): string[] => {
    const number = (name: string) => Number(params[name])
    switch (code) {
      case 'reviewers-waiting':
        return [texts.waiting(number('left'), number('of'))]
      case 'sent-back':
        return [texts['sent-back'](number('left'))]
      case 'effective-past':
        return [texts['effective-past'](date(String(params['earliest'])))]
      case 'languages-differ':
        return [
          texts['languages-differ'](t.ui.list((params['articles'] as number[]).map((n) => t.userRules.article(n)))),
        ]
      case 'looser-than-ministry':
        return (params['settings'] as Looser[]).map(({ key, system, ministry }) =>
          texts.looser(keyWords(t, key), system.number, ministry.number),
        )
      case 'no-clauses':
      case 'no-reviewers':
      case 'no-effective-day':
      case 'no-contact':
        return [texts[code]()]
      default:
        return [texts['wrong-state']()]
    }
  })
}
