import type { stages as source } from '#web/texts/ja/stages.ts'

export const stages: typeof source = {
  title: 'What the next step needs',
}
