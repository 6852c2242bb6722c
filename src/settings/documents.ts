import { z } from 'zod'

import { section, text } from './section.ts'

/** Documents of a procurement. */
export const documents = section(
  {
    /** Program that makes PDF of Word: `soffice`, or one that takes the two paths at its end. Without it: Word alone. */
    TENBIN_PDF_CONVERTER: text,
    TENBIN_PDF_WITHIN_SECONDS: z.coerce.number().min(1).max(600).default(60),
  },
  (e) => ({
    pdf:
      e.TENBIN_PDF_CONVERTER === undefined
        ? undefined
        : {
            command: e.TENBIN_PDF_CONVERTER.split(' ').filter((word) => word !== ''),
            timeoutMs: e.TENBIN_PDF_WITHIN_SECONDS * 1000,
          },
  }),
)
