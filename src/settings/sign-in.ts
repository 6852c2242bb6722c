import { z } from 'zod'

import { section, text } from './section.ts'

/** How people sign in. The address under which they reach the server is `TENBIN_PUBLIC_ADDRESS` (running.ts). */
export const signIn = section(
  {
    /** File with the identity providers and how long a session lasts (docs/en/sign-in.md). */
    TENBIN_SIGN_IN: text,
    /** Local sign-in without a password: `yes` or `no`; unsaid it is on as long as no provider is configured. */
    TENBIN_EVALUATION: z.enum(['yes', 'no']).optional(),
  },
  (e) => ({ file: e.TENBIN_SIGN_IN, evaluation: e.TENBIN_EVALUATION }),
)
