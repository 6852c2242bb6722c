import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { AppError } from './errors.ts'

export type Kept = {
  readonly sha256: string
  readonly bytes: number
  /** It was not there before: who refuses it afterwards may remove it again. */
  readonly fresh: boolean
}

export type StoredFile = { readonly sha256: string; readonly bytes: number; readonly changedAt: Date }

/** Files by the SHA-256 of their bytes: the same file is kept once, and a kept file can be proved unchanged. */
export type Files = {
  /** Nothing is kept when reading fails. A file that is there already counts as changed now (see `list`). */
  keep(content: Readable): Promise<Kept>
  /** The whole file in memory, proved. @throws AppError `not-found`, `unavailable` (`file-changed`) */
  read(sha256: string): Promise<Buffer>
  /**
   * The bytes as they come. Their hash is known only at the end: then a stream whose bytes are not those that were kept
   * fails with AppError `unavailable` (`file-changed`) instead of ending.
   * @throws AppError `not-found`
   */
  open(sha256: string): Promise<Readable>
  /** Size in bytes, or nothing when it is not there. */
  size(sha256: string): Promise<number | undefined>
  has(sha256: string): Promise<boolean>
  /**
   * Removing what is not there is no fault.
   * @param unlessSince  leaves it when it was handed in again since
   * @returns whether it was there and is gone
   */
  remove(sha256: string, unlessSince?: Date): Promise<boolean>
  /** Everything that is kept, in no order; for finding what nothing refers to. */
  list(): AsyncIterable<StoredFile>
}

const isHash = (name: string) => /^[0-9a-f]{64}$/.test(name)

/** @throws AppError `not-found` when it is no SHA-256: a name from outside never becomes part of a path */
export function checkedHash(sha256: string): string {
  if (!isHash(sha256)) throw new AppError('not-found', { sha256 })
  return sha256
}

/** Bytes that pass are counted and hashed. */
export function hashing(): { through: Transform; done: () => { sha256: string; bytes: number } } {
  const hash = createHash('sha256')
  let bytes = 0
  const through = new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      hash.update(chunk)
      bytes += chunk.length
      pass(null, chunk)
    },
  })
  return { through, done: () => ({ sha256: hash.digest('hex'), bytes }) }
}

/** Lets bytes through and fails at the end when they are not those of the hash. */
export function proving(sha256: string): Transform {
  const hash = createHash('sha256')
  return new Transform({
    transform(chunk: Buffer, _encoding, pass) {
      hash.update(chunk)
      pass(null, chunk)
    },
    flush(pass) {
      const is = hash.digest('hex')
      pass(is === sha256 ? null : new AppError('unavailable', { reason: 'file-changed', sha256, is }))
    },
  })
}

/** @throws what the stream fails with; then what came before it must not be used */
export async function wholeOf(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of content) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** The store as a folder on the disk of the server. */
export function localFiles(folder: string): Files {
  const path = (sha256: string) => join(folder, checkedHash(sha256).slice(0, 2), sha256)
  const size = (sha256: string) =>
    stat(path(sha256)).then(
      (found) => found.size,
      () => undefined,
    )
  const open = async (sha256: string) => {
    if ((await size(sha256)) === undefined) throw new AppError('not-found', { sha256 })
    const proof = proving(sha256)
    pipeline(createReadStream(path(sha256)), proof).catch(() => {}) // the reader hears it from the stream
    return proof
  }
  return {
    size,
    open,
    has: async (sha256) => (await size(sha256)) !== undefined,
    read: async (sha256) => wholeOf(await open(sha256)),
    async remove(sha256, unlessSince) {
      const found = await stat(path(sha256)).catch(() => undefined)
      if (!found || (unlessSince && found.mtime >= unlessSince)) return false
      await rm(path(sha256), { force: true })
      return true
    },
    list: () => listFolder(folder),
    async keep(content) {
      await mkdir(folder, { recursive: true })
      // Written beside and renamed when whole, so that a crash leaves no half file under a hash.
      const draft = join(folder, `.${randomUUID()}`)
      const { through, done } = hashing()
      try {
        await pipeline(content, through, createWriteStream(draft))
        const { sha256, bytes } = done()
        const fresh = (await size(sha256)) === undefined
        await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true })
        await rename(draft, path(sha256))
        return { sha256, bytes, fresh }
      } catch (error) {
        await rm(draft, { force: true })
        throw error
      }
    },
  }
}

async function* listFolder(folder: string): AsyncGenerator<StoredFile> {
  for (const part of await namesIn(folder)) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue
    for (const sha256 of await namesIn(join(folder, part))) {
      const found = isHash(sha256) ? await stat(join(folder, part, sha256)).catch(() => undefined) : undefined
      if (found) yield { sha256, bytes: found.size, changedAt: found.mtime }
    }
  }
}

const namesIn = (folder: string) =>
  readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw error
  })
