import { z } from 'zod'

import { nameSchema } from '#access/model.ts'
import { marks } from '#procurement/tenders/model.ts'

import { sheetSchema } from './api.ts'
import { proposalSchema } from './model.ts'
import { states } from './workflow.ts'

/** What the sheet shows of the bidders; the comparison itself is a page of its own. */
export const bidderColumnsSchema = z.object({
  bidders: z.array(z.object({ id: z.uuid(), label: z.string(), name: nameSchema, awarded: z.boolean() })),
  /** By id of the bidder, then by item. An item that is not there was neither answered nor judged. */
  cells: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        answered: z.boolean(),
        text: z.string(),
        files: z.int(),
        mark: z.enum(marks).nullable(),
        reason: z.string(),
      }),
    ),
  ),
})
export type BidderColumns = z.infer<typeof bidderColumnsSchema>

const permission = z.object({
  open: z.boolean(),
  action: z.string(),
  roles: z.array(z.string()),
  outside: z.boolean(),
})

export const sheetPageSchema = z.object({
  sheet: sheetSchema,
  ...bidderColumnsSchema.shape,
  /** What the rules propose otherwise now than when they were asked; null when nothing differs. */
  renewed: z
    .object({
      catalog: z.string(),
      edition: z.string(),
      items: z.array(z.object({ item: z.string(), from: proposalSchema, to: proposalSchema })),
    })
    .nullable(),
  steps: z.array(
    z.object({
      to: z.enum(states),
      reasons: z.array(
        z.discriminatedUnion('code', [
          z.object({ code: z.literal('items-lack'), items: z.array(z.string()) }),
          z.object({ code: z.literal('reason-needed') }),
          z.object({ code: z.literal('not-awarded') }),
        ]),
      ),
    }),
  ),
  may: z.object({ keep: permission, prove: permission }),
})
export type SheetPage = z.infer<typeof sheetPageSchema>
