import { Button as AriaButton } from 'react-aria-components/Button'
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Separator } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'

import type { Role } from '#access/model.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'

import { type Me, useSession } from './session.ts'

const itemLook =
  'flex min-h-11 cursor-pointer items-center gap-2 rounded-6 px-3 text-std-16N-170 outline-none data-focused:bg-blue-50 data-focus-visible:outline-4 data-focus-visible:outline-black data-focus-visible:-outline-offset-4'

/** Post and unit of the person; opens role, person and sign-out. */
export function PersonMenu({ me }: { me: Me }) {
  const t = useTexts()
  const pick = usePick()
  const { changeRole, signOut } = useSession()
  return (
    <MenuTrigger>
      <AriaButton
        className="flex min-h-11 items-center gap-3 rounded-6 px-2 text-left hover:bg-solid-gray-50"
        aria-label={`${t.shell.personMenu}: ${t.words.roles[me.role]}, ${pick(me.organisation.name)}`}
      >
        <span className="text-note leading-tight">
          <span className="block font-700 text-solid-gray-900">{t.words.roles[me.role]}</span>
          <span className="block">{pick(me.organisation.name)}</span>
        </span>
        <Icon name="chevron-down" size={16} />
      </AriaButton>
      <Popover className="min-w-64 rounded-8 border border-solid-gray-420 bg-white p-2 shadow-2" placement="bottom end">
        <Menu
          aria-label={t.shell.personMenu}
          className="outline-none"
          onAction={(key) => {
            if (key === 'switch' || key === 'leave') void signOut()
          }}
        >
          {me.roles.length > 1 && (
            <MenuSection
              selectionMode="single"
              selectedKeys={[me.role]}
              disallowEmptySelection
              onSelectionChange={(keys) => {
                const [role] = keys === 'all' ? [] : [...keys]
                if (role !== undefined && role !== me.role) void changeRole(role as Role)
              }}
            >
              <Header className="px-3 py-1 text-note text-solid-gray-700">{t.shell.roles}</Header>
              {me.roles.map((role) => (
                <MenuItem key={role} id={role} className={itemLook} textValue={t.words.roles[role]}>
                  {({ isSelected }) => (
                    <>
                      <Icon name="tick" size={16} className={isSelected ? '' : 'invisible'} />
                      <span className={isSelected ? 'font-700' : ''}>{t.words.roles[role]}</span>
                    </>
                  )}
                </MenuItem>
              ))}
            </MenuSection>
          )}
          {me.roles.length > 1 && <Separator className="my-1 border-t border-solid-gray-200" />}
          {me.evaluation && (
            <MenuItem id="switch" className={itemLook}>
              {t.shell.switchPerson}
            </MenuItem>
          )}
          <MenuItem id="leave" className={itemLook}>
            {t.shell.signOut}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
