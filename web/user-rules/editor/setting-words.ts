import type { CompiledSetting } from '#user-rules/compile.ts'
import type { Setting, Value, Words } from '#user-rules/settings.ts'
import type { Texts } from '#web/texts/language.tsx'

type Names = Readonly<Record<string, Words>>
const units = { retention: 'days', 'quota-requests': 'times', 'quota-characters': 'characters' } as const

/** What a setting is set to, in words. */
export function valueWords(
  t: Texts,
  pick: (words: Words) => string,
  kind: Setting['kind'],
  value: Value,
  names: Names = {},
): string {
  const { values, checks } = t.userRules.settings
  if (Array.isArray(value))
    return t.ui.list(
      (value as readonly string[]).map((code) => {
        const named = names[code]
        return named ? pick(named) : kind === 'output-checks' ? checks[code as keyof typeof checks] : code
      }),
    )
  if (typeof value === 'number') {
    const unit = units[kind as keyof typeof units]
    return `${value.toLocaleString('en-US')} ${t.userRules.settings[unit]}`
  }
  return values[value as keyof typeof values]
}

/** What a setting is about: its kind, the kind of personal data, the service. */
export function aboutWords(
  t: Texts,
  { kind, service, category }: Pick<CompiledSetting, 'kind' | 'service' | 'category'>,
): string {
  const texts = t.userRules.settings
  const what = category === null ? texts.kinds[kind] : texts.category[category]
  return service === null ? what : t.ui.named(texts.services[service], what)
}

/** What a key of a setting is about. */
export function keyWords(t: Texts, key: string): string {
  const [kind, service, category] = key.split('/') as [
    CompiledSetting['kind'],
    CompiledSetting['service'],
    CompiledSetting['category'],
  ]
  return aboutWords(t, { kind, service: service ?? null, category: category ?? null })
}
