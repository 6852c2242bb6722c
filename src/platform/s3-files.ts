import { AwsClient } from 'aws4fetch'
import { createWriteStream, openAsBlob } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'

import { AppError } from './errors.ts'
import { checkedHash, type Files, hashing, proving, type StoredFile, wholeOf } from './files.ts'

export type S3Settings = {
  /** `https://s3.ap-northeast-1.amazonaws.com`, or the address of another store that speaks S3. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  /** Put before each key, so that one bucket can serve several houses. */
  readonly prefix: string
}

/**
 * The store as a bucket that speaks S3 (path style). A file is first written to a temporary file, because its name is its
 * hash and the hash is known only at its end; then it is sent as a stream with its SHA-256, which the store checks. No
 * file is held in memory. One request carries at most 5 GB (Amazon S3, PutObject), far above any limit of ours.
 */
export function s3Files(settings: S3Settings, keysPerPage = 1000): Files {
  const ask = asking(settings)
  const size = async (sha256: string) => {
    const answer = await ask('HEAD', keyOf(sha256))
    return answer.ok ? Number(answer.headers.get('content-length')) : undefined
  }
  const open = async (sha256: string) => {
    const answer = await ask('GET', keyOf(sha256))
    if (!answer.ok || !answer.body) {
      await answer.body?.cancel()
      throw new AppError('not-found', { sha256 })
    }
    const proof = proving(sha256)
    // The reader hears what fails from the stream itself.
    pipeline(Readable.fromWeb(answer.body as ReadableStream), proof).catch(() => {})
    return proof
  }
  return {
    size,
    open,
    has: async (sha256) => (await size(sha256)) !== undefined,
    read: async (sha256) => wholeOf(await open(sha256)),
    async remove(sha256, unlessSince) {
      const found = await ask('HEAD', keyOf(sha256))
      const changedAt = new Date(found.headers.get('last-modified') ?? 0)
      if (!found.ok || (unlessSince && changedAt >= unlessSince)) return false
      await ask('DELETE', keyOf(sha256))
      return true
    },
    list: () => listBucket(ask, settings.prefix, keysPerPage),
    async keep(content) {
      const folder = await mkdtemp(join(tmpdir(), 'tenbin-s3-'))
      const draft = join(folder, 'draft')
      try {
        const { through, done } = hashing()
        await pipeline(content, through, createWriteStream(draft))
        const { sha256, bytes } = done()
        const fresh = (await size(sha256)) === undefined
        // Sent again when it is there: that renews its time, and so keeps it from being taken for left over.
        await ask('PUT', keyOf(sha256), { body: await openAsBlob(draft), sha256 })
        return { sha256, bytes, fresh }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
  function keyOf(sha256: string): string {
    return `${settings.prefix}${checkedHash(sha256).slice(0, 2)}/${sha256}`
  }
}

type Ask = (
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE',
  key: string,
  sent?: { body?: Blob; sha256?: string; query?: Record<string, string> },
) => Promise<Response>

const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** @throws AppError `unavailable` when the store does not answer, or refuses; "not there" (404) is an answer */
function asking(settings: S3Settings): Ask {
  const { accessKeyId, secretAccessKey, sessionToken, region, endpoint, bucket } = settings
  const aws = new AwsClient({
    accessKeyId,
    secretAccessKey,
    region,
    service: 's3',
    ...(sessionToken === undefined ? {} : { sessionToken }),
  })
  return async (method, key, { body, sha256 = emptyHash, query = {} } = {}) => {
    const url = new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/${key}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const signed = await aws.sign(url, { method, headers: { 'x-amz-content-sha256': sha256 } })
    const failed = (params: Record<string, unknown>, cause?: unknown) =>
      new AppError('unavailable', { reason: 'file-store', endpoint, bucket, ...params }, cause)
    const answer = await fetch(signed.url, {
      method,
      headers: signed.headers,
      ...(body === undefined ? {} : { body }),
    }).catch((error: unknown) => {
      throw failed({}, error)
    })
    if (answer.ok || (answer.status === 404 && method !== 'PUT')) return answer
    throw failed({ status: answer.status }, await answer.text().catch(() => ''))
  }
}

/** Each page begins after the last key of the one before (ListObjects, which every store that speaks S3 knows). */
async function* listBucket(ask: Ask, prefix: string, keys: number): AsyncGenerator<StoredFile> {
  for (let last = ''; ;) {
    const query = { prefix, 'max-keys': String(keys), ...(last === '' ? {} : { marker: last }) }
    const xml = await (await ask('GET', '', { query })).text()
    for (const [, item = ''] of xml.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
      last = textOf(item, 'Key') ?? last
      const sha256 = last.slice(prefix.length + 3)
      if (/^[0-9a-f]{64}$/.test(sha256))
        yield { sha256, bytes: Number(textOf(item, 'Size')), changedAt: new Date(textOf(item, 'LastModified') ?? 0) }
    }
    if (textOf(xml, 'IsTruncated') !== 'true') return
  }
}

/** What is read of the answers are hashes, numbers and times: nothing that XML would escape. */
const textOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
