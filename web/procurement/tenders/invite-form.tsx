import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { Tender } from '#procurement/tenders/api.ts'
import { labelFor } from '#procurement/tenders/model.ts'
import { suppliersQuery } from '#web/register/calls.ts'
import { useSettled } from '#web/register/use-settled.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { CheckboxGroup, RadioCards } from '#web/ui/choices.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { Form } from '#web/ui/form.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { SearchSelect } from '#web/ui/select.tsx'
import { TextArea, TextField } from '#web/ui/text-field.tsx'

import { useRefreshTender } from './bidders-panel.tsx'
import { contactsQuery, invite } from './calls.ts'
import { Refused } from './refused.tsx'

type Props = { tender: Tender; onClose: () => void; onMade: (link: string | null) => void }

/** Five in the afternoon in Japan, on the day chosen. */
export const endOfDay = (day: string): string => `${day}T17:00:00+09:00`

export function InviteForm({ tender, onClose, onMade }: Props) {
  const t = useTexts().tenders.compare
  const id = tender.procurement.id
  const refresh = useRefreshTender(id)
  const [supplierId, setSupplierId] = useState<string>()
  const [label, setLabel] = useState(labelFor(tender.bidders.length))
  const [name, setName] = useState('')
  const [mail, setMail] = useState('')
  const [day, setDay] = useState<string>()
  const [message, setMessage] = useState('')
  const [language, setLanguage] = useState<'ja' | 'en'>('ja')
  const [way, setWay] = useState<'mail' | 'shown'>(tender.mailSent ? 'mail' : 'shown')
  const [people, setPeople] = useState<readonly string[]>([])
  const ask = useMutation({
    mutationFn: () =>
      invite(id, {
        supplierId: supplierId ?? '',
        label,
        contact: { name, mail },
        deadline: endOfDay(day ?? ''),
        language,
        way,
        people: [...people],
        ...(message === '' ? {} : { message }),
      }),
    onSuccess: async ({ link }) => {
      await refresh()
      onMade(link)
    },
  })
  const complete = supplierId !== undefined && label !== '' && name !== '' && mail !== '' && day !== undefined
  return (
    <Panel>
      <Form title={t.invite} error={null} onSubmit={() => complete && ask.mutate()}>
        <p>{t.inviteLead}</p>
        <SupplierChoice value={supplierId} onChange={setSupplierId} />
        <TextField
          label={t.label}
          help={t.labelHelp}
          width="short"
          maxLength={20}
          value={label}
          onChange={setLabel}
          requirement="required"
        />
        <TextField label={t.contactName} maxLength={100} value={name} onChange={setName} requirement="required" />
        <TextField
          label={t.contactMail}
          type="email"
          maxLength={254}
          value={mail}
          onChange={setMail}
          requirement="required"
        />
        <RadioCards
          label={t.language}
          offerNotYet={false}
          columns={2}
          value={language}
          onChange={(one) => setLanguage(one === 'en' ? 'en' : 'ja')}
          choices={(['ja', 'en'] as const).map((one) => ({ id: one, name: t.languages[one] }))}
        />
        <DateField
          label={t.deadline}
          value={day}
          onChange={(iso, ok) => setDay(ok ? iso : undefined)}
          requirement="required"
        />
        {tender.sent === null && (
          <TextArea label={t.message} rows={3} maxLength={4000} value={message} onChange={setMessage} />
        )}
        {tender.mailSent ? (
          <RadioCards
            label={t.way}
            offerNotYet={false}
            columns={2}
            value={way}
            onChange={(one) => setWay(one === 'shown' ? 'shown' : 'mail')}
            choices={(['mail', 'shown'] as const).map((one) => ({ id: one, name: t.ways[one] }))}
          />
        ) : (
          <p>{t.noMail}</p>
        )}
        <People procurement={id} supplierId={supplierId} value={people} onChange={setPeople} />
        <Refused error={ask.error} />
        <div className="flex flex-wrap gap-3">
          <Button
            type="submit"
            look="filled"
            busy={ask.isPending}
            {...(complete ? {} : { blockedBecause: t.supplier })}
            reason="hidden"
          >
            {t.invite}
          </Button>
          <Button look="text" onPress={onClose}>
            {t.cancel}
          </Button>
        </div>
      </Form>
    </Panel>
  )
}

function SupplierChoice({ value, onChange }: { value: string | undefined; onChange: (id: string) => void }) {
  const t = useTexts().tenders.compare
  const [typed, setTyped] = useState('')
  const found = useQuery(suppliersQuery(useSettled(typed)))
  const choices = (found.data ?? []).map(({ id, name, nameEn }) => ({
    id,
    name,
    note: nameEn === '' ? undefined : nameEn,
  }))
  return (
    <SearchSelect
      label={t.supplier}
      width="long"
      choices={choices}
      value={value}
      onSearch={setTyped}
      onChange={onChange}
      requirement="required"
    />
  )
}

type PeopleProps = {
  procurement: string
  supplierId: string | undefined
  value: readonly string[]
  onChange: (ids: readonly string[]) => void
}

/** Contacts of the supplier who sign in, where there are any. */
function People({ procurement, supplierId, value, onChange }: PeopleProps) {
  const t = useTexts().tenders.compare
  const pick = usePick()
  const contacts = useQuery(contactsQuery(procurement, supplierId))
  if (!contacts.data || contacts.data.length === 0) return null
  return (
    <CheckboxGroup
      label={t.people}
      value={[...value]}
      onChange={onChange}
      choices={contacts.data.map(({ id, name }) => ({ id, name: pick(name) }))}
    />
  )
}
