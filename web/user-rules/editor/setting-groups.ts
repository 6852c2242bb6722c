import { categories, type Setting } from '#user-rules/settings.ts'

export type Group = {
  readonly key: string
  readonly kind: Setting['kind']
  readonly service: 'any' | 'contracted' | 'terms-of-service' | null
  /** Places of its settings in the list of the clause. */
  readonly at: readonly number[]
}

/** Settings that are read together: all kinds of personal data of one service are one row, My Numbers another. */
export function groupsOf(settings: readonly Setting[]): Group[] {
  const groups = Map.groupBy(
    settings.map((setting, at) => ({ setting, at })),
    ({ setting }) => {
      const service = 'service' in setting ? setting.service : ''
      const locked = setting.kind === 'personal-data' && setting.category === 'my-number' ? 'my-number' : ''
      return `${setting.kind}/${service}/${locked}`
    },
  )
  return [...groups.entries()].map(([key, members]) => {
    const { setting } = members[0]!
    return {
      key,
      kind: setting.kind,
      service: 'service' in setting ? setting.service : null,
      at: members.map((m) => m.at),
    }
  })
}

const value = {
  purposes: { value: [], names: {} },
  classification: { service: 'contracted', value: 'confidentiality-1' },
  hosting: { service: 'contracted', value: ['JP'] },
  subjects: { value: [], names: {} },
  'output-checks': { value: ['person-confirms'] },
  retention: { service: 'contracted', value: 90 },
  logging: { value: 'digest' },
  'quota-requests': { value: 300 },
  'quota-characters': { value: 20_000 },
} as const

/** A new setting of a kind begins with the careful value. */
export function newSettings(kind: Setting['kind']): Setting[] {
  if (kind !== 'personal-data') return [{ kind, ...value[kind], provenance: 'own' } as unknown as Setting]
  return categories.map((category): Setting => {
    const service = category === 'my-number' ? 'any' : 'contracted'
    return { kind, service, category, value: 'refuse', provenance: 'own' }
  })
}
