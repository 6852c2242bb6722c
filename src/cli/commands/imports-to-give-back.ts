import type { Db } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { listImports } from '#register/import/store.ts'

/** The newest import that is done. @throws AppError `not-found` when there is none */
export async function importsToGiveBack(db: Db): Promise<string> {
  const done = (await listImports(db)).find((one) => one.state === 'done')
  if (!done) throw new AppError('not-found', { import: 'none is done' })
  return done.id
}
