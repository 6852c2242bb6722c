import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import { ApiError } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { enterByLink } from './calls.ts'

/** The key stands behind `#`; it is taken out of the address at once, so that it stays in no history of the browser. */
function takeKey(): string {
  const key = window.location.hash.slice(1)
  if (key !== '') window.history.replaceState(window.history.state, '', window.location.pathname)
  return key
}

/** A press, not the opening, uses the link: programs that look into mail open links too. */
export function EnterScreen() {
  const t = useTexts().tenders.enter
  const [key] = useState(takeKey)
  const enter = useMutation({
    mutationFn: () => enterByLink(key),
    // Anew, so that nothing of whoever was signed in before stays in memory.
    onSuccess: ({ tender }) => window.location.assign(paths.tender(tender)),
  })
  const reason = enter.error instanceof ApiError ? t.failed[String(enter.error.params['reason'])] : undefined
  return (
    <Page title={t.title}>
      {key === '' ? (
        <Notice kind="attention" title={t.none} />
      ) : (
        <div className="flex flex-col items-start gap-4">
          <p>{t.pressLead}</p>
          {enter.isError &&
            (reason === undefined ? (
              <Problem error={enter.error} takesFocus />
            ) : (
              <Notice kind="error" title={reason} takesFocus />
            ))}
          <Button look="filled" size="large" busy={enter.isPending || enter.isSuccess} onPress={() => enter.mutate()}>
            {enter.isError ? t.again : t.press}
          </Button>
        </div>
      )}
    </Page>
  )
}
