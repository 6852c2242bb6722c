import type { SystemDetail } from '#register/api.ts'
import { fieldIds, type FieldId, fieldOf, isFieldId } from '#register/fields.ts'
import { type Fact, type Facts, factSchema, storedFacts } from '#register/model.ts'
import { checkSystemFacts } from '#register/model-checks.ts'

/** What the form holds: facts as the register stores them, by field. */
export type FormFacts = Record<string, Fact>
export type FormUse = { readonly useId: string | null; facts: FormFacts }
export type FormValues = {
  organisationId: string
  system: FormFacts
  uses: FormUse[]
  newBecause: string
  reason: string
}

export type FaultCode =
  | 'required'
  | 'tooLong'
  | 'notANumber'
  | 'date'
  | 'choice'
  | 'waived'
  | 'endBeforeStart'
  | 'newBecause'
  | 'useName'
  | 'useNameTwice'
  | 'other'
/** `path` is the name of the field in the form, and the id of the field on the page. */
export type FormFault = {
  readonly path: string
  readonly field: FieldId | undefined
  readonly code: FaultCode
  readonly params: Readonly<Record<string, string>>
}

export const systemPath = (field: FieldId): string => `system.${field}`
export const usePath = (index: number, field: FieldId): string => `uses.${index}.facts.${field}`

export const emptyUse = (): FormUse => ({ useId: null, facts: {} })
export const newSystemValues = (organisationId: string): FormValues => ({
  organisationId,
  system: {},
  uses: [emptyUse()],
  newBecause: '',
  reason: '',
})

export const valuesOf = (system: SystemDetail): FormValues => ({
  organisationId: system.organisation.id,
  system: { ...(system.facts as FormFacts) },
  uses: system.uses.map(({ id, facts }) => ({ useId: id, facts: { ...(facts as FormFacts) } })),
  newBecause: '',
  reason: '',
})

/** What is sent: fields of the scope only, without those that nobody answered. */
export const factsToSend = (facts: FormFacts, scope: 'system' | 'use'): Facts =>
  storedFacts(Object.fromEntries(Object.entries(facts).filter(([id]) => isFieldId(id) && fieldOf(id).scope === scope)))

function faultOf(field: FieldId, fact: Fact): Pick<FormFault, 'code' | 'params'> {
  if ('absent' in fact) return { code: fact.absent === 'waived' ? 'waived' : 'other', params: {} }
  const { kind } = fieldOf(field)
  if (kind === 'number') return { code: 'notANumber', params: {} }
  if (kind === 'date') return { code: 'date', params: {} }
  if (kind === 'code' || kind === 'codes' || kind === 'supplier' || kind === 'models') {
    return { code: 'choice', params: {} }
  }
  if (String(fact.value).trim() === '') return { code: 'required', params: {} }
  return { code: 'tooLong', params: { max: kind === 'text' ? '500' : '20,000' } }
}

function factFaults(facts: FormFacts, pathOf: (field: FieldId) => string): FormFault[] {
  return fieldIds.flatMap((field) => {
    const fact = facts[field]
    if (fact === undefined || factSchema(field).safeParse(fact).success) return []
    return [{ path: pathOf(field), field, ...faultOf(field, fact) }]
  })
}

type Asked = {
  /** Similar uses were shown: the person says why a new one is needed. */
  readonly needsBecause: boolean
  /** A use is added to a known system: only its own fields count, and it needs a name of its own. */
  readonly joining: boolean
}

/** Everything that must be put right before sending, in the order of the page. */
export function formFaults(values: FormValues, { needsBecause, joining }: Asked): readonly FormFault[] {
  const system = joining ? [] : systemFaults(values.system)
  const uses = values.uses.flatMap(({ facts }, i) => factFaults(facts, (field) => usePath(i, field)))
  const because =
    needsBecause && !joining && values.newBecause.trim() === ''
      ? [{ path: 'newBecause', field: undefined, code: 'newBecause' as const, params: {} }]
      : []
  return [...system, ...because, ...uses, ...useNameFaults(values.uses, joining)]
}

function systemFaults(facts: FormFacts): FormFault[] {
  const single = factFaults(facts, systemPath)
  const known = new Set(single.map(({ field }) => field))
  const together = checkSystemFacts(facts as Facts).flatMap(({ path, keyword, params }): FormFault[] => {
    const field = path.replace('/facts/', '')
    if (!isFieldId(field) || known.has(field)) return []
    const code = keyword === 'end-before-start' ? 'endBeforeStart' : keyword === 'required' ? 'required' : 'other'
    const start = params?.['start']
    return [{ path: systemPath(field), field, code, params: { start: typeof start === 'string' ? start : '' } }]
  })
  return [...together, ...single].toSorted((a, b) => order(a) - order(b))
}

const order = ({ field }: FormFault) => (field === undefined ? -1 : fieldIds.indexOf(field))

/** Several uses are told apart by a name of their own; the first one may keep none while it is alone. */
function useNameFaults(uses: readonly FormUse[], joining: boolean): FormFault[] {
  if (uses.length < 2 && !joining) return []
  const names = uses.map(({ facts }) => {
    const fact = facts['use-name']
    return fact !== undefined && 'value' in fact ? String(fact.value).trim() : ''
  })
  return names.flatMap((name, i): FormFault[] => {
    const code = name === '' ? 'useName' : names.indexOf(name) < i ? 'useNameTwice' : undefined
    return code === undefined ? [] : [{ path: usePath(i, 'use-name'), field: 'use-name', code, params: {} }]
  })
}
