/** What other systems can be told of. The name is the contract; the event behind it is ours. */
export const webhookEvents = {
  'system.registered': { on: 'register.systems-registered', items: 'system', ids: 'systemIds' },
  'system.changed': { on: 'register.systems-changed', items: 'system', ids: 'systemIds' },
  'system.removed': { on: 'register.systems-removed', items: 'system', ids: 'systemIds' },
  'use.assessed': { on: 'finder.assessed', items: 'use', ids: 'useId' },
  'use.judged': { on: 'finder.judged', items: 'use', ids: 'useId' },
  'import.finished': { on: 'import.finished', items: 'import', ids: 'importId' },
  'organisation.changed': { on: 'organisation.changed', items: 'organisation', ids: 'id' },
} as const satisfies Record<string, { on: string; items: 'system' | 'use' | 'import' | 'organisation'; ids: string }>

export type WebhookEvent = keyof typeof webhookEvents
export const webhookEventNames = Object.keys(webhookEvents) as WebhookEvent[]

/** Sent on request, to see that a receiver works. */
export const testEvent = 'test'

/** Where the first item is in the app. */
export const pathOf = {
  system: (id: string) => `/systems/${id}`,
  use: (id: string) => `/uses/${id}/finder`,
  import: (id: string) => `/imports/${id}`,
  organisation: () => '/organisations',
} as const
