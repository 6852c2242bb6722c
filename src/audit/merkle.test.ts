import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  consistencyProof,
  continues,
  emptyRoot,
  type Hash,
  includes,
  inclusionProof,
  leafHash,
  nodeHash,
  rootHash,
} from './merkle.ts'
import { appendLeaves, hashesFrom, indexPath, parseIndexPath, widthOf } from './tiles.ts'

/** RFC 6962 §2.1 word for word, without tiles. */
function plainRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return emptyRoot
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return nodeHash(plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)))
}
function tree() {
  const tiles = new Map<string, readonly Hash[]>()
  const read = async (level: number, n: number) => tiles.get(`${level}/${n}`) ?? []
  let size = 0
  return {
    read: hashesFrom(read),
    tiles,
    append: async (leaves: Hash[]) => {
      for (const tile of await appendLeaves(read, size, leaves)) tiles.set(`${tile.level}/${tile.n}`, tile.hashes)
      size += leaves.length
    },
  }
}
const leaf = (i: number) => leafHash(Buffer.from(String(i)))

it('the root out of tiles is that of RFC 6962, however the leaves came in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 6 }), async (parts) => {
      const t = tree()
      const leaves: Hash[] = []
      for (const n of parts) {
        const more = Array.from({ length: n }, (_, i) => leaf(leaves.length + i))
        await t.append(more)
        leaves.push(...more)
      }
      expect((await rootHash(t.read, leaves.length)).equals(plainRoot(leaves))).toBe(true)
    }),
    { numRuns: 30 },
  )
})
it('proofs hold for what is in the tree and for nothing else', async () => {
  const t = tree()
  const leaves = Array.from({ length: 700 }, (_, i) => leaf(i))
  await t.append(leaves)
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 700 }), fc.nat(), fc.nat(), async (size, a, b) => {
      const index = a % size,
        older = 1 + (b % size)
      const root = await rootHash(t.read, size)
      const proof = await inclusionProof(t.read, index, size)
      expect(includes(leaves[index]!, index, size, proof, root)).toBe(true)
      expect(includes(leaf(9999), index, size, proof, root)).toBe(false)
      if (size > 1) expect(includes(leaves[index]!, (index + 1) % size, size, proof, root)).toBe(false)
      const consistent = await consistencyProof(t.read, older, size)
      const before = { size: older, root: await rootHash(t.read, older) }
      expect(continues(before, { size, root }, consistent)).toBe(true)
      expect(continues({ ...before, root: leaf(1) }, { size, root }, consistent)).toBe(
        older === 1 && leaf(1).equals(before.root),
      )
    }),
    { numRuns: 100 },
  )
})
it('a tree of 70,000 leaves has the tiles of the C2SP example', async () => {
  const t = tree()
  await t.append(Array.from({ length: 70_000 }, (_, i) => leaf(i)))
  const of = (level: number) => [...t.tiles].filter(([k]) => k.startsWith(`${level}/`)).map(([, h]) => h.length)
  expect([of(0).length, of(0).at(-1), of(1), of(2)]).toEqual([274, 112, [256, 17], [1]])
  expect(widthOf(70_000, 0, 273)).toBe(112)
})
it('index paths have one form', () => {
  expect([indexPath(1234067), indexPath(67), indexPath(0)]).toEqual(['x001/x234/067', '067', '000'])
  expect([
    parseIndexPath('x001/x234/067'),
    parseIndexPath('67'),
    parseIndexPath('x000/001'),
    parseIndexPath('../1'),
  ]).toEqual([1234067, undefined, undefined, undefined])
})
