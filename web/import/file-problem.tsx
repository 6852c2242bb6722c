import type { FileFault } from '#register/spreadsheet/faults.ts'
import { ApiError } from '#web/api.ts'
import { type Texts, useTexts } from '#web/texts/language.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Problem } from '#web/ui/problem.tsx'

type Wording = { readonly what: string; readonly todo: string }

/** The words for a file that cannot be read; undefined when the failure is of another kind. */
export function faultWords(t: Texts, error: unknown): Wording | undefined {
  if (!(error instanceof ApiError)) return undefined
  const fault = error.params['fault']
  if (typeof fault !== 'string' || !Object.hasOwn(t.importing.faults, fault)) return undefined
  // The params of the problem are the fault itself: src/register/spreadsheet/faults.ts.
  const word = t.importing.faults[fault as FileFault['fault']] as (found: unknown) => Wording
  return word(error.params)
}

type Props = { error: unknown; onAgain?: () => void }

/** Which file, where in it, what is wrong and what to do; nothing was imported. */
export function FileProblem({ error, onAgain }: Props) {
  const t = useTexts()
  const words = faultWords(t, error)
  if (words === undefined) return <Problem error={error} takesFocus {...(onAgain ? { onAgain } : {})} />
  return (
    <Notice kind="error" title={t.importing.file.unreadable} takesFocus>
      <p className="font-700">{words.what}</p>
      <p>{words.todo}</p>
      <p className="mt-1 text-note text-solid-gray-700">{t.importing.nothingImported}</p>
    </Notice>
  )
}
