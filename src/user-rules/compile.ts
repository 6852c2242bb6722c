import type { Level } from './model.ts'
import {
  type Category,
  outputChecks,
  type OutputCheck,
  type Service,
  type Setting,
  type SettingKind,
  singlesOf,
  type Value,
  type Words,
} from './settings.ts'
import { isLooser, strictest } from './strictness.ts'

/** What `compile` reads of a version. */
export type Rule = {
  readonly rule: { readonly id: string; readonly level: Level }
  readonly number: number
  readonly digest: string
  readonly clauses: readonly {
    readonly id: string
    /** Nothing for a clause that was taken out: it says nothing any more. */
    readonly number: number | null
    readonly heading: Words
    readonly settings: readonly Setting[]
  }[]
}

export type Named = Readonly<Record<string, Words & { readonly terms?: readonly string[] }>>

/** The article that says so. */
export type Article = {
  readonly level: Level
  readonly ruleId: string
  readonly clauseId: string
  readonly number: number
  readonly value: Value
  /** What a person is told on refusal, with the article. */
  readonly refusal: Words | null
  /** Words of the codes in a list, and terms to find them by. */
  readonly names: Named
}

export type CompiledSetting = {
  readonly key: string
  readonly kind: SettingKind
  readonly service: Service | null
  readonly category: Category | null
  /** The strictest of what the articles say. */
  readonly value: Value
  readonly names: Named
  readonly articles: readonly Article[]
}

/**
 * Why it is for people: `no-setting`, the clause has none; `person-judges`, only the person who uses the output can tell;
 * `person-declares`, the machine goes by what the person says of the text; `kept-by-operator`, the service lies outside
 * our reach; `no-terms`, a subject without words to find it by.
 */
export const peopleReasons = ['no-setting', 'person-judges', 'person-declares', 'kept-by-operator', 'no-terms'] as const
export type PeopleReason = (typeof peopleReasons)[number]

export type ForPeople = {
  readonly level: Level
  readonly ruleId: string
  readonly clauseId: string
  readonly number: number
  readonly heading: Words
  /** The setting it is about; nothing when the clause has none. */
  readonly key: string | null
  /** The part of it; empty for the whole. */
  readonly codes: readonly string[]
  readonly reason: PeopleReason
}

export type CompiledRule = {
  readonly format: 'tenbin-compiled-rule/1'
  /** Ministry first. */
  readonly rules: readonly {
    readonly level: Level
    readonly id: string
    readonly version: number
    readonly digest: string
  }[]
  /** In the order of their keys. */
  readonly settings: readonly CompiledSetting[]
  /** In the order of articles, ministry first. */
  readonly forPeople: readonly ForPeople[]
}

type Part = { readonly machine: Value | null; readonly people: readonly [PeopleReason, readonly string[]] | null }

/** What of a setting a machine can keep, and what people must. Nothing of it is left out. */
function split(setting: Setting, service: Service | null, value: Value): Part {
  const whole = (reason: PeopleReason): Part => ({ machine: null, people: [reason, []] })
  switch (setting.kind) {
    case 'output-checks': {
      const codes = value as readonly OutputCheck[]
      const people = codes.filter((code) => outputChecks[code] === 'people')
      const machine = codes.filter((code) => outputChecks[code] === 'machine')
      return {
        machine: machine.length > 0 || people.length === 0 ? machine : null,
        people: people.length > 0 ? ['person-judges', people] : null,
      }
    }
    case 'subjects': {
      const codes = value as readonly string[]
      const findable = codes.filter((code) => (setting.names[code]?.terms ?? []).length > 0)
      const rest = codes.filter((code) => !findable.includes(code))
      return {
        machine: findable.length > 0 || rest.length === 0 ? findable : null,
        people: rest.length > 0 ? ['no-terms', rest] : null,
      }
    }
    case 'retention':
      return service === 'terms-of-service' ? whole('kept-by-operator') : { machine: value, people: null }
    case 'purposes':
    case 'classification':
      return { machine: value, people: ['person-declares', []] }
    case 'personal-data':
    case 'hosting':
    case 'logging':
    case 'quota-requests':
    case 'quota-characters':
      return { machine: value, people: null }
  }
}

const articleWords = (level: Level, number: number): Words =>
  level === 'ministry'
    ? { ja: `（利活用ルール第${number}条）`, en: ` (Rule, article ${number})` }
    : { ja: `（システムの利活用ルール第${number}条）`, en: ` (Rule of the system, article ${number})` }

/** The sentence on refusal ends with its article; it is added here, so that it is right whatever the place of the clause. */
export function refusalOf(setting: Pick<Setting, 'refusal'>, level: Level, number: number): Words | null {
  if (setting.refusal === undefined) return null
  const article = articleWords(level, number)
  return { ja: setting.refusal.ja + article.ja, en: setting.refusal.en + article.en }
}

