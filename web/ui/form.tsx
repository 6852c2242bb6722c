import type { ReactNode } from 'react'

import { Problem } from './problem.tsx'

type Props = {
  title: string
  /** Under which heading of the page it stands. */
  level?: 2 | 3
  /** Why the last attempt failed; it takes the focus. */
  error: unknown
  onSubmit: () => void
  children: ReactNode
}

/** A form in a page: its title, what went wrong, its fields. Faults are said by the fields, not by the browser. */
export function Form({ title, level = 3, error, onSubmit, children }: Props) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(e) => {
        e.preventDefault()
        onSubmit()
      }}
    >
      <Heading className={level === 2 ? 'text-std-18B-160' : 'text-std-16B-170'}>{title}</Heading>
      {error !== null && <Problem error={error} takesFocus />}
      {children}
    </form>
  )
}
