import type { ReactNode } from 'react'

import { classes } from './class-names.ts'

type PanelProps = {
  title?: string
  /** A link or a short sentence at the right of the title. */
  aside?: ReactNode
  level?: 2 | 3
  /** `dashed` for what is not reported, `strong` for the equation that must hold. */
  edge?: 'line' | 'dashed' | 'strong'
  className?: string
  children: ReactNode
}

const edges = {
  line: 'border border-solid-gray-200',
  dashed: 'border border-dashed border-solid-gray-536',
  strong: 'border-2 border-solid-gray-800',
}

export function Panel({ title, aside, level = 2, edge = 'line', className, children }: PanelProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className={classes('rounded-8 bg-white p-5', edges[edge], className)}>
      {title !== undefined && (
        <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4 gap-y-2">
          <Heading className={level === 2 ? 'text-std-20B-150' : 'text-std-18B-160'}>{title}</Heading>
          {aside !== undefined && <div className="text-note">{aside}</div>}
        </div>
      )}
      {children}
    </section>
  )
}

export type Definition = { readonly term: ReactNode; readonly detail: ReactNode; readonly key?: string }

/** Facts as label and value, hairlines between, the label 144 px wide where there is room. */
export function DefinitionList({ items }: { items: readonly Definition[] }) {
  return (
    <dl className="text-note">
      {items.map(({ term, detail, key }, i) => (
        <div
          key={key ?? (typeof term === 'string' ? term : i)}
          className="grid gap-x-4 border-b border-solid-gray-200 py-2.5 sm:grid-cols-[9rem_minmax(0,1fr)]"
        >
          <dt className="text-solid-gray-700">{term}</dt>
          <dd>{detail}</dd>
        </div>
      ))}
    </dl>
  )
}
