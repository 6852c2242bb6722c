import type { Catalog } from '#catalog/model.ts'
import { type Cited, languagesOf, type Text, textIn } from '#catalog/model-texts.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'

import { type Citation, citationOf } from './citation.ts'

/** The texts of a catalog in the person's language. */
export function useCatalogText() {
  const { language } = useLanguage()
  return (text: Text): string => textIn(text, language)
}

const sharesLanguage = (text: Text, language: string): boolean => languagesOf(text).includes(language)

/** A text of a catalog; marked with its language when it is not there in the person's. */
export function CatalogText({ text }: { text: Text }) {
  const { language } = useLanguage()
  if (sharesLanguage(text, language)) return <>{textIn(text, language)}</>
  return <span lang={languagesOf(text)[0]}>{textIn(text, language)}</span>
}

type CiteProps = {
  catalog: Catalog
  citation: Citation
  /** What it marks, for the accessible name. */
  of?: string
  /** Id of the item in the catalog reader. */
  item?: string
}

/** The mark of a citation; activated, it shows documents and places. */
export function Cite({ catalog, citation, of, item }: CiteProps) {
  const t = useTexts()
  const text = useCatalogText()
  const href = `${paths.catalog(catalog.id, catalog.edition)}${item === undefined ? '' : `#${item}`}`
  const own = { document: text(catalog.title), edition: t.catalog.editionOf(catalog.edition), href }
  const sources = citation.sources.map((source, n) => ({
    document: source.item === undefined ? source.document : text(source.item.title),
    at: source.at,
    url: source.url ?? source.item?.url,
    href: n === 0 ? href : undefined,
  }))
  return (
    <ProvenanceTag
      provenance={citation.provenance}
      sources={sources.length === 0 ? [own] : sources}
      verifyFirst={citation.verifyFirst}
      {...(of === undefined ? {} : { of })}
    />
  )
}

type MarkProps = Omit<CiteProps, 'citation'> & { cited: readonly (Cited | undefined)[] }

/** The mark of one text in the person's language; `cited` from the text outwards. */
export function Mark({ cited, ...props }: MarkProps) {
  const { language } = useLanguage()
  return <Cite {...props} citation={citationOf(props.catalog, language, ...cited)} />
}
