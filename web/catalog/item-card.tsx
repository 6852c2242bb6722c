import type { ReactNode } from 'react'

import type { Catalog } from '#catalog/model.ts'
import { type Cited, sourcesOf, type Text } from '#catalog/model-texts.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Link } from '#web/ui/link.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { BothTexts } from './both-texts.tsx'
import { useCatalogText } from './cited-text.tsx'
import { anchorOf } from './find.ts'

type Props = {
  catalog: Catalog
  part: string
  item: Cited & { readonly id: string; readonly title?: Text | undefined; readonly text?: Text | undefined }
  /** Before the title: the number of a check, the strictness of an outcome. */
  sign?: ReactNode
  children?: ReactNode
}

/** One item of a catalog: id, texts with their marks, its content, and the places it cites. */
export function ItemCard({ catalog, part, item, sign, children }: Props) {
  const t = useTexts()
  const anchor = anchorOf(part, item.id)
  return (
    <article
      id={anchor}
      className="scroll-mt-20 break-inside-avoid border-b border-solid-gray-200 py-4 target:bg-blue-50"
    >
      <div className="flex flex-wrap items-baseline gap-x-3">
        {sign !== undefined && <span className="font-700 tabular-nums">{sign}</span>}
        <h3 className="min-w-0 flex-1 text-std-16N-170">
          {item.title ? (
            <BothTexts catalog={catalog} text={item.title} around={[item]} item={anchor} strong />
          ) : (
            item.id
          )}
        </h3>
        <a href={`#${anchor}`} className="text-note break-all text-solid-gray-700 underline decoration-1">
          {item.id}
        </a>
      </div>
      {item['verify-first'] && (
        <p className="mt-1">
          <Tag tone="attention">{t.catalog.item.verifyFirst}</Tag>
        </p>
      )}
      {item.text && (
        <div className="mt-1">
          <BothTexts catalog={catalog} text={item.text} around={[item]} item={anchor} />
        </div>
      )}
      {children}
      <SourceLine catalog={catalog} item={item} />
    </article>
  )
}

/** The places an item cites, spelled out: also on paper, where nothing can be activated. */
export function SourceLine({ catalog, item }: { catalog: Catalog; item: Cited }) {
  const t = useTexts()
  const text = useCatalogText()
  const places = sourcesOf(item)
  return (
    <p className="mt-2 text-note text-solid-gray-700">
      {t.catalog.sourceLine.title}
      {t.catalog.colon}
      {places.length === 0
        ? t.catalog.sourceLine.own
        : places.map((place, n) => {
            const source = catalog.sources.find(({ id }) => id === place.document)
            const name = source ? text(source.title) : place.document
            const words = place.at === undefined ? name : t.catalog.sourceLine.at(name, place.at)
            const url = place.url ?? source?.url
            return (
              <span key={`${place.document}:${place.at ?? ''}`}>
                {n > 0 && '；'}
                {url === undefined ? words : <Link href={url}>{words}</Link>}
              </span>
            )
          })}
    </p>
  )
}

/** A named fact of an item. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="mt-2 grid gap-x-4 text-note sm:grid-cols-[9rem_minmax(0,1fr)]">
      <p className="text-solid-gray-700">{name}</p>
      <div>{children}</div>
    </div>
  )
}
