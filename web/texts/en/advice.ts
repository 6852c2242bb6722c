import type { advice as source } from '#web/texts/ja/advice.ts'

export const advice: typeof source = {
  title: 'Advice and conditions',
}
