import { useTexts } from '#web/texts/language.tsx'

import { Icon } from './icon.tsx'
import { Link } from './link.tsx'

/** The last one is the page itself and has no address. */
export type Crumb = { readonly name: string; readonly href?: string | undefined }

export function Breadcrumb({ crumbs }: { crumbs: readonly Crumb[] }) {
  const t = useTexts()
  return (
    <nav aria-label={t.ui.breadcrumb} className="text-note">
      <ol className="flex flex-wrap items-center gap-x-2">
        {crumbs.map(({ name, href }, i) => (
          <li key={`${name}:${href ?? ''}`} className="flex items-center gap-2">
            {i > 0 && <Icon name="chevron-right" size={12} />}
            {href === undefined ? <span aria-current="page">{name}</span> : <Link href={href}>{name}</Link>}
          </li>
        ))}
      </ol>
    </nav>
  )
}
