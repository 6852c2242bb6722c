import { createPublicKey, verify } from 'node:crypto'
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { onEachEngine } from '#test/engines.ts'
import { deed, leavesOf, logOn, someone } from '#test/log.ts'

import { openNote, parseVerifierKey } from './checkpoint.ts'
import { nextTo, putInPlace, readKey, readOrMakeKey } from './key-file.ts'
import { rotateKey } from './rotate-key.ts'
import { sequence } from './sequence.ts'
import { loadCheckpoint, loadKeys } from './store-log.ts'

const signed = (vkey: string, text: string, signature: string): boolean => {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), parseVerifierKey(vkey)!.publicKey])
  return verify(
    null,
    Buffer.from(text),
    createPublicKey({ key: spki, format: 'der', type: 'spki' }),
    Buffer.from(signature, 'base64'),
  )
}

it('keeps the key in a file that only its owner can read, and makes it once', () => {
  const { deps } = logOn({ db: undefined as never })
  const key = readOrMakeKey(deps.keyFile)
  expect(statSync(deps.keyFile).mode & 0o777).toBe(0o600)
  expect(readOrMakeKey(deps.keyFile).equals(key)).toBe(true)
  expect(readdirSync(dirname(deps.keyFile))).toEqual(['log-key.pem'])
})

onEachEngine('handing over to a new key', (database) => {
  const begun = async () => {
    const house = logOn(database())
    await deed(house.tx)
    await house.log.drain()
    return house
  }
  const entry = async (type: string) => {
    const { rows } = await sql<{
      detail: Record<string, string>
    }>`select detail from audit_entry where type = ${type}`.execute(database().db)
    return rows[0]!.detail
  }
  const opens = async (vkey: string) =>
    openNote((await loadCheckpoint(database().db))!.note, parseVerifierKey(vkey)!)?.size

  it('is signed by both keys: the entry that says so, and the first checkpoint that holds it', async () => {
    const { log, tx, deps } = await begun()
    const rotated = await rotateKey(deps, someone)
    const told = await entry('log.key-rotated')
    expect([told['old'], told['new']]).toEqual([rotated.old, rotated.new])
    expect(told['announcement']).toBe(`tenbin log key\ntenbin.example/log\n${rotated.old}\n${rotated.new}\n`)
    expect(signed(rotated.old, told['announcement']!, told['oldSignature']!)).toBe(true)
    expect(signed(rotated.new, told['announcement']!, told['newSignature']!)).toBe(true)
    const { length } = await leavesOf(database())
    expect([await opens(rotated.old), await opens(rotated.new)]).toEqual([length, length])
    await deed(tx)
    await log.drain()
    expect([await opens(rotated.old), await opens(rotated.new)]).toEqual([undefined, length + 2])
    const keys = await loadKeys(database().db)
    expect(keys.map((k) => [k.firstSize, k.lastSize, k.retiredAt !== null])).toEqual([
      [3, length, true],
      [length, null, false],
    ])
    expect(existsSync(nextTo(deps.keyFile))).toBe(false)
    expect(readdirSync(dirname(deps.keyFile)).filter((name) => name.includes('retired'))).toHaveLength(1)
  })

  it('can be done again and again', async () => {
    const { deps } = await begun()
    const first = await rotateKey(deps, someone)
    const second = await rotateKey(deps, someone)
    expect(second.old).toBe(first.new)
    expect(await opens(second.new)).toBe((await leavesOf(database())).length)
  })

  it('goes on where it was broken off after it was told to the log', async () => {
    const { deps } = await begun()
    // Dies before the checkpoint of both: the sequencer gives the entry its place, and nothing is signed.
    const dies = { ...deps, now: deps.now, db: database().db }
    await expect(
      rotateKey(
        {
          ...dies,
          tx: async (actor, work) => {
            await deps.tx(actor, work)
            throw new Error('killed')
          },
        },
        someone,
      ),
    ).rejects.toThrow('killed')
    await sequence(database().db)
    const { log } = logOn(database(), { keyFile: deps.keyFile })
    await log.drain()
    const told = await entry('log.key-rotated')
    expect([await opens(told['old']!), await opens(told['new']!)]).toEqual([4, 4])
    expect(existsSync(nextTo(deps.keyFile))).toBe(false)
  })

  it('finds the new key beside the old one where it was broken off last of all', async () => {
    const { deps } = await begun()
    await rotateKey(deps, someone)
    // As it stood before the files were moved.
    const folder = dirname(deps.keyFile)
    renameSync(deps.keyFile, nextTo(deps.keyFile))
    const old = readdirSync(folder).find((name) => name.includes('retired'))!
    renameSync(`${folder}/${old}`, deps.keyFile)
    const { log, tx } = logOn(database(), { keyFile: deps.keyFile })
    await deed(tx)
    await log.drain()
    expect(log.fault()).toBeUndefined()
    expect(existsSync(nextTo(deps.keyFile))).toBe(false)
  })

  it('is not signed by a server that has the old key alone', async () => {
    const { deps } = await begun()
    const elsewhere = logOn(database())
    await rotateKey(deps, someone)
    const old = readdirSync(dirname(deps.keyFile)).find((name) => name.includes('retired'))!
    renameSync(`${dirname(deps.keyFile)}/${old}`, elsewhere.deps.keyFile)
    await deed(elsewhere.tx)
    await expect(elsewhere.log.drain()).rejects.toMatchObject({ code: 'key-other' })
    await logOn(database(), { keyFile: deps.keyFile }).log.drain()
  })

  it('replaces a key that is lost when that is said, and the log says so too', async () => {
    const { log, tx, deps } = await begun()
    const before = (await loadCheckpoint(database().db))!
    rmSync(deps.keyFile)
    await expect(rotateKey(deps, someone)).rejects.toMatchObject({ code: 'key-missing' })
    const { old, new: fresh } = await rotateKey(deps, someone, true)
    expect(await entry('log.key-replaced')).toMatchObject({ old, new: fresh, newSignature: expect.any(String) })
    expect(Object.keys(await entry('log.key-replaced'))).not.toContain('oldSignature')
    expect(openNote(before.note, parseVerifierKey(old)!)?.size).toBe(3)
    expect([await opens(old), await opens(fresh)]).toEqual([undefined, 4])
    await deed(tx)
    await log.drain()
    expect([log.fault(), await opens(fresh)]).toEqual([undefined, 6])
  })

  it('keeps what is no key from being taken for one', () => {
    const { deps } = logOn(database())
    readOrMakeKey(nextTo(deps.keyFile))
    putInPlace(deps.keyFile)
    expect(readKey(deps.keyFile)).toBeDefined()
    expect(readKey(`${deps.keyFile}.none`)).toBeUndefined()
    expect(() => readKey('package.json')).toThrow('key-unreadable')
  })
})
