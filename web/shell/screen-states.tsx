import type { ErrorComponentProps } from '@tanstack/react-router'
import { useEffect } from 'react'

import { ApiError } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ButtonLink } from '#web/ui/link.tsx'
import { Loading } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'

export const ScreenLoading = () => <Loading />

export function NotFound() {
  const t = useTexts()
  return (
    <Page title={t.shell.notFoundTitle}>
      <p className="mb-5">{t.shell.notFound}</p>
      <ButtonLink href={paths.overview()}>{t.shell.toOverview}</ButtonLink>
    </Page>
  )
}

/** A screen that failed: a bug, or its script could not be fetched. The rest of the page keeps working. */
export function ScreenFailed({ error, reset }: ErrorComponentProps) {
  const t = useTexts()
  useEffect(() => {
    reportError(error)
  }, [error])
  if (error instanceof ApiError) return <Problem error={error} onAgain={reset} />
  return (
    <Page title={t.shell.failedTitle}>
      <Notice
        kind="error"
        title={t.shell.failed}
        action={
          <>
            <Button onPress={reset}>{t.shell.again}</Button>
            <Button onPress={() => window.location.reload()}>{t.shell.reload}</Button>
          </>
        }
      />
    </Page>
  )
}
