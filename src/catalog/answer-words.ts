import type { AnswerFaultCode } from './model-result.ts'

type Params = Record<string, unknown>
const s = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(', ') : String(value ?? ''))

const words: Record<AnswerFaultCode, { ja: (p: Params) => string; en: (p: Params) => string }> = {
  'answers-not-an-object': {
    ja: () => '回答は「質問: 値」の形で書いてください。',
    en: () => 'Write the answers as question: value.',
  },
  'no-such-question': { ja: () => 'この質問はありません。', en: () => 'There is no such question.' },
  'no-such-option': {
    ja: (p) => `選択肢「${s(p['option'])}」はありません（${s(p['allowed'])}）。`,
    en: (p) => `There is no option "${s(p['option'])}" (${s(p['allowed'])}).`,
  },
  'option-twice': {
    ja: (p) => `選択肢「${s(p['option'])}」が二度あります。`,
    en: (p) => `The option "${s(p['option'])}" stands twice.`,
  },
  'exclusive-with-others': {
    ja: (p) => `選択肢「${s(p['option'])}」は、ほかの選択肢と一緒には選べません。`,
    en: (p) => `The option "${s(p['option'])}" cannot be chosen with others.`,
  },
  'wrong-answer-type': {
    ja: (p) => `${kinds[s(p['expected'])]?.ja ?? s(p['expected'])}を書いてください。`,
    en: (p) => `Write ${kinds[s(p['expected'])]?.en ?? s(p['expected'])}.`,
  },
  'not-whole': {
    ja: (p) => `整数ではありません（${s(p['value'])}）。`,
    en: (p) => `It is not a whole number (${s(p['value'])}).`,
  },
  'out-of-range': {
    ja: (p) => `範囲の外です（${s(p['value'])}、${s(p['min'])}～${s(p['max'])}）。`,
    en: (p) => `It is out of range (${s(p['value'])}; ${s(p['min'])} to ${s(p['max'])}).`,
  },
  'no-such-day': {
    ja: (p) => `この日はありません（${s(p['value'])}）。`,
    en: (p) => `There is no such day (${s(p['value'])}).`,
  },
  'too-long': {
    ja: (p) => `長すぎます（${s(p['most'])}字以下）。`,
    en: (p) => `It is too long (at most ${s(p['most'])} characters).`,
  },
}
const kinds: Record<string, { ja: string; en: string }> = {
  option: { ja: '選択肢のid', en: 'the id of an option' },
  options: { ja: '選択肢のidのリスト', en: 'a list of ids of options' },
  number: { ja: '数', en: 'a number' },
  date: { ja: '引用符で囲んだ日付（2026-04-01）', en: "a day in quotes ('2026-04-01')" },
  text: { ja: '文字列', en: 'a text' },
}

/** Why an answer in a case is wrong; the code stands in `answerFault`, with the params of the fault. */
export function answerWords(p: Params, language: 'ja' | 'en'): string {
  return words[p['answerFault'] as AnswerFaultCode]?.[language](p) ?? s(p['answerFault'])
}
