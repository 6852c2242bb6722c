import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { ButtonLink } from '#web/ui/link.tsx'

type Props = { deed: string; busy: boolean; back: string; blockedBecause?: string | undefined }

/** The one deed of a form, and the way back without it. */
export function FormDeeds({ deed, busy, back, blockedBecause }: Props) {
  const t = useTexts()
  return (
    <div className="mt-8 flex flex-wrap items-start justify-between gap-3 border-t border-solid-gray-420 pt-6">
      <ButtonLink href={back}>{t.register.form.cancel}</ButtonLink>
      <Button type="submit" look="filled" busy={busy} blockedBecause={blockedBecause}>
        {deed}
      </Button>
    </div>
  )
}
