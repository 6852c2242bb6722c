import type { Me } from '#access/api.ts'

/** Something one can act as: a role for an organisation, one's own or as a deputy. */
export type Held = Me['rolesHeld'][number]

export const heldKey = (one: Held): string =>
  [one.role, one.organisation.id, one.onBehalfOf?.id ?? '', one.supplier?.id ?? ''].join(' ')

export const isCurrent = (me: Me, one: Held): boolean =>
  one.role === me.role &&
  one.organisation.id === me.heldFor &&
  (one.onBehalfOf?.id ?? null) === me.onBehalfOf &&
  (one.supplier?.id ?? null) === me.supplierId
