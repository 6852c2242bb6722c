import { ApiError } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'

import { Button } from './button.tsx'
import { ButtonLink } from './link.tsx'
import { Notice } from './notice.tsx'

export type WordedProblem = { readonly what: string; readonly todo: string; readonly requestId?: string | undefined }

/** Words any failure of a call: what is wrong and what to do, in the person's language. */
export function useProblem(): (error: unknown) => WordedProblem {
  const t = useTexts()
  return (error) => {
    if (!(error instanceof ApiError)) return t.problems.codes.bug({})
    const { reason } = error.params
    if (typeof reason === 'string' && Object.hasOwn(t.people.reasons, reason))
      return { ...t.people.reasons[reason]!, requestId: error.requestId }
    const word = Object.hasOwn(t.problems.codes, error.code) ? t.problems.codes[error.code] : t.problems.codes.bug
    return { ...word(error.params), requestId: error.requestId }
  }
}

type Props = {
  error: unknown
  /** Offered as 「もう一度試す」. */
  onAgain?: () => void
  takesFocus?: boolean
}

/** A failure where the content would be; other parts of the page keep working. */
export function Problem({ error, onAgain, takesFocus = false }: Props) {
  const t = useTexts()
  const { what, todo, requestId } = useProblem()(error)
  const mayHelp = !(error instanceof ApiError && ['not-permitted', 'not-found'].includes(error.code))
  const signedOut = error instanceof ApiError && error.code === 'not-signed-in'
  const back = paths.signIn({ next: window.location.pathname + window.location.search })
  return (
    <Notice
      kind="error"
      title={what}
      takesFocus={takesFocus}
      action={
        signedOut ? (
          <ButtonLink href={back}>{t.problems.signIn}</ButtonLink>
        ) : (
          onAgain && mayHelp && <Button onPress={onAgain}>{t.problems.again}</Button>
        )
      }
    >
      <p>{todo}</p>
      {requestId !== undefined && (
        <p className="mt-1 text-note text-solid-gray-700">{t.problems.requestId(requestId)}</p>
      )}
    </Notice>
  )
}
