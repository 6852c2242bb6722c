import type { ReactNode } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'

import { buttonClasses, type ButtonLook, type ButtonSize } from './button.tsx'
import { classes } from './class-names.ts'
import { Icon, type IconName } from './icon.tsx'

type Props = {
  /** Words of the button; also the name of what opens. */
  name: string
  look?: ButtonLook | 'chip'
  size?: ButtonSize
  icon?: IconName
  wide?: boolean
  children: (close: () => void) => ReactNode
}

const chipLook =
  'hit-44 inline-flex min-h-9 items-center gap-1.5 rounded-full border border-dashed border-blue-900 px-3.5 text-note text-blue-1000 hover:bg-blue-50'

/** A button that opens a small form or list beside it: filters, choices, short explanations. */
export function PopoverButton({ name, look = 'outline', size = 'medium', icon, wide, children }: Props) {
  return (
    <DialogTrigger>
      <AriaButton className={look === 'chip' ? chipLook : buttonClasses(look, size)}>
        {icon && <Icon name={icon} size={16} />}
        {name}
      </AriaButton>
      <Popover
        className={classes(
          'max-w-[calc(100vw-2rem)] overflow-auto rounded-8 border border-solid-gray-420 bg-white p-4 shadow-2',
          wide ? 'w-[36rem]' : 'w-80',
        )}
      >
        <Dialog aria-label={name} className="outline-none">
          {({ close }) => <>{children(close)}</>}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
