import { useState } from 'react'

import type { SheetItem } from '#procurement/sheets/api.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { mayEdit } from '#procurement/sheets/workflow.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useDeed } from './calls.ts'
import { useRefusal } from './refusal.ts'
import { ReasonOf } from './row-cells.tsx'

type Props = { item: SheetItem; page: SheetPage }

/** Include or leave out. Against the proposal, and for leaving out, a reason is asked for. */
export function DecidePart({ item, page }: Props) {
  const t = useTexts().procurement.decide
  const [open, setOpen] = useState(item.included === null)
  const refusal = useRefusal(page.may.keep)
  const locked = mayEdit(page.sheet.state, 'decision') ? refusal : t.locked
  if (locked !== undefined)
    return (
      <div className="mt-3">
        {item.included === false && <Reason item={item} />}
        {item.included !== true && <p className="text-solid-gray-700">{locked}</p>}
      </div>
    )
  if (!open && item.included !== null)
    return (
      <div className="mt-3 flex flex-wrap items-baseline gap-x-6">
        {item.reason !== null && <Reason item={item} />}
        <Button look="text" size="small" onPress={() => setOpen(true)}>
          {t.change}
        </Button>
      </div>
    )
  return <DecideForm item={item} procurementId={page.sheet.id} onDone={() => setOpen(false)} />
}

function Reason({ item }: { item: SheetItem }) {
  const t = useTexts()
  return (
    <p>
      {t.ui.named(t.procurement.decide.reason, '')}
      <ReasonOf item={item} />
    </p>
  )
}

type FormProps = { item: SheetItem; procurementId: string; onDone: () => void }

function DecideForm({ item, procurementId, onDone }: FormProps) {
  const t = useTexts().procurement
  const deed = useDeed(procurementId, onDone)
  const [choice, setChoice] = useState<'include' | 'leave-out'>()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { says } = item.proposal
  const optional = choice === says
  const send = (included: boolean | null, because = '') =>
    deed.mutate({ do: 'decide', item, included, ...(because.trim() === '' ? {} : { reason: because }) })
  const choose = (next: 'include' | 'leave-out') => {
    const asks = next === 'leave-out' || says === 'leave-out'
    if (asks) setChoice(next)
    else send(true)
  }
  return (
    <div className="mt-3 rounded-8 border border-solid-gray-420 bg-white p-4">
      <h3 className="mb-2 text-std-16B-170">{t.decide.title}</h3>
      {deed.error !== null && <Problem error={deed.error} takesFocus />}
      {choice === undefined ? (
        <div className="flex flex-wrap gap-3">
          {item.included !== true && (
            <Button
              size="medium"
              busy={deed.isPending}
              label={`${t.decide.include} ${labelOf(item.item)}`}
              onPress={() => choose('include')}
            >
              {t.decide.include}
            </Button>
          )}
          {item.included !== false && (
            <Button
              size="medium"
              busy={deed.isPending}
              label={`${t.decide.leaveOut} ${labelOf(item.item)}`}
              onPress={() => choose('leave-out')}
            >
              {t.decide.leaveOut}
            </Button>
          )}
          {item.included !== null && (
            <>
              <Button look="text" size="medium" onPress={() => send(null)}>
                {t.decide.takeBack}
              </Button>
              <Button look="text" size="medium" onPress={onDone}>
                {t.edit.cancel}
              </Button>
            </>
          )}
        </div>
      ) : (
        <div className="flex flex-col gap-4">
          <TextArea
            label={t.decide.reason}
            help={optional ? t.decide.asProposed : t.decide.reasonFor[choice]}
            requirement={optional ? 'optional' : 'required'}
            rows={2}
            width="full"
            value={reason}
            onChange={setReason}
            {...(tried && !optional && reason.trim() === '' ? { error: t.decide.needReason } : {})}
          />
          <div className="flex flex-wrap gap-3">
            <Button
              size="medium"
              busy={deed.isPending}
              onPress={() => {
                setTried(true)
                if (optional || reason.trim() !== '') send(choice === 'include', reason)
              }}
            >
              {choice === 'include' ? t.decide.include : t.decide.leaveOut}
            </Button>
            <Button look="text" size="medium" onPress={() => setChoice(undefined)}>
              {t.edit.cancel}
            </Button>
          </div>
        </div>
      )}
    </div>
  )
}
