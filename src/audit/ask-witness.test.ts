import { generateKeyPairSync, sign } from 'node:crypto'
import { sql } from 'kysely'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { afterEach, expect, it } from 'vitest'

import { onEachEngine } from '#test/engines.ts'
import { deed, logOn } from '#test/log.ts'

import { askWitness } from './ask-witness.ts'
import { keyIdOf, keyTypes, parseNote, rawKey, verifierKey } from './checkpoint.ts'
import { cosigned } from './cosignatures.ts'
import { continues, type Hash } from './merkle.ts'
import { loadCheckpoint } from './store-log.ts'
import { parseWitnesses, type Witness } from './witnesses.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

/** A witness as https://c2sp.org/tlog-witness describes it: it signs what continues what it has seen. */
async function witnessServer(seen: { size: number; root: Hash } = { size: 0, root: Buffer.alloc(0) }) {
  const { privateKey } = generateKeyPairSync('ed25519')
  const verifier = { name: 'witness.example/w1', type: keyTypes.cosignature, publicKey: rawKey(privateKey) }
  const asked: number[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let text = ''
    for await (const chunk of request) text += String(chunk)
    const [head = '', ...rest] = text.split('\n\n')
    const [old = '', ...proof] = head.split('\n')
    const note = parseNote(rest.join('\n\n'))
    asked.push(Number(old.slice(4)))
    if (request.url !== '/w/add-checkpoint' || !note) return response.writeHead(404).end()
    if (Number(old.slice(4)) !== seen.size)
      return response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end(`${seen.size}\n`)
    const newer = note.checkpoint
    const sound =
      seen.size === 0
        ? proof.length === 0
        : continues(
            seen,
            newer,
            proof.map((line) => Buffer.from(line, 'base64')),
          )
    if (!sound) return response.writeHead(422).end()
    seen = newer
    const time = 1_800_000_000
    const stamp = Buffer.alloc(8)
    stamp.writeBigUInt64BE(BigInt(time))
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${note.body}`), privateKey)
    const bytes = Buffer.concat([Buffer.from(keyIdOf(verifier), 'hex'), stamp, signature])
    return response.writeHead(200).end(`— ${verifier.name} ${bytes.toString('base64')}\n`)
  }
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const url = `http://127.0.0.1:${port}/w`
  return { url, asked, witness: { ...verifier, url } satisfies Witness, vkey: verifierKey(verifier) }
}

onEachEngine('asking a witness', (database) => {
  const grown = async (log: ReturnType<typeof logOn>, deeds: number) => {
    for (let i = 0; i < deeds; i++) await deed(log.tx)
    await log.log.drain()
    return (await loadCheckpoint(database().db))!
  }
  const ask = (
    witness: Witness & { url: string },
    checkpoint: NonNullable<Awaited<ReturnType<typeof loadCheckpoint>>>,
  ) => askWitness({ db: database().db, now: () => new Date(), fetch }, witness, checkpoint)

  it('keeps its signature, and proves each time that the log only grew', async () => {
    const { witness, asked } = await witnessServer()
    const house = logOn(database())
    for (const deeds of [3, 1, 150]) {
      const checkpoint = await grown(house, deeds)
      expect(await ask(witness, checkpoint)).toEqual({ ok: true, size: checkpoint.size })
      expect(await cosigned(database().db, checkpoint)).toMatch(/\n— witness\.example\/w1 .+\n$/)
    }
    expect(asked).toEqual([0, 7, 9])
  })

  it('goes on from the size that the witness names', async () => {
    const house = logOn(database())
    const { size, root } = await grown(house, 2)
    const { witness, asked } = await witnessServer({ size, root })
    const checkpoint = await grown(house, 2)
    expect(await ask(witness, checkpoint)).toEqual({ ok: true, size: checkpoint.size })
    expect(asked).toEqual([0, 5])
  })

  it('says that the log was set back when the witness has seen more', async () => {
    const { witness } = await witnessServer({ size: 9_999, root: Buffer.alloc(32) })
    expect(await ask(witness, await grown(logOn(database()), 1))).toEqual({ ok: false, because: 'ahead', status: 409 })
  })

  it('gets no signature over a tree that the witness has seen otherwise', async () => {
    const house = logOn(database())
    const { size } = await grown(house, 2)
    const { witness } = await witnessServer({ size, root: Buffer.alloc(32, 1) })
    expect(await ask(witness, await grown(house, 1))).toEqual({ ok: false, because: 'refused', status: 422 })
  })

  it('keeps nothing that another has signed, and survives a witness that is away', async () => {
    const [real, other] = [await witnessServer(), await witnessServer()]
    const checkpoint = await grown(logOn(database()), 1)
    expect(await ask({ ...real.witness, url: other.url }, checkpoint)).toEqual({ ok: false, because: 'not-signed' })
    expect(await ask({ ...real.witness, url: 'http://127.0.0.1:1' }, checkpoint)).toEqual({
      ok: false,
      because: 'unreachable',
    })
    expect(await cosigned(database().db, checkpoint)).toBe(checkpoint.note)
  })

  it('tells the log once that a witness has seen more of it than there is', async () => {
    const { witness } = await witnessServer({ size: 9_999, root: Buffer.alloc(32) })
    const house = logOn(database(), { witnesses: [witness] })
    await house.log.start()
    const told = async () =>
      (
        await sql<{ detail: unknown }>`select detail from audit_entry where type = 'log.witness-ahead'`.execute(
          database().db,
        )
      ).rows
    const until = Date.now() + 10_000
    while ((await told()).length === 0 && Date.now() < until) await new Promise((r) => setTimeout(r, 20))
    await house.log.stop()
    expect(await told()).toEqual([{ detail: { witness: 'witness.example/w1', size: 1 } }])
  })

  it('is done by the running log with each new checkpoint, beside its work', async () => {
    const { witness } = await witnessServer()
    const house = logOn(database(), { witnesses: [witness] })
    await house.log.start()
    const until = Date.now() + 10_000
    while (!house.log.asked().has(witness.name) && Date.now() < until) await new Promise((r) => setTimeout(r, 20))
    expect(house.log.asked().get(witness.name)).toMatchObject({ ok: true })
    await house.log.stop()
  })
})

it('reads the file of witnesses line by line, and names the line that is none', async () => {
  const { vkey } = await witnessServer()
  const read = parseWitnesses(`# 外部の立会人\n\n${vkey}\n${vkey} https://witness.example/\n`)
  expect(read.map((w) => w.url)).toEqual([undefined, 'https://witness.example'])
  for (const bad of [`x`, `${vkey} ftp://x`, `${vkey} https://a b`, vkey.replace('+', '-')])
    expect(() => parseWitnesses(`${vkey}\n${bad}`)).toThrow(
      expect.objectContaining({ params: { reason: 'witness-line', line: 2 } }),
    )
})
