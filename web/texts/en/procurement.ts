import type { procurement as source } from '#web/texts/ja/procurement.ts'

export const procurement: typeof source = {
  title: 'Procurement and contract',
}
