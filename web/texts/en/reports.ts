import type { reports as source } from '#web/texts/ja/reports.ts'

export const reports: typeof source = {
  title: 'Periodic reports',
}
