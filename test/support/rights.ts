import { openRights } from '#access/rights.ts'

/** Who may do what by the policies that are shipped. */
export const rights = openRights(['policies'])
export const { may } = rights
