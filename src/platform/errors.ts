/** Failing to do the job. A judgement (a rule that refuses) is data, not an error. */
export const statusOf = {
  'bad-input': 400,
  'bad-file': 422,
  'not-signed-in': 401,
  'not-permitted': 403,
  'not-found': 404,
  'already-exists': 409,
  'wrong-state': 409,
  'changed-meanwhile': 412,
  'too-large': 413,
  'unsupported-format': 415,
  'version-missing': 428,
  'too-many-requests': 429,
  unavailable: 503,
} as const satisfies Record<string, number>

export type ErrorCode = keyof typeof statusOf
export type ErrorParams = Readonly<Record<string, unknown>>

/** The code is the contract; `params` is what the page needs to word it in the person's language. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly params: ErrorParams
  constructor(code: ErrorCode, params: ErrorParams = {}, cause?: unknown) {
    super(code, { cause })
    this.name = 'AppError'
    this.code = code
    this.params = params
  }
}
