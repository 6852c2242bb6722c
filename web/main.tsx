import './styles.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { createQueryClient } from './query-client.ts'
import { createAppRouter } from './router.tsx'
import { LanguageProvider, loadTexts, storedLanguage } from './texts/language.tsx'
import { App } from './app.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
const language = storedLanguage()
const queryClient = createQueryClient()
const router = createAppRouter(queryClient)

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
