import { type ReactNode, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components/Button'

import type { Person } from '#access/api.ts'
import { type Role, roles } from '#access/model.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Tabs } from '#web/ui/tabs.tsx'

export type Choice = { readonly person: Person; readonly role: Role }
/** Everyone in every role they hold, in the order of the roles. */
const choicesOf = (people: readonly Person[]): readonly (readonly [Role, readonly Choice[]])[] =>
  roles
    .map((role) => [role, people.filter((p) => p.roles.includes(role)).map((person) => ({ person, role }))] as const)
    .filter(([, choices]) => choices.length > 0)

/** The people of evaluation mode by role, to choose one. */
export function LocalPeople({ people, onChoose }: { people: readonly Person[]; onChoose: (choice: Choice) => void }) {
  return (
    <Ministries people={people}>
      {(some) =>
        choicesOf(some).map(([role, choices]) => (
          <RoleChoices key={role} role={role} choices={choices} onChoose={onChoose} />
        ))
      }
    </Ministries>
  )
}
/** With people of several ministries one chooses the ministry first; the first one is shown. */
function Ministries({
  people,
  children,
}: {
  people: readonly Person[]
  children: (people: readonly Person[]) => ReactNode
}) {
  const t = useTexts()
  const pick = usePick()
  const ministries = [...new Map(people.map(({ ministry }) => [ministry.id, ministry])).values()]
  const [chosen, setChosen] = useState(ministries[0]?.id ?? '')
  if (ministries.length < 2) return children(people)
  return (
    <Tabs
      label={t.access.signIn.ministry}
      tabs={ministries.map(({ id, name }) => ({ id, name: pick(name) }))}
      value={chosen}
      onChange={setChosen}
    >
      {children(people.filter(({ ministry }) => ministry.id === chosen))}
    </Tabs>
  )
}

type RoleChoicesProps = { role: Role; choices: readonly Choice[]; onChoose: (choice: Choice) => void }
function RoleChoices({ role, choices, onChoose }: RoleChoicesProps) {
  const t = useTexts()
  const pick = usePick()
  return (
    <section className="mb-6">
      <h2 className="text-std-18B-160">{t.words.roles[role]}</h2>
      <p className="mb-2 text-note text-solid-gray-700">{t.access.signIn.what[role]}</p>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {choices.map(({ person }) => {
          const unit = pick(person.organisation.name)
          const post = pick(person.post)
          return (
            <li key={person.id}>
              <AriaButton
                onPress={() => onChoose({ person, role })}
                className="flex h-full min-h-16 w-full items-center gap-3 rounded-8 border border-solid-gray-420 px-4 py-2 text-left leading-snug hover:border-blue-900 hover:bg-blue-50"
              >
                <span className="min-w-0 flex-1">
                  <span className="block font-700 text-blue-1000 underline underline-offset-4">{unit}</span>
                  <span className="block text-note">{[...new Set([post, pick(person.name)])].join('　')}</span>
                </span>
                <Icon name="chevron-right" size={16} />
              </AriaButton>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
