import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { PersonDetail, RoleSpan } from '#access/people/api.ts'
import { api } from '#web/api.ts'
import { useMe } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Form } from '#web/ui/form.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Section } from '#web/ui/page.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { dayBefore } from './day-before.ts'
import { DeputyForm } from './deputy-form.tsx'
import { GiveRole } from './give-role.tsx'
import { useOnlyOthers, useOnlyPeople } from './use-only-people.ts'

type Done = (said: string) => void

/** Roles from one day to another; each opens to be ended and to name who acts for the holder. */
export function PersonRoles({ person, onDone }: { person: PersonDetail; onDone: Done }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.people
  const only = useOnlyOthers(person)
  const [giving, setGiving] = useState(false)
  const [open, setOpen] = useState<string>()
  const done: Done = (said) => {
    setGiving(false)
    setOpen(undefined)
    onDone(said)
  }
  const tones = { now: 'success', later: 'blue', over: 'quiet' } as const
  return (
    <Section
      title={words.rolesHeld}
      aside={
        person.state === 'active' ? (
          <Button
            look="outline"
            size="medium"
            blockedBecause={only}
            reason="hidden"
            expanded={giving}
            onPress={() => setGiving(!giving)}
          >
            {words.give}
          </Button>
        ) : undefined
      }
    >
      {giving && (
        <Panel className="mb-4">
          <GiveRole person={person} onDone={done} />
        </Panel>
      )}
      {person.roles.length === 0 ? (
        <Empty why={words.noRoles} />
      ) : (
        <DataTable<RoleSpan>
          caption={words.rolesHeld}
          rows={person.roles}
          rowKey={({ id }) => id}
          rowName={(span) => t.words.roles[span.role]}
          rowTone={(span) => (span.when === 'over' ? 'quiet' : undefined)}
          columns={[
            {
              id: 'role',
              name: words.role,
              cell: (span) => (
                <span className="inline-flex flex-wrap items-center gap-2">
                  {t.words.roles[span.role]}
                  <Tag tone={tones[span.when]}>{words.when[span.when]}</Tag>
                  {span.provider !== null && <Tag>{words.byProvider}</Tag>}
                </span>
              ),
            },
            {
              id: 'organisation',
              name: words.forOrganisation,
              cell: ({ organisation, supplier }) =>
                `${pick(organisation.name)}${supplier === null ? '' : t.ui.brackets(supplier.name)}`,
            },
            {
              id: 'period',
              name: words.period,
              cell: ({ from, to }) => (
                <span className="tabular-nums">
                  {to === null ? words.since(f.date(from)) : `${f.date(from)}–${f.date(to)}`}
                </span>
              ),
            },
            {
              id: 'deputies',
              name: words.deputies,
              cell: ({ deputies }) =>
                deputies.length === 0
                  ? words.noDeputy
                  : deputies.map((one) => (
                      <span key={one.id} className="block">
                        {pick(one.person.name)}
                        {t.ui.brackets(`${f.date(one.from)}–${f.date(one.to)}`)}
                      </span>
                    )),
            },
          ]}
          opening={{
            key: open,
            onOpen: setOpen,
            details: (span) =>
              span.when === 'over' ? <p>{words.when.over}</p> : <RoleDeeds person={person} span={span} onDone={done} />,
          }}
        />
      )}
    </Section>
  )
}

function RoleDeeds({ person, span, onDone }: { person: PersonDetail; span: RoleSpan; onDone: Done }) {
  const me = useMe()
  const only = useOnlyPeople()
  const own = me?.person.id === person.id && me.may['name-deputy']
  return (
    <div className="grid gap-8 lg:grid-cols-2">
      {only === undefined ? <EndRole person={person} span={span} onDone={onDone} /> : <p>{only}</p>}
      {(only === undefined || own) && <DeputyForm person={person} span={span} onDone={onDone} />}
    </div>
  )
}

function EndRole({ person, span, onDone }: { person: PersonDetail; span: RoleSpan; onDone: Done }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.people
  const queryClient = useQueryClient()
  const [to, setTo] = useState<string | undefined>(span.to ?? undefined)
  const [fault, setFault] = useState<string>()
  const end = useMutation({
    mutationFn: (last: string) => api.post(`/roles-held/${span.id}/end`, { to: last }),
    onSuccess: async () => {
      onDone(words.ended(t.words.roles[span.role]))
      await queryClient.invalidateQueries({ queryKey: ['persons'] })
    },
  })
  return (
    <Form
      title={words.endRole(t.words.roles[span.role], pick(span.organisation.name))}
      error={end.error}
      onSubmit={() => {
        setFault(to === undefined ? words.toNeeded : undefined)
        if (to !== undefined) end.mutate(to)
      }}
    >
      <DateField label={words.to} value={to} onChange={(iso) => setTo(iso)} error={fault} />
      <div className="flex flex-wrap gap-4">
        <Button type="submit" look="outline" size="medium" busy={end.isPending}>
          {words.endOn}
        </Button>
        <Button look="outline" tone="danger" size="medium" onPress={() => end.mutate(dayBefore(person.today))}>
          {words.endNow}
        </Button>
      </div>
      <p className="text-note">{words.endNowHelp}</p>
    </Form>
  )
}
