import * as z from 'zod'
import { catalogSchema } from './model.ts'
import { testOfTwoKeys } from './model-expressions.ts'

/** The JSON Schema (2020-12) of a catalog in one file, as published in docs/catalog.schema.json. */
export function catalogJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(catalogSchema, {
    target: 'draft-2020-12',
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.title !== testOfTwoKeys) return
      delete jsonSchema.title
      jsonSchema.minProperties = 2
      jsonSchema.maxProperties = 2
    },
  })
  return {
    ...schema,
    title: 'tenbin-catalog/1',
    description: 'One edition of one document as data. See docs/catalog-authoring.md.',
  }
}
/** The text of the published file. */
export function catalogSchemaText(): string {
  return `${JSON.stringify(catalogJsonSchema(), null, 1)}\n`
}