/**
 * The rule as a machine reads it. Pure and total: every setting of every clause is in `settings`, in `forPeople`, or partly
 * in each; a clause without settings is in `forPeople`. The order of clauses and settings makes no difference to `settings`.
 */
export function compile(rule: Rule): CompiledRule {
  const { id: ruleId, level } = rule.rule
  const found: CompiledSetting[] = []
  const forPeople: ForPeople[] = []
  for (const { id: clauseId, number, heading, settings } of rule.clauses) {
    if (number === null) continue
    const at = { level, ruleId, clauseId, number }
    if (settings.length === 0) forPeople.push({ ...at, heading, key: null, codes: [], reason: 'no-setting' })
    for (const setting of settings) {
      const refusal = refusalOf(setting, level, number)
      const names = 'names' in setting ? namesOf(setting.names) : {}
      for (const { key, kind, service, category, value } of singlesOf(setting)) {
        const { machine, people } = split(setting, service, value)
        if (people) forPeople.push({ ...at, heading, key, codes: people[1], reason: people[0] })
        if (machine !== null)
          found.push({
            key,
            kind,
            service,
            category,
            value: machine,
            names,
            articles: [{ ...at, value: machine, refusal, names }],
          })
      }
    }
  }
  const rules = [{ level, id: ruleId, version: rule.number, digest: rule.digest }]
  return { format: 'tenbin-compiled-rule/1', rules, settings: merged(found), forPeople: inOrder(forPeople) }
}

const namesOf = (names: Readonly<Record<string, Words & { terms?: string[] | undefined }>>): Named =>
  Object.fromEntries(
    Object.entries(names)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { ja, en, terms }]) => [code, terms === undefined ? { ja, en } : { ja, en, terms }]),
  )

/** The rules of ministry and system together: of each setting the strictest, and every article that says so. */
export function combine(a: CompiledRule, b: CompiledRule): CompiledRule {
  const key = (rule: CompiledRule['rules'][number]) => `${rule.level} ${rule.id} ${rule.version} ${rule.digest}`
  return {
    format: 'tenbin-compiled-rule/1',
    rules: distinct([...a.rules, ...b.rules], key),
    settings: merged([...a.settings, ...b.settings]),
    forPeople: inOrder([...a.forPeople, ...b.forPeople]),
  }
}

const articleKey = (article: Article) =>
  `${article.level} ${article.ruleId} ${String(article.number).padStart(6, '0')} ${article.clauseId} ${JSON.stringify([article.value, article.refusal, Object.entries(article.names)])}`

/** Everything of a merged setting follows from its articles, so that it does not matter which were put together first. */
function merged(all: readonly CompiledSetting[]): CompiledSetting[] {
  const byKey = Map.groupBy(all, (setting) => setting.key)
  return [...byKey.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, settings]) => {
      const { key, kind, service, category } = settings[0]!
      const articles = distinct(
        settings.flatMap((s) => s.articles),
        articleKey,
      )
      const [first, ...rest] = articles
      const value = rest.reduce((so, article) => strictest(kind, so, article.value), first!.value)
      return { key, kind, service, category, value, names: namesTogether(articles), articles }
    })
}

/** A code named in two articles keeps the words of the first, and is found by the terms of either. */
function namesTogether(articles: readonly Article[]): Named {
  const byCode = Map.groupBy(
    articles.flatMap(({ names }) => Object.entries(names)),
    ([code]) => code,
  )
  const together = [...byCode.entries()].map(([code, ways]) => {
    const terms = [...new Set(ways.flatMap(([, named]) => named.terms ?? []))].toSorted()
    const { ja, en } = ways[0]![1]
    return [code, terms.length > 0 ? { ja, en, terms } : { ja, en }] as const
  })
  return Object.fromEntries(together.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const peopleKey = (one: ForPeople) =>
  `${one.level} ${one.ruleId} ${String(one.number).padStart(6, '0')} ${one.clauseId} ${one.key ?? ''} ${one.reason} ${one.codes.join(' ')}`
const inOrder = (all: readonly ForPeople[]): ForPeople[] => distinct(all, peopleKey)

/** Sorted by key, each once. `ministry` comes before `system` by its letters. */
function distinct<T>(all: readonly T[], key: (one: T) => string): T[] {
  const byKey = new Map(all.map((one) => [key(one), one]))
  return [...byKey.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
}

export type Looser = {
  readonly key: string
  readonly system: Article
  /** The article of the ministry that is stricter. */
  readonly ministry: Article
}

/** Where the rule of a system lets through what that of the ministry does not: it may only be stricter. */
export function looserThan(system: CompiledRule, ministry: CompiledRule): Looser[] {
  const byKey = new Map(ministry.settings.map((setting) => [setting.key, setting]))
  return system.settings.flatMap((setting) =>
    setting.articles.flatMap((article) => {
      const stricter = byKey.get(setting.key)?.articles.find((m) => isLooser(setting.kind, article.value, m.value))
      return stricter ? [{ key: setting.key, system: article, ministry: stricter }] : []
    }),
  )
}
