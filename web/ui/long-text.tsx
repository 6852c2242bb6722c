import { useEffect, useId, useRef, useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'

import { Button } from './button.tsx'

/** Free text: six lines, then 「続きを読む」. Line breaks of the writer are kept. */
export function LongText({ text, lang }: { text: string; lang?: string }) {
  const t = useTexts()
  const id = useId()
  const paragraph = useRef<HTMLParagraphElement>(null)
  const [long, setLong] = useState(false)
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const p = paragraph.current
    if (p !== null && text !== '' && !open) setLong(p.scrollHeight > p.clientHeight + 1)
  }, [text, open])
  return (
    <div>
      <p
        ref={paragraph}
        id={id}
        lang={lang}
        className={open ? 'whitespace-pre-wrap' : 'line-clamp-6 whitespace-pre-wrap'}
      >
        {text}
      </p>
      {long && (
        <Button look="text" size="small" expanded={open} controls={id} onPress={() => setOpen(!open)}>
          {open ? t.ui.less : t.ui.more}
        </Button>
      )}
    </div>
  )
}
