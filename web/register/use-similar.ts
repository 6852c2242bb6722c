import { useQuery } from '@tanstack/react-query'
import { type Control, useWatch } from 'react-hook-form'

import type { SimilarUse } from '#register/api.ts'
import type { Fact } from '#register/model.ts'

import { similarUsesQuery } from './calls.ts'
import type { FormValues } from './form-values.ts'
import { useSettled } from './use-settled.ts'

const textOf = (fact: Fact | undefined): string => (fact && 'value' in fact ? String(fact.value).trim() : '')

/** From this score on, a person says why a new system is needed. Preset: chosen by trying, not by a source. */
export const askBecauseFrom = 0.5

/** Looks for similar uses while name and purpose are typed, once the typing pauses. */
export function useSimilar(control: Control<FormValues>, enabled: boolean): readonly SimilarUse[] {
  const organisationId = useWatch({ control, name: 'organisationId' })
  const system = useWatch({ control, name: 'system' })
  const uses = useWatch({ control, name: 'uses' })
  const supplier = textOf(system['supplier'])
  const models = system['models']
  const input = useSettled(
    JSON.stringify({
      name: textOf(system['name']),
      purpose: textOf(uses[0]?.facts['purpose']),
      ...(organisationId === '' ? {} : { organisationId }),
      ...(supplier === '' ? {} : { supplier }),
      ...(models && 'value' in models ? { models: models.value } : {}),
    }),
    600,
  )
  const asked = JSON.parse(input) as { name: string; purpose: string; organisationId?: string }
  const wide = asked.name.length >= 2 || asked.purpose.length >= 4
  const found = useQuery({ ...similarUsesQuery(asked), enabled: enabled && wide })
  return enabled && wide ? (found.data ?? []).slice(0, 5) : []
}
