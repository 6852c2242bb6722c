import { useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'

/** The signing key, shown this once. */
export function Secret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const words = useTexts().notices.webhooks
  const [copied, setCopied] = useState(false)
  const copy = () => {
    // Where the browser does not allow it, the key is there to be selected.
    navigator.clipboard.writeText(secret).then(
      () => setCopied(true),
      () => {},
    )
  }
  return (
    <Notice
      kind="attention"
      title={words.secretTitle}
      takesFocus
      action={
        <div className="flex flex-wrap items-center gap-3">
          <Button size="medium" onPress={copy}>
            {words.copy}
          </Button>
          <Button size="medium" look="text" onPress={onDone}>
            {words.secretDone}
          </Button>
          <span role="status">{copied ? words.copied : ''}</span>
        </div>
      }
    >
      <p>{words.secretText}</p>
      <p className="mt-2">
        <span className="mr-3 text-note">{words.secret}</span>
        <code className="break-all select-all">{secret}</code>
      </p>
    </Notice>
  )
}
