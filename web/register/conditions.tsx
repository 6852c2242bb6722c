import { useQuery } from '@tanstack/react-query'

import { facetFieldIds } from '#register/api-filter.ts'
import type { FieldId } from '#register/fields.ts'
import { absences, type Absence } from '#register/model.ts'
import { type Texts, usePick, useTexts } from '#web/texts/language.tsx'
import { type Chip, FilterChips } from '#web/ui/chips.tsx'

import { AddCondition } from './add-condition.tsx'
import { modelsQuery, organisationsQuery, suppliersQuery } from './calls.ts'
import { codeWord } from './fact-view.tsx'
import { changeQuery, narrows, type RegisterQuery, withoutFilters } from './query.ts'

type Props = {
  ministry: string
  query: RegisterQuery
  onChange: (what: Partial<RegisterQuery>) => void
  onGo: (query: RegisterQuery) => void
}

/** The word for one value of a condition: a code, a reason why there is none, or that there is a value. */
export function facetWord(t: Texts, field: FieldId, value: string): string {
  if ((absences as readonly string[]).includes(value)) return t.words.absences[value as Absence]
  return value === 'value' ? t.words.hasValue : codeWord(t, field, value)
}

/** One condition, one chip. */
export function Conditions({ ministry, query, onChange, onGo }: Props) {
  const chips = useConditionChips(query)
  const remove = (id: string) => {
    const field = facetFieldIds.find((one) => `f.${one}` === id)
    if (field) onChange({ facets: { ...query.facets, [field]: [] } })
    else if (id === 'verdict') onChange({ verdict: [] })
    else if (id === 'stale') onChange({ stale: false })
    else onChange({ [id]: '' })
  }
  return (
    <FilterChips
      chips={chips}
      onRemove={remove}
      // Where nothing but the own ministry is left, that goes too.
      onRemoveAll={() =>
        onGo(
          narrows({ ...query, q: '' }, ministry)
            ? { ...withoutFilters(query, ministry), q: query.q }
            : changeQuery(query, { organisation: '' }),
        )
      }
      add={<AddCondition query={query} onChange={onChange} />}
    />
  )
}

function useConditionChips(query: RegisterQuery): readonly Chip[] {
  const t = useTexts()
  const pick = usePick()
  const words = t.register.list.add
  const organisations = useQuery({ ...organisationsQuery, enabled: query.organisation !== '' || query.at !== '' })
  const suppliers = useQuery({ ...suppliersQuery(''), enabled: query.supplier !== '' })
  const models = useQuery({ ...modelsQuery(''), enabled: query.model !== '' })
  const unknown = t.register.form.unknownName
  const organisation = organisations.data?.find(({ id }) => id === query.organisation)
  const at = organisations.data?.find(({ id }) => id === query.at)
  const supplier = suppliers.data?.find(({ id }) => id === query.supplier)
  const model = models.data?.find(({ id }) => id === query.model)
  const all: readonly (Chip | false)[] = [
    query.organisation !== '' && {
      id: 'organisation',
      name: t.register.list.columns.organisation,
      values: [words.organisationValue(organisation ? pick(organisation.name) : unknown)],
    },
    query.at !== '' && {
      id: 'at',
      name: t.register.list.columns.organisation,
      values: [words.atValue(at ? pick(at.name) : unknown)],
    },
    query.judged !== '' && { id: 'judged', name: words.judged, values: [words.judgedValue[query.judged]] },
    query.verdict.length > 0 && {
      id: 'verdict',
      name: words.verdict,
      values: query.verdict.map((verdict) => t.words.verdicts[verdict]),
    },
    query.stale && { id: 'stale', name: words.stale, values: [words.staleValue] },
    query.supplier !== '' && { id: 'supplier', name: t.fields.labels.supplier, values: [supplier?.name ?? unknown] },
    query.model !== '' && {
      id: 'model',
      name: t.fields.labels.models,
      values: [model ? `${model.name} ${model.modelVersion}`.trim() : unknown],
    },
    query.import !== '' && { id: 'import', name: words.import, values: [words.importValue] },
    ...facetFieldIds.map((field) => {
      const values = query.facets[field] ?? []
      return (
        values.length > 0 && {
          id: `f.${field}`,
          name: t.fields.labels[field],
          values: values.map((value) => facetWord(t, field, value)),
        }
      )
    }),
  ]
  return all.filter((chip) => chip !== false)
}
