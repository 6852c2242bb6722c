import type { ReactNode } from 'react'
import { Link as AriaLink } from 'react-aria-components/Link'

import { useTexts } from '#web/texts/language.tsx'

import { buttonClasses, type ButtonLook, type ButtonSize } from './button.tsx'
import { classes } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

type Props = {
  /** From `web/paths.ts`, or a full address outside. */
  href: string
  children: ReactNode
  /** Accessible name when the words alone are not clear in a row. */
  label?: string | undefined
  bold?: boolean
  /** In reading pages a visited link is seen as visited. */
  visited?: boolean
  lang?: string
}

const isOutside = (href: string): boolean => /^https?:\/\//.test(href)

/** A link in text. Goes through the router; an address outside opens in a new tab and says so. */
export function Link({ href, children, label, bold, visited, lang }: Props) {
  const t = useTexts()
  const outside = isOutside(href)
  return (
    <AriaLink
      href={href}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(lang === undefined ? {} : { lang })}
      {...(outside ? { target: '_blank', rel: 'noreferrer' } : {})}
      className={classes(
        'text-blue-1000 underline decoration-1 underline-offset-[3px] hover:text-blue-900 hover:decoration-[3px]',
        bold && 'font-700',
        visited && 'visited:text-magenta-900',
      )}
    >
      {children}
      {outside && (
        <>
          <Icon name="external" size={16} className="mx-0.5 align-[-2px]" />
          <span className="sr-only">{t.ui.newTab}</span>
        </>
      )}
    </AriaLink>
  )
}

type ButtonLinkProps = {
  href: string
  children: ReactNode
  look?: ButtonLook
  size?: ButtonSize
  icon?: IconName
  label?: string
  /** Saves the address as a file instead of going there. */
  download?: boolean
}

/** A link that looks like a button: it goes somewhere, it does nothing by itself. */
export function ButtonLink({
  href,
  look = 'outline',
  size = 'large',
  icon,
  label,
  download,
  children,
}: ButtonLinkProps) {
  return (
    <AriaLink
      href={href}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(download ? { download: true } : {})}
      className={classes(buttonClasses(look, size), look !== 'text' && 'no-underline')}
    >
      {icon && <Icon name={icon} size={size === 'small' ? 16 : 20} />}
      {children}
    </AriaLink>
  )
}
