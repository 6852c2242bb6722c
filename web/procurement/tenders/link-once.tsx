import { useState } from 'react'

import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Notice } from '#web/ui/notice.tsx'

/** The link is nowhere but here, until it is closed. */
export function LinkOnce({ link, onClose }: { link: string; onClose: () => void }) {
  const t = useTexts().tenders.compare
  const [copied, setCopied] = useState(false)
  return (
    <div className="mb-4">
      <Notice
        kind="attention"
        title={t.link}
        takesFocus
        action={
          <span className="flex flex-wrap gap-3">
            <Button size="small" onPress={() => void navigator.clipboard.writeText(link).then(() => setCopied(true))}>
              {copied ? t.copied : t.copy}
            </Button>
            <Button size="small" look="text" onPress={onClose}>
              {t.close}
            </Button>
          </span>
        }
      >
        <p>{t.linkOnce}</p>
        <code className="my-2 block break-all">{link}</code>
      </Notice>
    </div>
  )
}
