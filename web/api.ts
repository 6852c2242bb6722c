import type { ErrorCode, ErrorParams } from '#platform/errors.ts'

/** What the page words, by `web/ui/problem.tsx`. `unreachable`: no answer came; `bug`: nobody expected this. */
export type ProblemCode = ErrorCode | 'unreachable' | 'bug'

export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly code: ProblemCode
  readonly params: ErrorParams
  /** The number a person gives to the desk. */
  readonly requestId: string | undefined
  constructor(status: number, code: ProblemCode, params: ErrorParams = {}, requestId?: string) {
    super(code)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.params = params
    this.requestId = requestId
  }
}

type QueryValue = string | number | boolean | readonly (string | number)[] | undefined
/** A list goes over as one value joined by commas. */
export type ApiQuery = Readonly<Record<string, QueryValue>>
type Options = { readonly query?: ApiQuery; readonly signal?: AbortSignal; readonly version?: number }
/** A record as it was read, with the version that a change of it must name. */
export type Versioned<T> = { readonly data: T; readonly version: number }

const base = '/api/v1'

export function apiAddress(path: string, query: ApiQuery = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(',') : value === undefined ? '' : String(value)
    if (text !== '') search.set(key, text)
  }
  const text = search.toString()
  return `${base}${path}${text === '' ? '' : `?${text}`}`
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

export function readProblem(status: number, text: string): ApiError {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    body = undefined
  }
  if (!isRecord(body) || typeof body['code'] !== 'string') return new ApiError(status, 'bug')
  const requestId = typeof body['requestId'] === 'string' ? body['requestId'] : undefined
  return new ApiError(status, body['code'] as ProblemCode, isRecord(body['params']) ? body['params'] : {}, requestId)
}

async function call(method: string, path: string, body: unknown, options: Options): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' }
  if (body !== undefined) headers['content-type'] = 'application/json'
  if (options.version !== undefined) headers['if-match'] = `"${options.version}"`
  let answer: Response
  try {
    answer = await fetch(apiAddress(path, options.query), {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: options.signal ?? null,
      credentials: 'same-origin',
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, 'unreachable')
  }
  if (!answer.ok) throw readProblem(answer.status, await answer.text())
  return answer
}

async function json<T>(answer: Response): Promise<T> {
  if (answer.status === 204) return undefined as T
  return (await answer.json()) as T
}

const versionOf = (answer: Response): number => Number((answer.headers.get('etag') ?? '').replaceAll(/\D/g, ''))

async function versioned<T>(answer: Response): Promise<Versioned<T>> {
  return { version: versionOf(answer), data: await json<T>(answer) }
}

/** Paths are those after `/api/v1`. Each call throws `ApiError`, or `AbortError` when its signal fires. */
export const api = {
  get: async <T>(path: string, options: Options = {}) => json<T>(await call('GET', path, undefined, options)),
  read: async <T>(path: string, options: Options = {}) => versioned<T>(await call('GET', path, undefined, options)),
  post: async <T>(path: string, body: unknown = {}, options: Options = {}) =>
    json<T>(await call('POST', path, body, options)),
  put: async <T>(path: string, body: unknown, options: Options = {}) => json<T>(await call('PUT', path, body, options)),
  patch: async <T>(path: string, body: unknown, options: Options = {}) =>
    json<T>(await call('PATCH', path, body, options)),
  delete: async <T>(path: string, options: Options = {}) => json<T>(await call('DELETE', path, undefined, options)),
}

type UploadOptions = {
  /** Share of the bytes sent, fraction in 0…1. */
  readonly onProgress?: (sent: number) => void
  /** Fields of the form, sent before the file. */
  readonly words?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** Sends one file as multipart form data. `fetch` cannot tell how much was sent, so this is an XMLHttpRequest. */
export function upload<T>(
  path: string,
  file: File,
  { onProgress, signal, words = {} }: UploadOptions = {},
): Promise<T> {
  const form = new FormData()
  for (const [name, value] of Object.entries(words)) form.append(name, value)
  form.append('file', file)
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', apiAddress(path))
    request.setRequestHeader('accept', 'application/json')
    request.upload.addEventListener('progress', (e) => {
      if (e.lengthComputable) onProgress?.(e.loaded / e.total)
    })
    request.addEventListener('error', () => reject(new ApiError(0, 'unreachable')))
    request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T)
      else reject(readProblem(request.status, request.responseText))
    })
    signal?.addEventListener('abort', () => request.abort())
    request.send(form)
  })
}
