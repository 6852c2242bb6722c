import { type ReactNode, useEffect, useRef } from 'react'

import { useTexts } from '#web/texts/language.tsx'

import { Breadcrumb, type Crumb } from './breadcrumb.tsx'

/** The router counts the entries of this visit in the state of the history. */
const followedLink = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && '__TSR_index' in state && Number(state.__TSR_index) > 0

type PageProps = {
  /** The h1, and the title of the window. */
  title: string
  /** From the root down; the page itself is added from `title`. */
  crumbs?: readonly Crumb[]
  /** One line under the h1. */
  lead?: ReactNode
  /** Buttons at the right of the h1; at most one of them is filled. */
  actions?: ReactNode
  /** Tables may use the whole width; text keeps to 1,200 px. */
  wide?: boolean
  children: ReactNode
}

/** The frame of every screen: title of the window, breadcrumb, h1, lead, actions. A new screen takes the focus to its h1. */
export function Page({ title, crumbs = [], lead, actions, wide, children }: PageProps) {
  const t = useTexts()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title}｜${t.shell.product}`
  }, [title, t])
  useEffect(() => {
    // The first screen leaves the focus to the browser; a link that was followed takes it to the new heading.
    const stays = document.activeElement?.closest('main > *') ?? null
    if (followedLink(window.history.state) && stays === null) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={wide ? '' : 'max-w-[75rem]'}>
      {crumbs.length > 0 && <Breadcrumb crumbs={[...crumbs, { name: title }]} />}
      <div className="mt-1 mb-6 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 ref={heading} tabIndex={-1} className="text-std-24B-150 sm:text-std-28B-150">
            {title}
          </h1>
          {lead !== undefined && <div className="mt-1 text-note text-solid-gray-700">{lead}</div>}
        </div>
        {actions !== undefined && (
          <div data-print="hide" className="flex flex-wrap items-start gap-3">
            {actions}
          </div>
        )}
      </div>
      {children}
    </div>
  )
}

type SectionProps = {
  title: string
  /** A link or a short sentence at the right of the heading. */
  aside?: ReactNode
  id?: string
  level?: 2 | 3
  children: ReactNode
}

/** A part of a page under its own heading, 32 px from the next. */
export function Section({ title, aside, id, level = 2, children }: SectionProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section className="mb-8" {...(id === undefined ? {} : { id })}>
      <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
        <Heading className={level === 2 ? 'text-std-20B-150' : 'text-std-18B-160'}>{title}</Heading>
        {aside !== undefined && <div className="text-note text-solid-gray-700">{aside}</div>}
      </div>
      {children}
    </section>
  )
}

/** Main and aside: the aside is 372 px and stays in view; below 1280 px it comes after the main part. */
export function MainAndAside({ main, aside, asideName }: { main: ReactNode; aside: ReactNode; asideName?: string }) {
  const t = useTexts()
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="min-w-0">{main}</div>
      <aside
        aria-label={asideName ?? t.ui.aside}
        className="min-w-0 lg:sticky lg:top-4 lg:max-h-[calc(100vh-2rem)] lg:overflow-y-auto"
      >
        {aside}
      </aside>
    </div>
  )
}
