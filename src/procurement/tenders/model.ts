import { z } from 'zod'

import { descriptionFormats, placeSchema } from '#procurement/descriptions/model.ts'

/** What a supplier says of a requirement; nothing said is not a "no". */
export const fulfilments = ['yes', 'partly', 'no'] as const
export type Fulfilment = (typeof fulfilments)[number]

/** What the ministry says of an answer; nothing said is "not evaluated". */
export const marks = ['meets', 'partly', 'fails'] as const
export type Mark = (typeof marks)[number]

/** `handed-in`: at least once; until the deadline it may be handed in again. */
export const bidderStates = ['invited', 'answering', 'handed-in', 'withdrawn', 'awarded', 'ended'] as const
export type BidderState = (typeof bidderStates)[number]

/** How the contact comes in: by the link in a mail, or by one that the planner hands over. */
export const linkWays = ['mail', 'shown'] as const
export type LinkWay = (typeof linkWays)[number]

/** Where the words of an answer were taken from, when they were not written for it. */
export const takenFromSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('earlier'), answer: z.uuid(), at: z.string().max(40) }),
  z.strictObject({
    kind: z.literal('description'),
    format: z.enum(descriptionFormats),
    fileName: z.string().max(200),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    places: z.array(placeSchema).min(1).max(100),
  }),
  z.strictObject({ kind: z.literal('spreadsheet'), fileName: z.string().max(200) }),
])
export type TakenFrom = z.infer<typeof takenFromSchema>

export const answerText = z.string().trim().max(20_000)

/** Why an answer can no longer be changed; nothing while it can. */
export const closedReasons = ['deadline-passed', 'withdrawn', 'tender-ended'] as const
export type Closed = (typeof closedReasons)[number]

export function closedBecause(bidder: { state: BidderState; deadline: string }, at: Date): Closed | undefined {
  if (bidder.state === 'withdrawn') return 'withdrawn'
  if (bidder.state === 'awarded' || bidder.state === 'ended') return 'tender-ended'
  return Date.parse(bidder.deadline) <= at.getTime() ? 'deadline-passed' : undefined
}

/** The marks that an answer allows. Of what was not answered only that it fails can be said: nothing shows more. */
export const marksFor = (answer: { fulfils: Fulfilment | null } | null): readonly Mark[] =>
  answer === null || answer.fulfils === null ? ['fails'] : marks

/** `A社` for the first; after the 26th `AA社`. */
export function labelFor(count: number): string {
  const letters = (n: number): string =>
    n < 26 ? String.fromCharCode(65 + n) : letters(Math.floor(n / 26) - 1) + letters(n % 26)
  return `${letters(count)}社`
}
