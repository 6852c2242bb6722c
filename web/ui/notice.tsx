import { type ReactNode, useEffect, useRef } from 'react'

import { useTexts } from '#web/texts/language.tsx'

import { classes } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

export type NoticeKind = 'information' | 'success' | 'attention' | 'error'

const looks: Record<NoticeKind, { edge: string; sign: string; icon: IconName }> = {
  information: { edge: 'border-blue-900', sign: 'text-blue-900', icon: 'information' },
  success: { edge: 'border-green-800', sign: 'text-green-900', icon: 'circle-tick' },
  attention: { edge: 'border-yellow-900', sign: 'text-yellow-1200', icon: 'triangle-alert' },
  error: { edge: 'border-red-800', sign: 'text-red-900', icon: 'stop' },
}

type Props = {
  kind: NoticeKind
  title: string
  children?: ReactNode
  /** Buttons or links, last. */
  action?: ReactNode
  /** Moves the focus to the title when the notice appears. Success does so by itself. */
  takesFocus?: boolean
  level?: 2 | 3
}

/** In the flow of the page, never floating. */
export function Notice({ kind, title, children, action, takesFocus = kind === 'success', level = 2 }: Props) {
  const t = useTexts()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  const { edge, sign, icon } = looks[kind]
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <div
      role={kind === 'error' ? 'alert' : undefined}
      className={classes('my-4 flex gap-3 rounded-8 border-2 bg-white p-4', edge)}
    >
      <Icon name={icon} size={24} className={classes('mt-0.5', sign)} />
      <div className="min-w-0 flex-1">
        <Heading ref={heading} tabIndex={-1} className="text-std-17B-170">
          <span className="sr-only">{t.ui.notice[kind]}: </span>
          {title}
        </Heading>
        {children !== undefined && <div className="mt-1">{children}</div>}
        {action !== undefined && <div className="mt-3 flex flex-wrap gap-3">{action}</div>}
      </div>
    </div>
  )
}
