import { useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Problem } from '#web/ui/problem.tsx'

import { proofText } from './calls.ts'

type Props = { kind: string; row: string; index: number | null }

/** Hands out the proof that one row is in the signed log, as a file. */
export function ProofButton({ kind, row, index }: Props) {
  const t = useTexts()
  const f = useFormat()
  const words = t.log.proof
  const [error, setError] = useState<unknown>()
  const [saved, setSaved] = useState(false)
  const save = async () => {
    setError(undefined)
    try {
      offer(await proofText(kind, row), `${kind}-${index ?? row}.tlog-proof`)
      setSaved(true)
    } catch (problem) {
      setError(problem)
    }
  }
  const named = index === null ? words.save : words.of(f.number(index))
  return (
    <span>
      <Button size="small" look="text" label={named} onPress={() => void save()}>
        {words.save}
      </Button>
      <span role="status" className="ml-2 text-note text-solid-gray-700">
        {saved && error === undefined ? words.saved : ''}
      </span>
      {error !== undefined && <Problem error={error} />}
    </span>
  )
}

/** The browser saves a text as a file. */
function offer(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
