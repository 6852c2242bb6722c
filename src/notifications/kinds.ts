import type { Role } from '#access/model.ts'

/** How a person is told of a kind by mail; in the app everything is told. */
export const mailChoices = ['at-once', 'daily', 'none'] as const
export type MailChoice = (typeof mailChoices)[number]

export type ItemKind =
  | 'use'
  | 'role'
  | 'import'
  | 'job'
  | 'log'
  | 'webhook'
  | 'rule'
  | 'user-rule'
  | 'tender'
  | 'procurement'
  | 'consultation'
  | 'report'
  | 'board-case'

type Kind = {
  /**
   * Who is told: the holders (and their deputies) of these roles for the organisation of the item, one person, or the staff
   * whom a user's rule concerns.
   */
  readonly to: readonly Role[] | 'person' | 'staff'
  readonly item: ItemKind
  /** The preset, until a person chooses otherwise. */
  readonly mail: MailChoice
  /** Where the item is in the app. */
  readonly path: (item: string) => string
}

/** What people are told of. The division is our preset; the duties behind it are those of DS-920 v1.0 (CAIO-03, PLN-03). */
export const kinds = {
  'verdict-stale': {
    to: ['planner', 'caio', 'caio-office'],
    item: 'use',
    mail: 'daily',
    path: (id) => `/uses/${id}/finder`,
  },
  'verdict-to-decide': { to: ['caio', 'caio-office'], item: 'use', mail: 'daily', path: (id) => `/uses/${id}/finder` },
  'role-given': { to: 'person', item: 'role', mail: 'at-once', path: () => '/account' },
  'role-ending': { to: 'person', item: 'role', mail: 'at-once', path: () => '/account' },
  'role-ended': { to: 'person', item: 'role', mail: 'at-once', path: () => '/account' },
  'deputy-named': { to: 'person', item: 'role', mail: 'at-once', path: () => '/account' },
  'deputy-of-yours': { to: 'person', item: 'role', mail: 'daily', path: () => '/account' },
  'import-finished': { to: 'person', item: 'import', mail: 'none', path: (id) => `/imports/${id}` },
  'rule-to-review': { to: 'person', item: 'user-rule', mail: 'at-once', path: (id) => `/user-rules/${id}` },
  'rule-sent-back': { to: 'person', item: 'user-rule', mail: 'at-once', path: (id) => `/user-rules/${id}` },
  'ministry-rule-to-adopt': { to: ['caio'], item: 'user-rule', mail: 'at-once', path: (id) => `/user-rules/${id}` },
  'system-rule-to-adopt': { to: ['planner'], item: 'user-rule', mail: 'at-once', path: (id) => `/user-rules/${id}` },
  'rule-to-acknowledge': { to: 'staff', item: 'rule', mail: 'daily', path: () => '/my-rules' },
  'question-arrived': { to: ['desk'], item: 'consultation', mail: 'at-once', path: (id) => `/consultations/${id}` },
  'question-followed-up': { to: 'person', item: 'consultation', mail: 'at-once', path: (id) => `/consultations/${id}` },
  'question-handed-over': { to: 'person', item: 'consultation', mail: 'at-once', path: (id) => `/consultations/${id}` },
  'question-due-soon': { to: 'person', item: 'consultation', mail: 'daily', path: (id) => `/consultations/${id}` },
  'question-answered': { to: 'person', item: 'consultation', mail: 'at-once', path: (id) => `/consultations/${id}` },
  'question-deadline-moved': {
    to: 'person',
    item: 'consultation',
    mail: 'daily',
    path: (id) => `/consultations/${id}`,
  },
  'advice-adopted': {
    to: ['caio', 'caio-office', 'planner'],
    item: 'board-case',
    mail: 'at-once',
    path: (id) => `/board/cases/${id}`,
  },
  'condition-reported': {
    to: ['secretariat'],
    item: 'board-case',
    mail: 'daily',
    path: (id) => `/board/conditions?case=${id}`,
  },
  'condition-change-asked': {
    to: ['secretariat'],
    item: 'board-case',
    mail: 'daily',
    path: (id) => `/board/conditions?case=${id}`,
  },
  'condition-answered': {
    to: ['caio-office', 'planner'],
    item: 'board-case',
    mail: 'daily',
    path: (id) => `/board/conditions?case=${id}`,
  },
  'case-submitted': { to: ['secretariat'], item: 'board-case', mail: 'at-once', path: (id) => `/board/cases/${id}` },
  'case-to-declare': { to: 'person', item: 'board-case', mail: 'at-once', path: (id) => `/board/cases/${id}` },
  'case-withdrawn': { to: ['secretariat'], item: 'board-case', mail: 'daily', path: (id) => `/board/cases/${id}` },
  'case-scheduled': {
    to: ['caio', 'caio-office', 'planner'],
    item: 'board-case',
    mail: 'daily',
    path: (id) => `/board/cases/${id}`,
  },
  'case-question': {
    to: ['caio-office', 'planner'],
    item: 'board-case',
    mail: 'at-once',
    path: (id) => `/board/cases/${id}`,
  },
  'case-answered': { to: 'person', item: 'board-case', mail: 'daily', path: (id) => `/board/cases/${id}` },
  'report-submitted': { to: ['board', 'secretariat'], item: 'report', mail: 'daily', path: (id) => `/reports/${id}` },
  'tender-sent': { to: 'person', item: 'tender', mail: 'at-once', path: (id) => `/tenders/${id}` },
  'tender-amended': { to: 'person', item: 'tender', mail: 'at-once', path: (id) => `/tenders/${id}` },
  'tender-deadline': { to: 'person', item: 'tender', mail: 'at-once', path: (id) => `/tenders/${id}` },
  'tender-due': { to: 'person', item: 'tender', mail: 'at-once', path: (id) => `/tenders/${id}` },
  'tender-ended': { to: 'person', item: 'tender', mail: 'at-once', path: (id) => `/tenders/${id}` },
  'tender-handed-in': {
    to: ['planner'],
    item: 'procurement',
    mail: 'daily',
    path: (id) => `/procurement/${id}/comparison`,
  },
  'job-failed': { to: ['administrator'], item: 'job', mail: 'at-once', path: () => '/jobs' },
  'webhook-stopped': { to: ['administrator'], item: 'webhook', mail: 'at-once', path: () => '/webhooks' },
  'log-check-failed': { to: ['auditor', 'administrator'], item: 'log', mail: 'at-once', path: () => '/log' },
} as const satisfies Record<string, Kind>

/** Roles whose holders work under the user's rules: `staff_roles()` of migration 0028. */
const staffRoles: readonly Role[] = ['caio', 'caio-office', 'planner', 'provider', 'user', 'administrator']

export type NoticeKind = keyof typeof kinds
export const noticeKinds = Object.keys(kinds) as NoticeKind[]
export const kindOf = (kind: NoticeKind): Kind => kinds[kind]

/** Whom a kind can reach at all: what a person is offered to choose for. */
export const kindsFor = (roles: readonly string[]): NoticeKind[] =>
  noticeKinds.filter((kind) => {
    const { to } = kindOf(kind)
    return to === 'person' || (to === 'staff' ? staffRoles : to).some((role) => roles.includes(role))
  })
