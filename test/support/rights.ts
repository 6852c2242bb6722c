import { openRights } from '#access/policies/rights.ts'

/** Who may do what by the policies that are shipped. */
export const rights = openRights(['policies'])
export const { may } = rights
