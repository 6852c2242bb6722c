import type { tenders as source } from '#web/texts/ja/tenders.ts'

export const tenders: typeof source = {
  title: 'Answers to tenders',
}
