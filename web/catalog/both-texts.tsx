import type { Catalog } from '#catalog/model.ts'
import { type Cited, languagesOf, type Text, textIn } from '#catalog/model-texts.ts'
import { useLanguage } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'

import { citationOf } from './citation.ts'
import { Cite } from './cited-text.tsx'

type Props = {
  catalog: Catalog
  text: Text
  /** The items around it, from the nearest outwards. */
  around: readonly (Cited | undefined)[]
  /** Address of the item in this page. */
  item?: string
  strong?: boolean
  /** Short texts stand in one line. */
  inline?: boolean
}

/** A text in every language the catalog has it in, each with its own mark: the person's language first. */
export function BothTexts({ catalog, text, around, item, strong, inline }: Props) {
  const { language } = useLanguage()
  const all = languagesOf(text).toSorted((a, b) => Number(b === language) - Number(a === language))
  return (
    <span className="block">
      {all.map((one, n) => (
        <span
          key={one}
          className={classes(
            inline ? 'mr-3 inline-block' : 'block',
            n > 0 && 'text-note text-solid-gray-700',
            n === 0 && strong && 'font-700',
          )}
        >
          <span lang={one}>{textIn(text, one)}</span>
          <span className="font-400">
            <Cite
              catalog={catalog}
              citation={citationOf(catalog, one, text, ...around)}
              of={textIn(text, one)}
              {...(item === undefined ? {} : { item })}
            />
          </span>
        </span>
      ))}
    </span>
  )
}
