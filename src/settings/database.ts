import { z } from 'zod'

import { section } from './section.ts'

const within = (unsaid: number) => z.coerce.number().min(1).max(3600).default(unsaid)

/** How patient the program is with PostgreSQL. Presets of ours: a person does not wait longer for a page. */
export const database = section(
  {
    /** Connections at most, of one process. */
    TENBIN_DATABASE_CONNECTIONS: z.coerce.number().int().min(2).max(500).default(10),
    /** Until a connection must be there; then the request is answered with 503. */
    TENBIN_DATABASE_CONNECT_SECONDS: within(10),
    /** How long one statement may take. */
    TENBIN_DATABASE_STATEMENT_SECONDS: within(60),
    /** How long a transaction may stay open without a statement, so that a lost process keeps no lock. */
    TENBIN_DATABASE_IDLE_SECONDS: within(60),
  },
  (e) => ({
    max: e.TENBIN_DATABASE_CONNECTIONS,
    patience: {
      connectMs: e.TENBIN_DATABASE_CONNECT_SECONDS * 1000,
      statementMs: e.TENBIN_DATABASE_STATEMENT_SECONDS * 1000,
      idleInTransactionMs: e.TENBIN_DATABASE_IDLE_SECONDS * 1000,
    },
  }),
)
