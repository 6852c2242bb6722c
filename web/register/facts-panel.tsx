import { useState } from 'react'

import type { SystemDetail } from '#register/api.ts'
import { type FieldGroup, fieldIds, type FieldId, fieldOf } from '#register/fields.ts'
import { type Facts, factOf } from '#register/model.ts'
import { paths } from '#web/paths.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { formatNumber } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'

import { FactView } from './fact-view.tsx'

/** What a person decides on; everything else is one press away. */
const main: readonly FieldId[] = [
  'purpose',
  'users-kind',
  'users-count',
  'information-class',
  'personal-data',
  'inputs-for-training',
  'confidential-in-training',
  'human-judgement',
  'error-harm',
  'models',
  'supplier',
  'service-kind',
  'hosting-country',
  'ismap',
  'expected-hours',
  'measured-hours',
]
/** Shown elsewhere on the page: name, stage and its dates. */
const rest = fieldIds.filter((id) => fieldOf(id).group !== 'stage' && id !== 'name')

type Props = { system: SystemDetail; use: SystemDetail['uses'][number] | undefined }

export function FactsPanel({ system, use }: Props) {
  const t = useTexts()
  const words = t.register.system.facts
  const [all, setAll] = useState(false)
  const facts: Facts = { ...system.facts, ...use?.facts }
  const shown = rest.filter((id) => id !== 'use-name' || system.uses.length > 1)
  const groups = [...new Set(shown.map((id) => fieldOf(id).group))]
  const items = (ids: readonly FieldId[]) =>
    ids.map((field) => ({
      key: field,
      term: t.fields.labels[field],
      detail: <Answer system={system} use={use?.id} field={field} facts={facts} />,
    }))
  return (
    <Panel
      title={words.title}
      aside={
        <Button look="text" size="small" expanded={all} onPress={() => setAll(!all)}>
          {all ? words.fewer : words.all(formatNumber(shown.length))}
        </Button>
      }
    >
      {all ? (
        groups.map((group: FieldGroup) => (
          <div key={group} className="mb-5">
            <h3 className="text-std-16B-170">{t.fields.groups[group]}</h3>
            <DefinitionList items={items(shown.filter((id) => fieldOf(id).group === group))} />
          </div>
        ))
      ) : (
        <DefinitionList items={items(main)} />
      )}
    </Panel>
  )
}

type AnswerProps = { system: SystemDetail; use: string | undefined; field: FieldId; facts: Facts }

/** The value, or why there is none, with the way to answer. */
function Answer({ system, use, field, facts }: AnswerProps) {
  const t = useTexts()
  const fact = factOf(facts, field)
  const open = 'absent' in fact && fact.absent === 'unanswered'
  return (
    <>
      <FactView field={field} fact={fact} names={system.names} showNote linked />
      {open && (
        <span className="ml-2">
          <Link
            href={paths.systemEdit(system.id, { field, use })}
            label={t.register.system.facts.answerOf(t.fields.labels[field])}
          >
            {t.register.system.facts.answer}
          </Link>
        </span>
      )}
    </>
  )
}
