import { z } from 'zod'

/** The formats from which answers are proposed. */
export const descriptionFormats = ['cyclonedx', 'hugging-face'] as const
export type DescriptionFormat = (typeof descriptionFormats)[number]

/** Where in the file something stands: a line from 1, and a JSON pointer (RFC 6901), a key of the head, or a heading. */
export const placeSchema = z.object({ line: z.int().positive(), at: z.string() })
export type Place = z.infer<typeof placeSchema>

/** What the file says on a topic, in its own words. */
export type Statement = {
  readonly topic: string
  readonly text: string
  /** The text went on and was cut. */
  readonly cut: boolean
  readonly place: Place
}

export type Description = {
  readonly format: DescriptionFormat
  /** Of the specification; absent where the format has none. */
  readonly specVersion?: string
  /** The models described, as they are named there. */
  readonly models: readonly string[]
  readonly statements: readonly Statement[]
}

/** Why a file is not read as a description. Worded by the page (`texts.tenders.descriptionFaults`). */
export const descriptionFaults = [
  'empty',
  'too-large',
  'not-what-it-says',
  'not-utf8',
  'json-syntax',
  'too-deep',
  'too-many-values',
  'duplicate-key',
  'not-cyclonedx',
  'spec-version',
  'schema',
  'no-model',
  'yaml-syntax',
  'yaml-alias',
  'yaml-tag',
  'head-not-closed',
  'head-too-large',
  'says-nothing',
  'took-too-long',
  'took-too-much',
] as const
export type DescriptionFaultCode = (typeof descriptionFaults)[number]
export type DescriptionFault = {
  readonly code: DescriptionFaultCode
  readonly line?: number
  readonly at?: string
  /** A limit, a key, a version, what the bytes are instead: never a sentence. */
  readonly detail?: string | number
}

export type DescriptionRead =
  | { readonly ok: true; readonly description: Description }
  | { readonly ok: false; readonly faults: readonly DescriptionFault[] }

/** Ends the reading; caught where it begins (`readDescription`). */
export class Unreadable extends Error {
  readonly faults: readonly DescriptionFault[]
  constructor(...faults: readonly DescriptionFault[]) {
    super(faults[0]?.code ?? 'unreadable')
    this.faults = faults
  }
}
