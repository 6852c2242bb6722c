import { type FormEvent, useEffect, useRef, useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { TextField } from '#web/ui/text-field.tsx'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** Finds in names, purposes, suppliers and models. The key `/` comes here from anywhere on the page. */
export function SearchForm({ q, onFind }: { q: string; onFind: (q: string) => void }) {
  const t = useTexts()
  const words = t.register.list
  const [text, setText] = useState(q)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const boxed = e.target instanceof HTMLInputElement && e.target.type === 'checkbox'
      if (e.key !== '/' || e.ctrlKey || e.metaKey || e.altKey || (typing(e.target) && !boxed)) return
      e.preventDefault()
      form.current?.querySelector('input')?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  const find = (e: FormEvent) => {
    e.preventDefault()
    onFind(text)
  }
  return (
    <form ref={form} role="search" aria-label={words.search} onSubmit={find} className="mb-4 flex items-end gap-3">
      <div className="min-w-0 flex-1">
        <TextField
          label={words.search}
          help={words.searchHelp}
          type="search"
          width="full"
          value={text}
          onChange={setText}
        />
      </div>
      <Button type="submit">{words.find}</Button>
    </form>
  )
}
