import type { ReactNode } from 'react'

import type { SheetItem } from '#procurement/sheets/api.ts'
import type { ItemEdit } from '#procurement/sheets/edit-item.ts'
import { ApiError } from '#web/api.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Form } from '#web/ui/form.tsx'

import { Conflict } from './conflict.tsx'
import { useDeed } from './calls.ts'

type Props = {
  title: string
  item: SheetItem
  procurementId: string
  edit: ItemEdit
  /** Whether it may be sent: a fault stands at its field otherwise. */
  check?: () => boolean
  /** What differs, for who was not first. */
  fields: readonly { readonly name: string; readonly mine: string; readonly theirs: (now: SheetItem) => string }[]
  onDone: () => void
  children: ReactNode
}

/** A form inside the opened row. When somebody else was first both versions are shown, and nothing typed is lost. */
export function EditFrame({ title, item, procurementId, edit, check = () => true, fields, onDone, children }: Props) {
  const t = useTexts().procurement.edit
  const deed = useDeed(procurementId, onDone)
  const send = (version: number) => deed.mutate({ do: 'edit', item: { item: item.item, version }, edit })
  const now = nowOf(deed.error)
  return (
    <div className="mt-4 rounded-8 border border-solid-gray-420 bg-white p-4 font-400">
      {now !== undefined && (
        <Conflict
          fields={fields.map(({ name, mine, theirs }) => ({ name, mine, theirs: theirs(now) }))}
          onTheirs={onDone}
          onMine={() => send(now.version)}
        />
      )}
      <Form title={title} error={now === undefined ? deed.error : null} onSubmit={() => check() && send(item.version)}>
        {children}
        <div className="flex flex-wrap gap-4">
          <Button type="submit" size="medium" busy={deed.isPending}>
            {t.save}
          </Button>
          <Button look="text" size="medium" onPress={onDone}>
            {t.cancel}
          </Button>
        </div>
      </Form>
    </div>
  )
}

export const nowOf = (error: unknown): SheetItem | undefined =>
  error instanceof ApiError && error.code === 'changed-meanwhile' ? (error.params['now'] as SheetItem) : undefined
