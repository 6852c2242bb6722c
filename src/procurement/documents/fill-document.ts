import { compose } from './compose.ts'
import type { Composing } from './composing.ts'
import { type DocumentKind, placeholderOf } from './model.ts'
import { defaultTemplate } from './word/default-template.ts'
import type { Pages } from './word/contents.ts'
import { fillTemplate } from './word/fill-template.ts'
import { templateWords } from './word/template-words.ts'

/**
 * One document of one procurement as Word.
 * @param template  the ministry's own; without it ours
 * @param pages  of the headings, where they were measured
 */
export async function fillDocument(
  kind: DocumentKind,
  given: Composing,
  template?: Buffer,
  pages?: Pages,
): Promise<Buffer> {
  const ours = await defaultTemplate(kind, given.language)
  return fillTemplate(template ?? ours, ours, {
    lookUp: (written) => placeholderOf(kind, written),
    ...compose(kind, given),
    contentsId: 'contents',
    ...(pages ? { pages } : {}),
    title: `${templateWords[given.language].titles[kind]} ${given.sheet.number}`,
    madeAt: given.at,
  })
}
