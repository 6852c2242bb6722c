import type { ReactNode } from 'react'

import { useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'

import { Footer } from './footer.tsx'
import { BareHeader, ShellHeader } from './header.tsx'
import { Navigation, NavigationBar } from './navigation.tsx'
import type { Me } from './session.ts'

function SkipLink() {
  const t = useTexts()
  return (
    <a
      href="#main"
      className="sr-only rounded-4 bg-white px-4 py-3 text-blue-1000 underline focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50"
    >
      {t.shell.skip}
    </a>
  )
}

/** Header, side navigation, main and footer; without a person only header, main and footer. */
export function Shell({ me, children }: { me: Me | undefined; children: ReactNode }) {
  return (
    <>
      <SkipLink />
      {me ? <ShellHeader me={me} /> : <BareHeader />}
      {me?.engine === 'pglite' && <EvaluationNotice />}
      {me?.role === 'user' && (
        <div data-print="hide" className="hidden border-b border-solid-gray-420 md:block">
          <NavigationBar me={me} />
        </div>
      )}
      <div className="md:flex">
        {me && me.role !== 'user' && (
          <div data-print="hide" className="hidden w-56 shrink-0 border-r border-solid-gray-420 md:block">
            <Navigation me={me} />
          </div>
        )}
        <div className="flex min-h-[calc(100dvh-4rem)] min-w-0 flex-1 flex-col">
          <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 py-5 outline-none sm:px-8 sm:py-6">
            {children}
          </main>
          <Footer me={me} />
        </div>
      </div>
    </>
  )
}

/** The embedded database does not survive a power failure, and every page says so. */
export function EvaluationNotice() {
  const t = useTexts()
  return (
    <aside
      aria-label={t.ui.notice.attention}
      data-print="hide"
      className="flex items-center gap-2 border-b border-yellow-900 bg-yellow-50 px-4 py-1.5 text-note text-yellow-1200 sm:px-6"
    >
      <Icon name="attention" size={16} />
      {t.shell.evaluation}
    </aside>
  )
}
