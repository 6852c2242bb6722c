import type { desk as source } from '#web/texts/ja/desk.ts'

export const desk: typeof source = {
  title: 'Questions to the Desk',
}
