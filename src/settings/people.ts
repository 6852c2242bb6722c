import { z } from 'zod'

import { section, text } from './section.ts'

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** `600/60`: at most 600 in 60 seconds; `off`: no limit. */
const limit = (unsaid: string) =>
  z
    .string()
    .regex(/^(off|[1-9]\d{0,6}\/[1-9]\d{0,5})$/)
    .default(unsaid)
    .transform((said) => {
      if (said === 'off') return undefined
      const [most, seconds] = said.split('/').map(Number)
      return { most: most!, windowMs: seconds! * 1000 }
    })

const days = (unsaid: number) => z.coerce.number().int().min(1).max(366).default(unsaid)

/** People, roles, API tokens, and how often may be asked. All presets are ours. */
export const people = section(
  {
    /** Zone in which a day begins for roles that run from one date to another (IANA name). */
    TENBIN_TIME_ZONE: z.string().refine(isZone).default('Asia/Tokyo'),
    /** Code of the organisation whose administrators give the roles that read across ministries (board, secretariat, desk). */
    TENBIN_GOVERNMENT_OFFICE: text,
    /** How long an API token lasts when nothing is said, and at most, in days. */
    TENBIN_TOKEN_DAYS: days(90),
    TENBIN_TOKEN_DAYS_MOST: days(366),
    /** Attempts to sign in, by address of the network and by person. */
    TENBIN_LIMIT_SIGN_IN_ADDRESS: limit('60/300'),
    TENBIN_LIMIT_SIGN_IN_PERSON: limit('20/300'),
    /** Refused API tokens by address; after that no token is looked at from there until the window ends. */
    TENBIN_LIMIT_REFUSED_TOKENS: limit('20/300'),
    /** Requests to the API by session or token, and by address where nobody is recognised. */
    TENBIN_LIMIT_API: limit('1200/60'),
    TENBIN_LIMIT_API_ADDRESS: limit('600/60'),
  },
  (e) => ({
    timeZone: e.TENBIN_TIME_ZONE,
    governmentOffice: e.TENBIN_GOVERNMENT_OFFICE,
    tokenDays: { preset: Math.min(e.TENBIN_TOKEN_DAYS, e.TENBIN_TOKEN_DAYS_MOST), most: e.TENBIN_TOKEN_DAYS_MOST },
    limits: {
      signInAddress: e.TENBIN_LIMIT_SIGN_IN_ADDRESS,
      signInPerson: e.TENBIN_LIMIT_SIGN_IN_PERSON,
      refusedTokens: e.TENBIN_LIMIT_REFUSED_TOKENS,
      api: e.TENBIN_LIMIT_API,
      apiAddress: e.TENBIN_LIMIT_API_ADDRESS,
    },
  }),
)
