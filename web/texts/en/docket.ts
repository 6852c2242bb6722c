import type { docket as source } from '#web/texts/ja/docket.ts'

export const docket: typeof source = {
  title: 'Docket of the Advisory Board',
}
