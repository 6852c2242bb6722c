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

/**
 * What is done on a route, by a command, or to an item. Which role may is said in `policies/`, whose schema has the same
 * names and says which of them read, which write, and which touch only what is one's own.
 */
export const actions = [
  'own-account',
  'keep-views',
  'read-rules',
  'read-organisations',
  'read-register',
  'register-system',
  'change-system',
  'change-stage',
  'assess',
  'override-verdict',
  'rejudge',
  'import',
  'read-imports',
  'read-import-files',
  'export',
  'manage-maps',
  'manage-organisations',
  'remove-demo',
  'read-log',
  'read-whole-log',
  'read-evidence',
  'add-evidence',
  'withdraw-evidence',
  'read-holds',
  'hold-records',
  'read-people',
  'manage-people',
  'provision',
  'name-deputy',
  'make-token',
  'manage-tokens',
  'read-jobs',
  'manage-jobs',
  'read-webhooks',
  'manage-webhooks',
  'read-consultations',
  'ask-desk',
  'answer-desk',
  'read-collection',
  'publish-answer',
  'read-docket',
  'prepare-dossier',
  'submit-dossier',
  'keep-docket',
  'steer-case',
  'declare-interest',
  'give-opinion',
  'draft-advice',
  'adopt-advice',
  'report-condition',
  'settle-condition',
  'publish-advice',
  'read-reports',
  'compose-report',
  'submit-report',
  'read-procurement',
  'keep-procurement',
  'prove-item',
  'invite-suppliers',
  'read-tender',
  'answer-tender',
  'manage-templates',
  'read-user-rules',
  'write-ministry-rule',
  'write-system-rule',
  'review-rule',
  'adopt-ministry-rule',
  'adopt-system-rule',
  'acknowledge-rule',
  'read-acknowledgements',
  'remind-staff',
  'write-check-questions',
  'waive-need',
] as const
export type Action = (typeof actions)[number]

/** How far a role reads and writes at all; asked once a role, and told to the database. */
export const breadths = [
  'read-held',
  'read-own-ministry',
  'read-across-ministries',
  'read-shared',
  'write-below',
] as const
export type Breadths = (typeof breadths)[number]

export const nameSchema = z.object({ ja: z.string(), en: z.string() })
export type Name = z.infer<typeof nameSchema>
