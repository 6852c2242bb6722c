import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { AppError } from './errors.ts'

/** Files by the SHA-256 of their bytes: the same file is kept once, and a kept file can be proved unchanged. */
export type Files = {
  /** @returns hash and size in bytes. Nothing is kept when reading fails. */
  keep(content: Readable): Promise<{ sha256: string; bytes: number }>
  read(sha256: string): Promise<Buffer>
  path(sha256: string): string
  has(sha256: string): Promise<boolean>
}

export function localFiles(folder: string): Files {
  const path = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new AppError('not-found', { sha256 })
    return join(folder, sha256.slice(0, 2), sha256)
  }
  const has = (sha256: string) =>
    stat(path(sha256)).then(
      () => true,
      () => false,
    )
  return {
    path,
    has,
    async read(sha256) {
      if (!(await has(sha256))) throw new AppError('not-found', { sha256 })
      return readFile(path(sha256))
    },
    async keep(content) {
      await mkdir(folder, { recursive: true })
      // Written beside and renamed when whole, so that a crash leaves no half file under a hash.
      const draft = join(folder, `.${randomUUID()}`)
      const hash = createHash('sha256')
      let bytes = 0
      try {
        content.on('data', (chunk: Buffer) => {
          hash.update(chunk)
          bytes += chunk.length
        })
        await pipeline(content, createWriteStream(draft))
        const sha256 = hash.digest('hex')
        const target = path(sha256)
        await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true })
        await rename(draft, target)
        return { sha256, bytes }
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
  }
}

export const openFile = (files: Files, sha256: string): Readable => createReadStream(files.path(sha256))
