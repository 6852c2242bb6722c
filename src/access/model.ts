import { z } from 'zod'

/**
 * Roles of DS-920 v1.0 (CAIO, planner, provider, user, Advisory Board, Consultation Desk) with the offices that work for
 * them, two that run the house, and two from outside government.
 */
export const roles = [
  'caio',
  'caio-office',
  'planner',
  'provider',
  'user',
  'board',
  'secretariat',
  'desk',
  'administrator',
  'auditor',
  'supplier',
  'public',
] as const
export type Role = (typeof roles)[number]
export const roleSchema = z.enum(roles)

export const actions = [
  'read-register',
  'register-system',
  'change-system',
  'change-stage',
  'assess',
  'override-verdict',
  'rejudge',
  'import',
  'export',
  'manage-maps',
  'manage-organisations',
  'remove-demo',
  'read-log',
  'read-people',
  'manage-people',
  'provision',
  'name-deputy',
  'make-token',
  'manage-tokens',
] as const
export type Action = (typeof actions)[number]

export const nameSchema = z.object({ ja: z.string(), en: z.string() })
export type Name = z.infer<typeof nameSchema>
