import { z } from 'zod'

import { jobNamed } from '#platform/jobs.ts'

/** A mail server may be away for a night: the tries reach over about nine hours. */
const overNight = { limit: 12, delay: 60, longest: 3600 }

export const mailNotice = jobNamed('notices.mail', z.strictObject({ notification: z.uuid() }), { retries: overNight })
export const mailDigest = jobNamed('notices.mail-digest', z.strictObject({ person: z.uuid() }), { retries: overNight })
/** A receiver may be away for a day. */
export const deliverWebhook = jobNamed('webhooks.deliver', z.strictObject({ delivery: z.uuid() }), {
  retries: { limit: 10, delay: 30, longest: 6 * 3600 },
})
