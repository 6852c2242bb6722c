import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger, Heading } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'

import { useTexts } from '#web/texts/language.tsx'

import { classes } from './class-names.ts'
import { Link } from './link.tsx'

export type Provenance = 'official' | 'secondary' | 'preset'
export type ProvenanceSource = {
  /** Title of the document. */
  readonly document: string
  readonly edition?: string | undefined
  /** Page, section or item. */
  readonly at?: string | undefined
  /** Address at the publisher. */
  readonly url?: string | undefined
  /** Address of the item in our catalog reader, from `paths`. */
  readonly href?: string | undefined
}

const looks: Record<Provenance, string> = {
  official: 'border-blue-900 bg-blue-50 text-blue-1000',
  secondary: 'border-solid-gray-600 bg-white text-solid-gray-800',
  preset: 'border-dashed border-yellow-900 bg-white text-yellow-1200',
}

type Props = {
  provenance: Provenance
  sources?: readonly ProvenanceSource[]
  verifyFirst?: boolean
  /** What it marks, for the accessible name: 「軸Aの名称」. */
  of?: string
}

/** Stands beside the text it marks; activated, it shows document, edition and place. */
export function ProvenanceTag({ provenance, sources = [], verifyFirst, of }: Props) {
  const t = useTexts()
  const word = t.words.provenance[provenance]
  const name = t.ui.provenance.open(of === undefined ? word : `${of} ${word}`)
  return (
    <DialogTrigger>
      <AriaButton
        aria-label={name}
        className={classes(
          'hit-44 keep mx-0.5 inline-flex items-center rounded-4 border px-1.5 align-baseline text-note leading-snug hover:underline',
          looks[provenance],
        )}
      >
        {word}
      </AriaButton>
      <Popover className="w-96 max-w-[calc(100vw-2rem)] rounded-8 border border-solid-gray-420 bg-white p-4 shadow-2">
        <Dialog className="text-note outline-none">
          <Heading slot="title" className="text-std-16B-170">
            {word}
          </Heading>
          <p>{t.words.provenanceSentences[provenance]}</p>
          {verifyFirst && <p className="mt-1 text-yellow-1200">{t.ui.provenance.verifyFirst}</p>}
          {sources.map((source) => (
            <SourceOf key={`${source.document}:${source.at ?? ''}`} source={source} />
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function SourceOf({ source }: { source: ProvenanceSource }) {
  const t = useTexts()
  const rows = [
    [t.ui.provenance.document, source.document],
    [t.ui.provenance.edition, source.edition],
    [t.ui.provenance.at, source.at],
  ].filter((row): row is [string, string] => row[1] !== undefined)
  return (
    <div className="mt-3 border-t border-solid-gray-200 pt-2">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-1">
        {rows.map(([term, detail]) => (
          <div key={term} className="contents">
            <dt className="text-solid-gray-700">{term}</dt>
            <dd>{detail}</dd>
          </div>
        ))}
      </dl>
      <div className="mt-1 flex flex-wrap gap-x-4">
        {source.href !== undefined && <Link href={source.href}>{t.ui.provenance.toCatalog}</Link>}
        {source.url !== undefined && <Link href={source.url}>{t.ui.provenance.original}</Link>}
      </div>
    </div>
  )
}
