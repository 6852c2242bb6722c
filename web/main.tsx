import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { createQueryClient } from './query-client.ts'
import { createAppRouter } from './router.tsx'
import { isOpen } from './shell/root-route.tsx'
import { meQuery } from './shell/session.ts'
import { LanguageProvider, loadTexts, storedLanguage } from './texts/language.tsx'
import { App } from './app.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
const language = storedLanguage()
const queryClient = createQueryClient()
const router = createAppRouter(queryClient)

// What the first screen needs is asked for while the app itself is still being made: who is there, and the screen's script.
if (!isOpen(window.location.pathname)) void queryClient.prefetchQuery(meQuery)
for (const { routeId } of router.matchRoutes(router.latestLocation))
  void router.loadRouteChunk(router.routesById[routeId as keyof typeof router.routesById])

loadTexts(language).then(
  (texts) =>
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <LanguageProvider language={language} texts={texts}>
            <App router={router} />
          </LanguageProvider>
        </QueryClientProvider>
      </StrictMode>,
    ),
  (error: unknown) => {
    throw error
  },
)
