import { createHash } from 'node:crypto'

// RFC 6962 §2.1. A leaf and a node are hashed under different first bytes, so that neither can pass for the other.

export type Hash = Buffer

const sha256 = (...parts: readonly Uint8Array[]): Hash => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
const leafMark = Buffer.of(0)
const nodeMark = Buffer.of(1)

export const leafHash = (entry: Uint8Array): Hash => sha256(leafMark, entry)
export const nodeHash = (left: Hash, right: Hash): Hash => sha256(nodeMark, left, right)
export const emptyRoot: Hash = sha256()

/** The hash over the 2^level leaves from `index · 2^level` on; asked only of subtrees that are complete. */
export type ReadHash = (level: number, index: number) => Promise<Hash>

/** The largest power of two smaller than n, for n > 1. Counted, because a logarithm near a power rounds to it. */
function splitOf(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}
const isPowerOfTwo = (n: number): boolean => n === 1 || (n > 1 && splitOf(n) * 2 === n)

/** Hash over the leaves from `from` up to, not including, `to`. */
async function rangeHash(read: ReadHash, from: number, to: number): Promise<Hash> {
  const n = to - from
  if (isPowerOfTwo(n) && from % n === 0) return read(Math.round(Math.log2(n)), from / n)
  const k = splitOf(n)
  return nodeHash(await rangeHash(read, from, from + k), await rangeHash(read, from + k, to))
}

export const rootHash = async (read: ReadHash, size: number): Promise<Hash> =>
  size === 0 ? emptyRoot : rangeHash(read, 0, size)

/** RFC 6962 §2.1.1: the hashes that lead from a leaf to the root, nearest first. `index` counts from 0. */
export async function inclusionProof(read: ReadHash, index: number, size: number): Promise<Hash[]> {
  const path = async (from: number, to: number): Promise<Hash[]> => {
    if (to - from === 1) return []
    const middle = from + splitOf(to - from)
    return index < middle
      ? [...(await path(from, middle)), await rangeHash(read, middle, to)]
      : [...(await path(middle, to)), await rangeHash(read, from, middle)]
  }
  return path(0, size)
}

/** RFC 6962 §2.1.2: that the tree of `size` begins with the tree of `older` leaves; 0 < older ≤ size. */
export async function consistencyProof(read: ReadHash, older: number, size: number): Promise<Hash[]> {
  const part = async (m: number, from: number, to: number, whole: boolean): Promise<Hash[]> => {
    const n = to - from
    if (m === n) return whole ? [] : [await rangeHash(read, from, to)]
    const k = splitOf(n)
    return m <= k
      ? [...(await part(m, from, from + k, whole)), await rangeHash(read, from + k, to)]
      : [...(await part(m - k, from + k, to, false)), await rangeHash(read, from, from + k)]
  }
  return older === size ? [] : part(older, 0, size, true)
}

/** RFC 9162 §2.1.3.2. */
export function includes(leaf: Hash, index: number, size: number, proof: readonly Hash[], root: Hash): boolean {
  if (index >= size) return false
  let [fn, sn] = [index, size - 1]
  let r = leaf
  for (const p of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      r = nodeHash(p, r)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else r = nodeHash(r, p)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && r.equals(root)
}

type Tree = { readonly size: number; readonly root: Hash }

/** RFC 9162 §2.1.4.2. */
export function continues(older: Tree, newer: Tree, proof: readonly Hash[]): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root)
  if (older.size === 0) return proof.length === 0
  const hashes = isPowerOfTwo(older.size) ? [older.root, ...proof] : [...proof]
  let [fn, sn] = [older.size - 1, newer.size - 1]
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  const first = hashes.shift()
  if (!first) return false
  let [fr, sr] = [first, first]
  for (const c of hashes) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(c, fr)
      sr = nodeHash(c, sr)
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)]
    } else sr = nodeHash(sr, c)
    ;[fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)]
  }
  return sn === 0 && fr.equals(older.root) && sr.equals(newer.root)
}
