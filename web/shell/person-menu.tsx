import { Button as AriaButton } from 'react-aria-components/Button'
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Separator } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'

import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'

import { type Held, heldKey, isCurrent } from './roles-held.ts'
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
      <AriaButton className="flex min-h-11 items-center gap-3 rounded-6 px-2 text-left hover:bg-solid-gray-50">
        {/* The name holds the words that are seen, as they stand, so that it can be called by voice. */}
        <span className="sr-only">{t.shell.personMenu} </span>
        <span className="text-note leading-tight">
          <span className="block font-700 text-solid-gray-900">{t.words.roles[me.role]}</span>{' '}
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
          {me.rolesHeld.length > 1 && (
            <MenuSection
              selectionMode="single"
              selectedKeys={me.rolesHeld.filter((one) => isCurrent(me, one)).map(heldKey)}
              disallowEmptySelection
              onSelectionChange={(keys) => {
                const chosen = keys === 'all' ? undefined : me.rolesHeld.find((one) => keys.has(heldKey(one)))
                if (chosen && !isCurrent(me, chosen)) void changeRole(chosen)
              }}
            >
              <Header className="px-3 py-1 text-note text-solid-gray-700">{t.shell.roles}</Header>
              {me.rolesHeld.map((one) => (
                <RoleItem key={heldKey(one)} one={one} />
              ))}
            </MenuSection>
          )}
          {me.rolesHeld.length > 1 && <Separator className="my-1 border-t border-solid-gray-200" />}
          <MenuItem id="account" href={paths.account()} className={itemLook}>
            {t.account.title}
          </MenuItem>
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

/** The role, and beneath it for which organisation and as whose deputy. */
function RoleItem({ one }: { one: Held }) {
  const t = useTexts()
  const pick = usePick()
  const more = [
    pick(one.organisation.name),
    ...(one.onBehalfOf ? [t.account.deputyOf(pick(one.onBehalfOf.name))] : []),
    ...(one.supplier ? [pick(one.supplier.name)] : []),
  ].join('　')
  return (
    <MenuItem id={heldKey(one)} className={itemLook} textValue={`${t.words.roles[one.role]} ${more}`}>
      {({ isSelected }) => (
        <>
          <Icon name="tick" size={16} className={isSelected ? '' : 'invisible'} />
          <span className="py-1 leading-tight">
            <span className={isSelected ? 'block font-700' : 'block'}>{t.words.roles[one.role]}</span>
            <span className="block text-note text-solid-gray-700">{more}</span>
          </span>
        </>
      )}
    </MenuItem>
  )
}
