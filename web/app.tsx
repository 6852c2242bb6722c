import { RouterProvider } from '@tanstack/react-router'
import { I18nProvider, RouterProvider as AriaRouterProvider } from 'react-aria-components'

import { jumpTo } from './shell/jump.ts'
import { useLanguage } from './texts/language.tsx'
import type { AppRouter } from './router.tsx'

/** One router for both: links of react-aria-components go through the same history as those of TanStack Router. */
export function App({ router }: { router: AppRouter }) {
  const { language } = useLanguage()
  return (
    <I18nProvider locale={language === 'ja' ? 'ja-JP' : 'en-GB'}>
      <AriaRouterProvider navigate={(href) => (href.startsWith('#') ? jumpTo(href) : router.history.push(href))}>
        <RouterProvider router={router} />
      </AriaRouterProvider>
    </I18nProvider>
  )
}
