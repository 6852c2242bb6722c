import { createHash, randomBytes } from 'node:crypto'
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import S3rver from 's3rver'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type Files, localFiles } from './files.ts'
import { s3Files, type S3Settings } from './s3-files.ts'

const sha = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex')
const absent = 'a'.repeat(64)

let home: string
let server: S3rver
let settings: S3Settings
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'tenbin-files-'))
  server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: join(home, 's3'),
    configureBuckets: [{ name: 'evidence', configs: [] }],
  })
  const { port } = await server.run()
  settings = {
    endpoint: `http://127.0.0.1:${port}`,
    bucket: 'evidence',
    region: 'ap-northeast-1',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    prefix: 'house/',
  }
})
afterAll(async () => {
  await server.close()
  rmSync(home, { recursive: true, force: true })
})

const all = async (files: Files) => {
  const found: { sha256: string; bytes: number }[] = []
  for await (const { sha256, bytes } of files.list()) found.push({ sha256, bytes })
  return found
}

/** A folder and a bucket must do the same: one contract for both. */
const stores: readonly [string, () => { files: Files; spoil: (sha256: string) => void }][] = [
  [
    'a folder',
    () => {
      const folder = mkdtempSync(join(home, 'local-'))
      return { files: localFiles(folder), spoil: (h) => appendFileSync(join(folder, h.slice(0, 2), h), 'x') }
    },
  ],
  [
    'a bucket that speaks S3',
    () => {
      const prefix = `${randomBytes(4).toString('hex')}/`
      const object = (h: string) => join(home, 's3/evidence', prefix, h.slice(0, 2), `${h}._S3rver_object`)
      return { files: s3Files({ ...settings, prefix }), spoil: (h) => appendFileSync(object(h), 'x') }
    },
  ],
]

describe.each(stores)('files in %s', (_name, open) => {
  it('keeps a file under the hash of its bytes, once, and gives it back', async () => {
    const { files } = open()
    const content = Buffer.from('業務で使う生成AIの調査票')
    const first = await files.keep(Readable.from([content]))
    expect(first).toEqual({ sha256: sha(content), bytes: content.length, fresh: true })
    expect(await files.keep(Readable.from([content]))).toEqual({ ...first, fresh: false })
    expect(await files.read(first.sha256)).toEqual(content)
    expect(await files.size(first.sha256)).toBe(content.length)
    expect(await files.has(first.sha256)).toBe(true)
    expect(await all(files)).toEqual([{ sha256: first.sha256, bytes: content.length }])
  })

  it('keeps a file without a single byte', async () => {
    const { files } = open()
    const { sha256 } = await files.keep(Readable.from([]))
    expect(sha256).toBe(sha(''))
    expect((await files.read(sha256)).length).toBe(0)
  })

  it('removes a file, and removing what is not there is no fault', async () => {
    const { files } = open()
    const { sha256 } = await files.keep(Readable.from(['x']))
    expect(await files.remove(sha256, new Date(Date.now() - 60_000))).toBe(false)
    expect(await files.has(sha256)).toBe(true)
    expect(await files.remove(sha256)).toBe(true)
    expect(await files.remove(sha256)).toBe(false)
    expect(await files.has(sha256)).toBe(false)
    expect(await all(files)).toEqual([])
    await expect(files.read(sha256)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('a file whose bytes were changed behind its back is not given out as the one that was kept', async () => {
    const { files, spoil } = open()
    const { sha256 } = await files.keep(Readable.from(['the evidence']))
    spoil(sha256)
    await expect(files.read(sha256)).rejects.toMatchObject({ code: 'unavailable', params: { reason: 'file-changed' } })
  })

  it('keeps nothing of what breaks off while it is read', async () => {
    const { files } = open()
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half')
        throw new Error('the line is dead')
      })(),
    )
    await expect(files.keep(broken)).rejects.toThrow('the line is dead')
    expect(await all(files)).toEqual([])
  })

  it.each(['../../etc/passwd', '..', 'A'.repeat(64), `${'a'.repeat(63)}/`])(
    'a name that is no hash is never a path: %s',
    async (name) => {
      const { files } = open()
      const asked = [
        () => files.read(name),
        () => files.open(name),
        () => files.size(name),
        () => files.has(name),
        () => files.remove(name),
      ]
      for (const ask of asked)
        await expect(Promise.resolve().then<unknown>(ask)).rejects.toMatchObject({ code: 'not-found' })
      await expect(files.open(absent)).rejects.toMatchObject({ code: 'not-found' })
    },
  )

  it('holds a large file neither when it comes nor when it goes', async () => {
    const { files } = open()
    const block = randomBytes(1024 * 1024)
    const blocks = 192
    const { sha256, bytes } = await files.keep(Readable.from(Array.from({ length: blocks }, () => block)))
    expect(bytes).toBe(blocks * block.length)
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    let read = 0
    await pipeline(await files.open(sha256), async (chunks) => {
      for await (const chunk of chunks as AsyncIterable<Buffer>) {
        read += chunk.length
        most = Math.max(most, process.memoryUsage().arrayBuffers)
      }
    })
    expect(read).toBe(bytes)
    expect(most - before).toBeLessThan(96 * 1024 * 1024)
  }, 60_000)
})

it('lists a bucket page by page', async () => {
  const files = s3Files({ ...settings, prefix: 'many/' }, 5)
  const kept = new Set<string>()
  for (let n = 0; n < 12; n++) kept.add((await files.keep(Readable.from([`file ${n}`]))).sha256)
  const listed = (await all(files)).map((f) => f.sha256)
  expect(listed).toHaveLength(12)
  expect(new Set(listed)).toEqual(kept)
})

it('says that the store is not there, and that it refuses the key', async () => {
  const away = s3Files({ ...settings, endpoint: 'http://127.0.0.1:9' })
  await expect(away.keep(Readable.from(['x']))).rejects.toMatchObject({
    code: 'unavailable',
    params: { reason: 'file-store' },
  })
  const stranger = s3Files({ ...settings, accessKeyId: 'STRANGER' })
  await expect(stranger.keep(Readable.from(['x']))).rejects.toMatchObject({
    code: 'unavailable',
    params: { reason: 'file-store', status: 403 },
  })
  expect(readdirSync(tmpdir()).filter((n) => n.startsWith('tenbin-s3-'))).toEqual([])
})
