import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Link as AriaLink } from 'react-aria-components/Link'
import { Popover } from 'react-aria-components/Popover'

import { Bell } from '#web/notifications/bell.tsx'
import { paths } from '#web/paths.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'

import { Drawer } from './drawer.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { Mark } from './mark.tsx'
import { PersonMenu } from './person-menu.tsx'
import { SearchBox } from './search-box.tsx'
import type { Me } from './session.ts'

const headLook =
  'flex min-h-14 items-center gap-2 border-b border-solid-gray-420 bg-white px-4 sm:min-h-16 sm:gap-4 sm:px-6'

function Brand() {
  const t = useTexts()
  const { language } = useLanguage()
  return (
    <AriaLink href={paths.overview()} className="flex items-center gap-2.5 rounded-4">
      <Mark />
      <span className="keep text-std-20B-150 text-solid-gray-900">{t.shell.product}</span>
      {language === 'ja' && (
        <span lang="en" className="hidden text-note sm:inline">
          Tenbin
        </span>
      )}
    </AriaLink>
  )
}

/** For the sign-in screen: mark and language only. */
export function BareHeader() {
  return (
    <header data-shell className={headLook}>
      <Brand />
      <div className="ml-auto">
        <LanguageSwitch />
      </div>
    </header>
  )
}

function Search() {
  const t = useTexts()
  const [open, setOpen] = useState(false)
  return (
    <DialogTrigger isOpen={open} onOpenChange={setOpen}>
      <AriaButton className="keep flex min-h-11 items-center gap-1.5 rounded-6 px-2 hover:bg-solid-gray-50">
        <Icon name="search" />
        {t.shell.search}
      </AriaButton>
      <Popover
        placement="bottom end"
        className="w-[32rem] max-w-[calc(100vw-2rem)] rounded-8 border border-solid-gray-420 bg-white p-5 shadow-2"
      >
        <Dialog aria-label={t.shell.searchLabel} className="outline-none">
          <SearchBox onDone={() => setOpen(false)} takesFocus />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

export function ShellHeader({ me }: { me: Me }) {
  const t = useTexts()
  const pick = usePick()
  return (
    <header data-shell className={headLook}>
      <Brand />
      <span className="min-w-0 border-l border-solid-gray-420 pl-2 text-note leading-tight font-700 sm:pl-4 sm:text-[1rem]">
        {pick(me.ministry.name)}
      </span>
      {me.demo && (
        <AriaLink
          href={paths.aboutDemo()}
          className="hit-44 keep hidden rounded-4 border border-solid-gray-536 px-2 py-0.5 text-note hover:underline md:inline-block"
        >
          {t.shell.demo}
        </AriaLink>
      )}
      <div className="ml-auto hidden items-center gap-2 md:flex">
        <Search />
        <Bell />
        <LanguageSwitch />
        <span className="h-10 border-l border-solid-gray-420" />
        <PersonMenu me={me} />
      </div>
      <div className="ml-auto flex items-center md:hidden">
        <Bell compact />
        <Drawer me={me} />
      </div>
    </header>
  )
}
