import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'

import { onEachEngine } from '#test/engines.ts'
import { deed, type Leaf, leavesOf, logOn, someone } from '#test/log.ts'
import { newId } from '#platform/ids.ts'

import { openNote, parseNote } from './checkpoint.ts'
import { verifierOfKey } from './log-keys.ts'
import { leafHash, rootHash } from './merkle.ts'
import { sequence } from './sequence.ts'
import { hashesIn, loadCheckpoint, loadKeys, sizeOf } from './store-log.ts'
import { appendLeaves, hashesFrom } from './tiles.ts'

/** The root of leaves, from nothing but the leaves. */
async function rootOf(leaves: readonly Leaf[]): Promise<Buffer> {
  const tiles = await appendLeaves(
    async () => [],
    0,
    leaves.map(({ leaf }) => leafHash(Buffer.from(leaf))),
  )
  const read = hashesFrom(async (level, n) => tiles.find((t) => t.level === level && t.n === n)?.hashes ?? [])
  return rootHash(read, leaves.length)
}

onEachEngine('the sequencer', (database) => {
  const read = async () => {
    const { db } = database()
    const leaves = await leavesOf(database())
    const checkpoint = await loadCheckpoint(db)
    return { leaves, checkpoint, keys: await loadKeys(db) }
  }

  it('gives every row of history its leaf, in a signed tree that holds nothing else', async () => {
    const { log, tx } = logOn(database())
    const ids = [await deed(tx), await deed(tx)]
    await log.drain()
    const { leaves, checkpoint, keys } = await read()
    expect(leaves.map((l) => l.idx)).toEqual([0, 1, 2, 3, 4])
    expect(leaves.filter((l) => l.kind === 'change').map((l) => l.row)).toEqual(ids)
    const opened = openNote(checkpoint!.note, verifierOfKey(keys[0]!))
    expect(opened).toEqual({ origin: 'tenbin.example/log', size: 5, root: await rootOf(leaves) })
  })

  it('puts no text of the row and no person into a leaf', async () => {
    const { log, tx } = logOn(database())
    const id = newId()
    await tx(someone, (t) => t.append({ type: 'role.given', itemKind: 'person', itemId: id, detail: { word: '山川' } }))
    await log.drain()
    const all = (await leavesOf(database())).map((l) => l.leaf).join('\n')
    for (const secret of [id, someone.personId, '山川']) expect(all).not.toContain(secret)
  })

  it('writes a leaf as canonical JSON with the commitment of the row', async () => {
    const { db } = database()
    const { log, tx } = logOn(database())
    await tx({ ...someone, role: 'caio' }, (t) =>
      t.append({ type: 'a.b', itemKind: 'c', itemId: newId(), detail: { empty: null } }),
    )
    await log.drain()
    const leaf = (await leavesOf(database())).find((l) => l.leaf.includes('"a.b"'))!
    const { rows } = await db.transaction().execute(async (t) => {
      await sql`set local timezone = 'UTC'`.execute(t)
      return sql<{
        text: string
      }>`select log_text(to_jsonb(e)) as text from audit_entry e where id = ${leaf.row}`.execute(t)
    })
    const { text } = rows[0]!
    const commitment = createHash('sha256').update(Buffer.from(leaf.salt!, 'hex')).update(text).digest('hex')
    const row = JSON.parse(text) as Record<string, string>
    expect(JSON.parse(leaf.leaf)).toEqual({
      v: 1,
      kind: 'audit_entry',
      row: leaf.row,
      commitment,
      at: row['at'],
      actor: expect.stringMatching(/^[0-9a-f]{32}$/),
      role: 'caio',
      organisation: someone.organisationId,
      type: 'a.b',
      itemKind: 'c',
      item: row['item_id'],
    })
    const keys = [...leaf.leaf.matchAll(/"(\w+)":/g)].map((m) => m[1])
    expect(keys.join()).toBe(keys.toSorted((a, b) => (a! < b! ? -1 : 1)).join())
    expect(leaf.leaf).not.toMatch(/[\s]/)
  })

  it('calls the same person by the same pseudonym, and another by another', async () => {
    const { log, tx } = logOn(database())
    for (const personId of [newId(), newId()]) for (let i = 0; i < 2; i++) await deed(tx, { ...someone, personId })
    await log.drain()
    const named = (await leavesOf(database()))
      .filter((l) => l.kind === 'change')
      .map((l) => (JSON.parse(l.leaf) as { actor: string }).actor)
    expect(new Set(named).size).toBe(2)
    expect(named[0]).toBe(named[1])
  })

  it('does not let two sequencers give one place twice', async () => {
    const { tx } = logOn(database())
    for (let i = 0; i < 20; i++) await deed(tx)
    const { db } = database()
    const took = await Promise.all(Array.from({ length: 6 }, () => sequence(db, 7)))
    while ((await sequence(db, 7)) > 0) took.push(0)
    const leaves = await leavesOf(database())
    expect(leaves.map((l) => l.idx)).toEqual(Array.from({ length: 40 }, (_, i) => i))
    expect(new Set(leaves.map((l) => l.kind + l.row)).size).toBe(40)
    expect((await rootHash(hashesIn(db), 40)).equals(await rootOf(leaves))).toBe(true)
  })

  it('gives each committed row exactly one place, whoever aborts, and a later change a higher one', async () => {
    const { log, tx } = logOn(database())
    await log.start()
    /** What was acknowledged, with the number of deeds that were acknowledged before it began. */
    const acknowledged: { id: string; before: number }[] = []
    const writer = async (seed: number) => {
      for (let i = 0; i < 6; i++) {
        const before = acknowledged.length
        const id = await tx(someone, async (t) => {
          const made = newId()
          await t.append({ type: 'x.y', itemKind: 'z', itemId: made })
          if ((seed * 7 + i * 13) % 4 === 0) throw new Error('abort')
          return made
        }).catch(() => undefined)
        if (id !== undefined) acknowledged.push({ id, before })
      }
    }
    await Promise.all(Array.from({ length: 64 }, (_, n) => writer(n)))
    await log.stop()
    const leaves = await leavesOf(database())
    const items = leaves
      .map((l) => JSON.parse(l.leaf) as { type: string; item: string })
      .filter((l) => l.type === 'x.y')
    expect(leaves.map((l) => l.idx)).toEqual(leaves.map((_, i) => i))
    expect(items.map((l) => l.item).toSorted()).toEqual(acknowledged.map((a) => a.id).toSorted())
    const place = new Map(leaves.map((l) => [(JSON.parse(l.leaf) as { item: string }).item, l.idx]))
    let highest = -1
    const highestBefore = acknowledged.map(({ id }) => (highest = Math.max(highest, place.get(id)!)))
    for (const { id, before } of acknowledged)
      if (before > 0) expect(place.get(id)!).toBeGreaterThan(highestBefore[before - 1]!)
  }, 60_000)

  it('orders by cause and not by the clock', async () => {
    let time = Date.parse('2026-04-01T00:00:00Z')
    const { log, tx } = logOn(database(), { now: () => new Date(time) })
    const ids: string[] = []
    for (const jump of [0, 3_600_000, -86_400_000 * 400, 5, -1]) {
      time += jump
      ids.push(await deed(tx))
    }
    await log.drain()
    expect((await leavesOf(database())).filter((l) => l.kind === 'change').map((l) => l.row)).toEqual(ids)
  })

  it('signs what a sequencer left when it died between commit and signature', async () => {
    const { log, tx, deps } = logOn(database())
    await log.drain()
    await deed(tx)
    await sequence(deps.db)
    const { db } = database()
    expect((await loadCheckpoint(db))!.size).toBeLessThan(await sizeOf(db))
    const after = logOn(database(), { keyFile: deps.keyFile }).log
    await after.drain()
    const { checkpoint, leaves } = await read()
    expect(checkpoint!.size).toBe(leaves.length)
    expect(checkpoint!.root.equals(await rootOf(leaves))).toBe(true)
  })

  it('signs nothing, and says why, when the tree is not the one that was signed', async () => {
    const { log, tx, deps } = logOn(database())
    await deed(tx)
    await log.drain()
    const { db } = database()
    await sql`update log_tile set hashes = overlay(hashes placing decode('00', 'hex') from 5) where level = 0`.execute(
      db,
    )
    const faults: (string | undefined)[] = []
    const again = logOn(database(), { keyFile: deps.keyFile, onFault: (f) => faults.push(f?.code) })
    await again.log.start()
    await deed(again.tx)
    await again.log.drain().catch(() => {})
    expect([again.log.fault()?.code, faults]).toEqual(['root-differs', ['root-differs']])
    expect((await loadCheckpoint(db))!.size).toBe(3)
    // And builds nothing on it.
    expect(await sizeOf(db)).toBe(3)
    await again.log.stop()
  })

  it('signs nothing when leaves are gone', async () => {
    const { log, tx } = logOn(database())
    await deed(tx)
    await log.drain()
    const { db } = database()
    await sql`alter table log_leaf disable trigger log_leaf_append_only`.execute(db)
    await sql`delete from log_leaf where idx = 2`.execute(db)
    await sql`alter table log_leaf enable trigger log_leaf_append_only`.execute(db)
    await deed(tx)
    await expect(log.drain()).rejects.toMatchObject({ code: expect.stringMatching(/leaves-missing|tiles-differ/) })
    expect((await loadCheckpoint(db))!.size).toBe(3)
  })

  it('goes on giving places without its key, signs nothing, and says which file is missing', async () => {
    const { log, tx } = logOn(database())
    await deed(tx)
    await log.drain()
    const without = logOn(database())
    await deed(without.tx)
    await expect(without.log.drain()).rejects.toMatchObject({
      code: 'key-missing',
      params: { file: without.deps.keyFile },
    })
    const { db } = database()
    expect([(await loadCheckpoint(db))!.size, await sizeOf(db)]).toEqual([3, 5])
    await log.drain()
    expect((await loadCheckpoint(db))!.size).toBe(5)
  })

  it('refuses the key of another log, and another name for the log', async () => {
    const { log, tx, deps } = logOn(database())
    await deed(tx)
    await log.drain()
    await deed(tx)
    const other = logOn(database(), { origin: 'another.example/log', keyFile: deps.keyFile })
    await expect(other.log.drain()).rejects.toMatchObject({ code: 'origin-other' })
    const strange = logOn(database())
    const { readOrMakeKey } = await import('./key-file.ts')
    readOrMakeKey(strange.deps.keyFile)
    await expect(strange.log.drain()).rejects.toMatchObject({ code: 'key-other' })
  })

  it('makes one key when two servers begin at once', async () => {
    const first = logOn(database())
    const second = logOn(database(), { keyFile: first.deps.keyFile })
    await Promise.all([first.log.drain(), second.log.drain()])
    const { keys, leaves, checkpoint } = await read()
    expect([keys.length, leaves.length, checkpoint!.size]).toEqual([1, 1, 1])
    expect(parseNote(checkpoint!.note)!.signatures).toHaveLength(1)
  })

  it('signs within a second of a commit without being told', async () => {
    const { log, tx } = logOn(database())
    await log.start()
    // Not through the transaction that wakes it: as another process would.
    const quiet = logOn(database())
    await deed(quiet.tx)
    void tx
    const until = Date.now() + 5_000
    const { db } = database()
    while ((await loadCheckpoint(db))!.size < 3 && Date.now() < until) await new Promise((r) => setTimeout(r, 20))
    expect((await loadCheckpoint(db))!.size).toBe(3)
    await log.stop()
  })
})
