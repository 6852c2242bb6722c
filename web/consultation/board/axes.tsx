import type { DossierAxis } from '#consultation/board/dossier.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'

import { inLanguage } from './words.ts'

const looks: Readonly<Record<string, string>> = {
  raised: 'border-orange-800 bg-orange-50 font-700 text-orange-1000',
  half: 'border-solid-gray-600',
}

/** 「A 利用者：一部」, one tag an axis; the state is always a word. */
export function Axes({ axes }: { axes: readonly DossierAxis[] }) {
  const t = useTexts()
  const { language } = useLanguage()
  return (
    <ul className="flex flex-wrap gap-2 text-note">
      {axes.map((axis) => (
        <li
          key={axis.id}
          className={classes('rounded-4 border px-2 py-0.5', looks[axis.state ?? ''] ?? 'border-solid-gray-420')}
        >
          {t.ui.named(
            inLanguage(axis.title, language),
            axis.stateTitle === null ? t.docket.dossier.unsettled : inLanguage(axis.stateTitle, language),
          )}
        </li>
      ))}
    </ul>
  )
}
