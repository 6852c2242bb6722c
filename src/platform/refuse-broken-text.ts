import type { App } from './http.ts'
import { AppError } from './errors.ts'

/**
 * A text with NUL or half a surrogate pair can be sent (`"\u0000"`, `"\ud800"`), but no PostgreSQL text holds it. It is
 * refused where it comes in, by its place, whatever route it is sent to.
 */
export function refuseBrokenText(app: App): void {
  app.addHook('preValidation', (request, _reply, done) => {
    for (const [where, value] of Object.entries({
      params: request.params,
      querystring: request.query,
      body: Buffer.isBuffer(request.body) ? undefined : request.body,
    })) {
      const at = brokenAt(value)
      if (at === undefined) continue
      const issue = { path: at, keyword: 'text', message: '' }
      return done(new AppError('bad-input', { in: where, reason: 'broken-text', issues: [issue] }))
    }
    return done()
  })
}

/** @returns JSON pointer to the first text that cannot be kept */
export function brokenAt(value: unknown, at = ''): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? at : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const broken = brokenAt(name) ?? brokenAt(inner, '')
    if (broken !== undefined) return `${at}/${name.toWellFormed().replaceAll('\0', '')}${broken}`
  }
  return undefined
}
