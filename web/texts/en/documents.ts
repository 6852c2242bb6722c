import type { documents as source } from '#web/texts/ja/documents.ts'

export const documents: typeof source = {
  title: 'Documents',
}
