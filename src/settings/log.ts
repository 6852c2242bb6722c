import { z } from 'zod'

import { section, text } from './section.ts'

/** The transparency log: where its key is, what it is called, who watches it. */
export const log = section(
  {
    /** File with the Ed25519 key (PEM) that signs checkpoints; servers on one database share it. */
    TENBIN_LOG_KEY: text,
    /** Address of the log without its scheme, `tenbin.example.go.jp/log`: part of every signature, never changed later. */
    TENBIN_LOG_ORIGIN: z
      .string()
      .regex(/^([^\s+]+)?$/)
      .optional()
      .transform((said) => (said === '' ? undefined : said)),
    /** File with one witness a line: verifier key, and its address where the log asks it by itself. */
    TENBIN_LOG_WITNESSES: text,
  },
  (e) => ({ keyFile: e.TENBIN_LOG_KEY, origin: e.TENBIN_LOG_ORIGIN, witnessFile: e.TENBIN_LOG_WITNESSES }),
)
