import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'

import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/text-field.tsx'

/** Looks in the register; the list shows what was asked for in its address. */
export function SearchBox({ onDone, takesFocus = false }: { onDone: () => void; takesFocus?: boolean }) {
  const t = useTexts()
  const router = useRouter()
  const [text, setText] = useState('')
  const go = (e: FormEvent) => {
    e.preventDefault()
    onDone()
    router.history.push(paths.register({ q: text.trim() }))
  }
  return (
    <search>
      <form onSubmit={go} className="flex flex-wrap items-end gap-3">
        <div className="min-w-48 flex-1">
          <TextField
            label={t.shell.searchLabel}
            help={t.shell.searchHelp}
            value={text}
            onChange={setText}
            type="search"
            width="full"
            takesFocus={takesFocus}
          />
        </div>
        <Button type="submit" look="outline">
          {t.shell.search}
        </Button>
      </form>
    </search>
  )
}
