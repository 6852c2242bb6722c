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
      if (isTooDeep(value)) return done(new AppError('bad-input', { in: where, reason: 'too-deep', most: mostDeep }))
      const at = brokenAt(value)
      if (at === undefined) continue
      const issue = { path: at, keyword: 'text', message: '' }
      return done(new AppError('bad-input', { in: where, reason: 'broken-text', issues: [issue] }))
    }
    return done()
  })
}

/** Nothing that is taken in is nested further; what is would run out of stack in whoever walks through it. Our preset. */
const mostDeep = 64

/** Level by level, so that the depth of the value is not the depth of the stack. */
function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > mostDeep) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
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
