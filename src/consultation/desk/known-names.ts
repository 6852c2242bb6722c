import { sql } from 'kysely'

import type { Db } from '#platform/database.ts'
import { type Facts, textOf } from '#register/model.ts'

import type { KnownName, NameKind } from './model.ts'
import { formsOf } from './names.ts'
import type { Stored } from './store.ts'

/**
 * The names by which one could tell who asked: of the organisation and those above it and of the
 * units of the people who asked, of the system with its units and
 * suppliers, of everybody who wrote in the thread; and the numbers that lead back to them.
 */
export async function knownNames(db: Db, consultation: Stored): Promise<KnownName[]> {
  const { rows } = await sql<{ kind: NameKind; name: string | null }>`
    select 'organisation' as kind, unnest(array[o.name_ja, o.name_en]) as name from organisation o
      where o.id = any(${consultation.organisationPath}::uuid[] || array(select unnest(u.path) from consultation_entry e
        join person p on p.id = e.actor_id join organisation u on u.id = p.organisation_id
        where e.item_id = ${consultation.id} and e.actor_role <> 'desk'))
    union select 'person', unnest(array[p.name_ja, p.name_en]) from person p
      where p.id in (select e.actor_id from consultation_entry e where e.item_id = ${consultation.id}
        union select e.to_person from consultation_entry e where e.item_id = ${consultation.id})
    union select 'supplier', unnest(array[x.name, x.name_en]) from supplier x
      where x.id in (select s.supplier_id from ai_system s where s.id = ${consultation.systemId}
        union select m.supplier_id from system_model sm join model m on m.id = sm.model_id
          where sm.system_id = ${consultation.systemId})
    union select 'number', unnest(array[${consultation.number}::text])
    union select 'number', s.number from ai_system s where s.id = ${consultation.systemId}`.execute(db)
  const named = [...rows, ...(await namesOfSystem(db, consultation.systemId))]
  const forms = named.flatMap(({ kind, name }) => (name === null || name === '' ? [] : formsOf(kind, name)))
  return [...new Map(forms.map((one) => [`${one.kind} ${one.name}`, one])).values()]
}

async function namesOfSystem(db: Db, systemId: string | null): Promise<{ kind: NameKind; name: string }[]> {
  if (systemId === null) return []
  const { rows } = await sql<{ facts: Facts; uses: string[] }>`
    select s.facts, array(select u.facts #>> '{use-name,value}' from ai_use u where u.system_id = s.id
      and u.facts #>> '{use-name,value}' is not null) as uses from ai_system s where s.id = ${systemId}`.execute(db)
  const facts = rows[0]?.facts ?? {}
  const system = [textOf(facts, 'name'), textOf(facts, 'name-en'), ...(rows[0]?.uses ?? [])]
  const units = [textOf(facts, 'planner-unit'), textOf(facts, 'provider-unit')]
  return [
    ...system.map((name) => ({ kind: 'system' as const, name })),
    ...units.map((name) => ({ kind: 'unit' as const, name })),
  ]
}
