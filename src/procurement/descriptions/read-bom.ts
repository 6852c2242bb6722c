import { Spec, Validation } from '@cyclonedx/cyclonedx-library'

import { locate, wordsOf } from './locate.ts'
import { type Description, type DescriptionFault, type Statement, Unreadable } from './model.ts'
import { type Json, lineOfPath, type ParsedJson, parseJson, pathOf, pointerOf } from './parse-json.ts'
import type { DescriptionRules } from './rules.ts'
import { statementOf } from './statements.ts'

/** Versions of the specification in which a model has a card and the schema is at hand. */
const specVersions = { '1.6': Spec.Version.v1dot6, '1.7': Spec.Version.v1dot7 } as const
type SpecVersion = keyof typeof specVersions
const isKnown = (version: string): version is SpecVersion => Object.hasOwn(specVersions, version)

/** So many faults of the schema are told; the first ones are those that one mends. */
const mostFaults = 20

/**
 * Reads a CycloneDX ML-BOM (JSON), held against the schema of its version.
 * @throws Unreadable
 * Source: ECMA-424, CycloneDX 1.6 and 1.7.
 */
export async function readBom(text: string, rules: DescriptionRules): Promise<Description> {
  const parsed = parseJson(text, rules.limits)
  const version = specVersionOf(text, parsed)
  await holdAgainstSchema(text, parsed, version)
  const models = modelsIn(parsed.value)
  if (models.length === 0) throw new Unreadable({ code: 'no-model', at: '/components' })
  return {
    format: 'cyclonedx',
    specVersion: version,
    models: models.map(({ name }) => name),
    statements: rules.topics.flatMap((topic) => {
      const seen = new Set<string>()
      const all = models.flatMap(({ path }) =>
        topic.cyclonedx.flatMap((locator) =>
          locate(parsed.value, path, locator).flatMap((found): Statement[] => {
            const at = pointerOf(found.path)
            const words = wordsOf(found.value, locator.fields)
            if (words === '' || seen.has(at)) return []
            seen.add(at)
            const place = { line: lineOfPath(text, parsed, found.path), at }
            return [statementOf(topic.id, words, place, rules.limits)]
          }),
        ),
      )
      return all.slice(0, rules.limits.statementsPerTopic)
    }),
  }
}

function specVersionOf(text: string, parsed: ParsedJson): SpecVersion {
  const top = parsed.value
  if (typeof top !== 'object' || top === null || !('bomFormat' in top) || top['bomFormat'] !== 'CycloneDX')
    throw new Unreadable({ code: 'not-cyclonedx', at: '/bomFormat' })
  const said = 'specVersion' in top ? top['specVersion'] : undefined
  const version = typeof said === 'string' ? said : ''
  if (isKnown(version)) return version
  throw new Unreadable({
    code: 'spec-version',
    line: lineOfPath(text, parsed, ['specVersion']),
    at: '/specVersion',
    detail: version.slice(0, 40),
  })
}

const validators = new Map<SpecVersion, Validation.JsonStrictValidator>()

async function holdAgainstSchema(text: string, parsed: ParsedJson, version: SpecVersion): Promise<void> {
  const validator = validators.get(version) ?? new Validation.JsonStrictValidator(specVersions[version])
  validators.set(version, validator)
  const errors: unknown = await validator.validate(text)
  if (errors === null) return
  throw new Unreadable(
    ...faultsOf(errors).map((fault) => ({ ...fault, line: lineOfPath(text, parsed, pathOf(fault.at)) })),
  )
}

type SchemaError = {
  readonly instancePath?: string
  readonly keyword?: string
  readonly params?: Readonly<Record<string, unknown>>
}

/** One fault a place: of alternatives that all failed, the deepest place is what one has to mend. */
function faultsOf(errors: unknown): (DescriptionFault & { at: string })[] {
  const list = Array.isArray(errors) ? (errors as readonly SchemaError[]) : []
  const telling = list.filter(({ keyword }) => keyword !== 'oneOf' && keyword !== 'anyOf' && keyword !== 'if')
  const seen = new Set<string>()
  return (telling.length > 0 ? telling : list)
    .map(({ instancePath = '', keyword = '', params = {} }) => ({
      code: 'schema' as const,
      at: instancePath,
      detail: `${keyword} ${detailOf(params)}`.trim().slice(0, 120),
    }))
    .filter((fault) => {
      const key = `${fault.at} ${fault.detail}`
      return seen.has(key) ? false : seen.add(key)
    })
    .slice(0, mostFaults)
}

const detailOf = (params: Readonly<Record<string, unknown>>): string =>
  String(
    params['missingProperty'] ??
      params['additionalProperty'] ??
      params['type'] ??
      params['format'] ??
      (Array.isArray(params['allowedValues']) ? params['allowedValues'].slice(0, 8).join(', ') : ''),
  )

type Model = { readonly name: string; readonly path: readonly string[] }

/** Components of the type `machine-learning-model`, however deep; also the one that the BOM itself is of. */
function modelsIn(top: Json): Model[] {
  const found: Model[] = []
  const look = (component: Json | undefined, path: readonly string[]): void => {
    if (typeof component !== 'object' || component === null || Array.isArray(component)) return
    const { type, name, components } = component as Readonly<Record<string, Json>>
    if (type === 'machine-learning-model') found.push({ name: String(name ?? '').slice(0, 200), path })
    if (Array.isArray(components)) components.forEach((one: Json, i) => look(one, [...path, 'components', String(i)]))
  }
  const { metadata, components } = top as Readonly<Record<string, Json>>
  if (typeof metadata === 'object' && metadata !== null && 'component' in metadata)
    look((metadata as Readonly<Record<string, Json>>)['component'], ['metadata', 'component'])
  if (Array.isArray(components)) components.forEach((one: Json, i) => look(one, ['components', String(i)]))
  return found
}
