import { z } from 'zod'

/** What is wrong and where; the words stand in the web and in the verifier. */
export const logFindingSchema = z.object({
  fault: z.string(),
  /** Index of the leaf, from 0. */
  index: z.number().optional(),
  kind: z.string().optional(),
  row: z.string().optional(),
  at: z.number().optional(),
  size: z.number().optional(),
  had: z.number().optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  level: z.number().optional(),
  tile: z.number().optional(),
  name: z.string().optional(),
  count: z.number().optional(),
})
export type LogFinding = z.infer<typeof logFindingSchema>

export const verificationSchema = z
  .object({
    id: z.uuid(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
    /** `failed`: the check itself could not be done. */
    outcome: z.enum(['running', 'intact', 'faulty', 'failed']),
    /** Entries of the checkpoint that was checked. */
    size: z.number().nullable(),
    root: z.string().nullable(),
    /** The first of them; `counts.faults` says how many there are. */
    findings: z.array(logFindingSchema),
    counts: z.object({
      leaves: z.number().optional(),
      rows: z.number().optional(),
      withheld: z.number().optional(),
      checkpoints: z.number().optional(),
      faults: z.number().optional(),
    }),
    /** Post of who started it; nobody where it ran by itself or the person is gone. */
    by: z.object({ ja: z.string(), en: z.string() }).nullable(),
  })
  .meta({ id: 'LogVerification' })
export type Verification = z.infer<typeof verificationSchema>
