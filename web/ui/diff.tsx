import type { ReactNode } from 'react'

import { useTexts } from '#web/texts/language.tsx'

import { Icon } from './icon.tsx'

/** Old struck through, arrow, new on green and bold. */
export function Diff({ from, to }: { from: ReactNode; to: ReactNode }) {
  const t = useTexts()
  return (
    <span>
      <del className="text-solid-gray-700">
        <span className="sr-only">{t.ui.before}: </span>
        {from}
      </del>
      <Icon name="arrow-right" size={16} className="mx-1 align-[-3px]" />
      <ins className="rounded-4 bg-green-50 px-1 font-700 text-green-900 no-underline">
        <span className="sr-only">{t.ui.after}: </span>
        {to}
      </ins>
    </span>
  )
}

export type Difference = {
  readonly id: string
  readonly name: ReactNode
  readonly from: ReactNode
  readonly to: ReactNode
}

/** One field per line. */
export function DiffList({ items }: { items: readonly Difference[] }) {
  return (
    <dl className="text-note">
      {items.map(({ id, name, from, to }) => (
        <div key={id} className="mb-1 last:mb-0">
          <dt className="font-700 text-solid-gray-900">{name}</dt>
          <dd>
            <Diff from={from} to={to} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
