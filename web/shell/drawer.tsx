import { useLocation } from '@tanstack/react-router'
import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'

import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Link } from '#web/ui/link.tsx'

import { LanguageSwitch } from './language-switch.tsx'
import { Navigation } from './navigation.tsx'
import { PersonMenu } from './person-menu.tsx'
import { SearchBox } from './search-box.tsx'
import type { Me } from './session.ts'

/** Under 960 px: everything of the header and the side navigation behind one button. */
export function Drawer({ me }: { me: Me }) {
  const t = useTexts()
  const { pathname } = useLocation()
  // Open on one address only: following a link closes it.
  const [openAt, setOpenAt] = useState<string>()
  const setOpen = (open: boolean) => setOpenAt(open ? pathname : undefined)
  return (
    <DialogTrigger isOpen={openAt === pathname} onOpenChange={setOpen}>
      <AriaButton className="keep flex min-h-11 items-center gap-2 rounded-6 px-2">
        <Icon name="menu" />
        <span className="max-[399px]:sr-only">{t.shell.menu}</span>
      </AriaButton>
      <ModalOverlay isDismissable className="fixed inset-0 z-40 bg-opacity-gray-400">
        <Modal className="ml-auto h-dvh w-80 max-w-[calc(100vw-2rem)] overflow-y-auto bg-white shadow-2">
          <Dialog aria-label={t.shell.menu} className="p-4 outline-none">
            <div className="flex items-center justify-between gap-2">
              <LanguageSwitch />
              <Button look="text" size="medium" icon="cross" onPress={() => setOpen(false)} label={t.shell.closeMenu}>
                {t.ui.close}
              </Button>
            </div>
            <div className="my-2 border-y border-solid-gray-200 py-3">
              <PersonMenu me={me} />
              {me.demo && (
                <p className="mt-2 px-2 text-note">
                  <Link href={paths.aboutDemo()}>{t.shell.demo}</Link>
                </p>
              )}
            </div>
            <SearchBox onDone={() => setOpen(false)} />
            <Navigation me={me} />
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
