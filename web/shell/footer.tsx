import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Link } from '#web/ui/link.tsx'

import type { Me } from './session.ts'

export function Footer({ me }: { me?: Me | undefined }) {
  const t = useTexts()
  const pick = usePick()
  return (
    <footer data-shell className="border-t border-solid-gray-200 px-4 py-5 text-note text-solid-gray-700 sm:px-8">
      {me?.finder && (
        <p>
          <Link href={paths.catalog(me.finder.catalog, me.finder.edition)}>
            {t.shell.ruleSet(pick(me.finder.title), me.finder.edition)}
          </Link>
        </p>
      )}
      <p>{t.shell.licence}</p>
    </footer>
  )
}
