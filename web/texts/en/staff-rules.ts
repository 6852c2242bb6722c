import type { staffRules as source } from '#web/texts/ja/staff-rules.ts'

export const staffRules: typeof source = {
  title: 'Rules when you use AI',
}
