#!/usr/bin/env node
// @ts-check
// Checks a transparency log of Tenbin. One file, nothing but Node 20 or newer: copy it away and keep it where the operator of the
// log cannot reach it. What it relies on is told in docs/en/audit-log.md, so that another person can write it again.
//
//   node tenbin-verify.mjs <export folder> --key <verifier key> [--checkpoint <file>]…
//
// Tenbin's own `tenbin audit verify` feeds the database through the same `verify` below; there is no second implementation.
import * as crypto from 'node:crypto'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

// ---- Types -----------------------------------------------------------------------------------------------------------------

/**
 * @typedef {'export-unreadable' | 'file-unexpected' | 'checkpoint-unreadable' | 'checkpoint-unsigned' | 'checkpoint-origin'
 *   | 'signature-wrong' | 'rotation-unsigned' | 'given-checkpoint-unsigned' | 'root-differs' | 'rolled-back' | 'history-rewritten' | 'cosignature-wrong'
 *   | 'cosignature-missing' | 'tile-missing' | 'tile-changed' | 'leaf-or-tile-changed' | 'leaf-missing' | 'leaf-changed'
 *   | 'leaf-moved' | 'leaf-added' | 'leaf-twice' | 'leaf-unreadable' | 'row-missing' | 'row-changed' | 'row-moved'
 *   | 'row-added' | 'row-unreadable' | 'withheld-unproven'} FaultKind
 *
 * What is wrong and where: `index` counts leaves from 0; `kind` and `row` name the row of the history table.
 * @typedef {{ fault: FaultKind, index?: number, kind?: string, row?: string, at?: number, size?: number, had?: number,
 *   from?: number, to?: number, level?: number, tile?: number, name?: string, count?: number }} Fault
 *
 * What stands behind a leaf: the row, or the word that it was withheld.
 * @typedef {{ index: number, kind: string, row: string, salt?: string, text?: string, withheld?: true }} Behind
 * @typedef {Behind | { unreadable: true, kind: string }} RowLine
 *
 * Where a log comes from: an export folder or a database. A block is 256 leaves.
 * @typedef {{
 *   newest: () => Promise<string | undefined>,
 *   checkpoints: () => AsyncIterable<string> | Iterable<string>,
 *   keys: () => Promise<readonly string[]>,
 *   tile: (level: number, n: number, width: number) => Promise<Uint8Array | undefined>,
 *   leaves: (n: number, width: number) => Promise<readonly (Uint8Array | undefined)[] | undefined>,
 *   rows: (n: number, width: number) => Promise<readonly RowLine[]>,
 *   rest: (size: number) => AsyncIterable<Fault> | Iterable<Fault>,
 *   recordedLater?: (kind: string, row: string) => Promise<boolean>,
 * }} Source
 *
 * @typedef {{ keys: readonly string[], checkpoints?: readonly string[], witnesses?: readonly string[],
 *   most?: number, onProgress?: ((done: number, all: number) => void) | undefined }} Options
 *
 * @typedef {{ rule: string, kind: string, rows: number }} Rule  what a record of the log says was taken out, and why
 *
 * @typedef {{ ok: boolean, origin: string, size: number, root: string, leaves: number, rows: number, withheld: number, rules: Rule[],
 *   checkpoints: number, signedBy: string[], keys: string[], since: { size: number, ok: boolean }[],
 *   cosignatures: { witness: string, size: number, at: string }[], faultCount: number, counts: Record<string, number>,
 *   faults: Fault[] }} Result
 *
 * @typedef {{ name: string, id: string, type: number, key: crypto.KeyObject }} Key
 * @typedef {{ name: string, id: string, bytes: Buffer }} Signature
 * @typedef {{ origin: string, size: number, root: Buffer, body: string, signatures: Signature[] }} Note
 */

// ---- RFC 6962 and C2SP tlog-tiles ------------------------------------------------------------------------------------------

const width256 = 256
const hashBytes = 32

/** @type {(data: Uint8Array) => Buffer} */
const sha256 =
  typeof crypto.hash === 'function'
    ? (data) => crypto.hash('sha256', data, 'buffer')
    : (data) => crypto.createHash('sha256').update(data).digest()

/** @param {Uint8Array} leaf */
function leafHash(leaf) {
  const data = Buffer.allocUnsafe(leaf.length + 1)
  data[0] = 0
  data.set(leaf, 1)
  return sha256(data)
}

const pair = Buffer.alloc(1 + 2 * hashBytes, 1)
/** @param {Uint8Array} left @param {Uint8Array} right */
function nodeHash(left, right) {
  pair.set(left, 1)
  pair.set(right, 1 + hashBytes)
  return sha256(pair)
}

/** Hashes of complete subtrees over a row of leaf hashes: `levels[k][i]` is over the leaves from i·2^k. @param {Buffer[]} hashes */
function levelsOf(hashes) {
  const levels = [hashes]
  for (let row = hashes; row.length > 1;) {
    /** @type {Buffer[]} */
    const up = []
    for (let i = 0; i + 1 < row.length; i += 2) up.push(nodeHash(at(row, i), at(row, i + 1)))
    levels.push(up)
    row = up
  }
  return levels
}

/** The hashes of the largest complete subtrees that make up the first `count` leaves, largest first. @param {Buffer[][]} levels @param {number} count */
function peaksOf(levels, count) {
  const peaks = []
  for (let level = levels.length - 1, done = 0; level >= 0; level--) {
    const size = 2 ** level
    if (count - done < size) continue
    peaks.push(at(at(levels, level), done / size))
    done += size
  }
  return peaks
}

/** @param {readonly Buffer[]} peaks largest first */
const rootOf = (peaks) =>
  peaks.length === 0 ? sha256(Buffer.alloc(0)) : peaks.reduceRight((right, left) => nodeHash(left, right))

/** How many hashes tile `n` of a level has in a tree of `size` leaves. @param {number} size @param {number} level @param {number} n */
const widthOf = (size, level, n) => Math.max(0, Math.min(width256, Math.floor(size / width256 ** level) - n * width256))

/** `1234067` → `x001/x234/067`. @param {number} n */
export function indexPath(n) {
  const parts = [String(n % 1000).padStart(3, '0')]
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
    parts.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return parts.join('/')
}
/** @param {number | 'entries'} level @param {number} n @param {number} width */
export const tilePath = (level, n, width) => `tile/${level}/${indexPath(n)}${width === width256 ? '' : `.p/${width}`}`

/** @param {Uint8Array} bytes @returns {Buffer[]} */
const hashesIn = (bytes) => {
  const hashes = []
  for (let i = 0; i + hashBytes <= bytes.length; i += hashBytes)
    hashes.push(Buffer.from(bytes.subarray(i, i + hashBytes)))
  return hashes
}

/** @template T @param {ArrayLike<T>} list @param {number} i @returns {T} */
const at = (list, i) => /** @type {T} */ (list[i])

/**
 * A tree that grows block by block; it knows its root at every size that was asked for.
 * Blocks but the last are full, so that the peaks of what lies before are those of the number of blocks.
 */
class Tree {
  /** @type {(Buffer | undefined)[]} hash over 256·2^k leaves */
  peaks = []
  size = 0

  /** @returns {Buffer[]} largest first */
  before() {
    return this.peaks.filter((p) => p !== undefined).reverse()
  }
  /** @param {Buffer[][]} levels of the block that comes next @param {number} count */
  rootWith(levels, count) {
    return rootOf([...this.before(), ...peaksOf(levels, count)])
  }
  /** @param {Buffer} root of a full block */
  add(root) {
    let carry = root
    let k = 0
    for (; this.peaks[k] !== undefined; k++) {
      carry = nodeHash(/** @type {Buffer} */ (this.peaks[k]), carry)
      this.peaks[k] = undefined
    }
    this.peaks[k] = carry
    this.size += width256
  }
}

// ---- C2SP signed-note, tlog-checkpoint, tlog-cosignature -------------------------------------------------------------------

const ed25519 = 0x01
const cosignatureV1 = 0x04

/** `name+id+base64(type, key)`; the id must be that of name and key. @param {string} text @returns {Key | undefined} */
export function parseKey(text) {
  const found = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim())
  if (!found) return undefined
  const [, name = '', id = '', encoded = ''] = found
  const bytes = Buffer.from(encoded, 'base64')
  const type = bytes[0]
  const known = type === ed25519 || type === cosignatureV1
  if (bytes.length !== 33 || !known || bytes.toString('base64') !== encoded) return undefined
  const full = sha256(Buffer.concat([Buffer.from(`${name}\n`), bytes]))
  if (full.subarray(0, 4).toString('hex') !== id) return undefined
  const x = bytes.subarray(1).toString('base64url')
  return { name, id, type, key: crypto.createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } }) }
}

/** @param {string} text @returns {Note | undefined} */
export function parseNote(text) {
  const end = text.lastIndexOf('\n\n')
  if (end < 0 || !text.endsWith('\n')) return undefined
  const body = text.slice(0, end + 1)
  const [origin = '', size = '', root = ''] = body.split('\n')
  const bytes = Buffer.from(root, 'base64')
  const exact = /^(0|[1-9]\d{0,14})$/.test(size) && bytes.length === hashBytes && bytes.toString('base64') === root
  if (origin === '' || !exact) return undefined
  const signatures = []
  for (const line of text.slice(end + 2, -1).split('\n')) {
    const found = /^— (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line)
    const signed = Buffer.from(found?.[2] ?? '', 'base64')
    // Bits that base64 leaves over could be changed without a trace: one form alone is taken.
    if (!found || signed.length < 5 || signed.toString('base64') !== found[2]) return undefined
    signatures.push({ name: found[1] ?? '', id: signed.subarray(0, 4).toString('hex'), bytes: signed.subarray(4) })
  }
  return { origin, size: Number(size), root: bytes, body, signatures }
}

/** @param {Note} note @param {Signature} signature @param {Key} key */
function signs({ body }, { bytes }, { type, key }) {
  if (type === ed25519) return bytes.length === 64 && crypto.verify(null, Buffer.from(body), key, bytes)
  if (bytes.length !== 72) return false
  const message = Buffer.from(`cosignature/v1\ntime ${bytes.readBigUInt64BE(0)}\n${body}`)
  return crypto.verify(null, message, key, bytes.subarray(8))
}

// ---- What is gathered on the way -------------------------------------------------------------------------------------------

/** Names every fault, and keeps the first of them; the count is of all. */
class Faults {
  /** @type {Fault[]} */
  kept = []
  /** @type {Record<string, number>} */
  counts = {}
  count = 0
  /** @param {number} most */
  constructor(most) {
    this.most = most
  }
  /** @param {Fault} fault */
  add(fault) {
    this.count++
    this.counts[fault.fault] = (this.counts[fault.fault] ?? 0) + 1
    if (this.kept.length < this.most) this.kept.push(fault)
  }
}

/** A set of rows (kind and uuid) in four words each: a million of them in 32 MB. */
class RowSet {
  slots = new Uint32Array(4 << 12)
  used = 0
  /** @type {Map<string, number>} */
  kinds = new Map()

  /** @param {string} kind @param {string} row @returns {boolean} whether it was there before */
  seen(kind, row) {
    const number = this.kinds.get(kind) ?? this.kinds.set(kind, this.kinds.size + 1).get(kind) ?? 0
    const hex = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(row)
      ? row.replaceAll('-', '')
      : sha256(Buffer.from(row)).toString('hex', 0, 16)
    const words = [0, 8, 16, 24].map((i) => parseInt(hex.slice(i, i + 8), 16))
    words[3] = (at(words, 3) ^ Math.imul(number, 0x9e3779b1)) >>> 0 || 1
    if ((this.used + 1) * 8 > this.slots.length) this.grow()
    return this.put(words)
  }
  /** @param {ArrayLike<number>} words */
  put(words) {
    const mask = this.slots.length / 4 - 1
    for (let i = at(words, 3) & mask; ; i = (i + 1) & mask) {
      const slot = this.slots.subarray(4 * i, 4 * i + 4)
      if (slot.every((word, k) => word === at(words, k))) return true
      if (slot[3] === 0) {
        slot.set(words)
        this.used++
        return false
      }
    }
  }
  grow() {
    const old = this.slots
    this.slots = new Uint32Array(old.length * 2)
    this.used = 0
    for (let i = 0; i < old.length; i += 4) if (old[i + 3] !== 0) this.put(old.subarray(i, i + 4))
  }
}

/** `both` have signed it; where the old key was lost, the new one alone. @typedef {{ old: string, fresh: string, index: number, both: boolean }} Rotation */

/**
 * Checkpoints against the keys. Whether a key may be trusted can turn out later than it is met: a key is trusted when it was
 * given, when the log tells of a rotation from a trusted one that both have signed, or when a trusted one took its place.
 */
class Signed {
  /** @type {Map<string, Key>} by name and id */
  known = new Map()
  /** @type {Rotation[]} */
  rotations = []
  /** @type {Map<string, { signers: string[], notes: { size: number, given: boolean }[], count: number }>} */
  groups = new Map()
  /** @type {Set<string>} */
  trusted = new Set()

  /** @param {readonly string[]} given @param {readonly string[]} told */
  constructor(given, told) {
    for (const text of [...given, ...told]) this.learn(text)
    for (const text of given) {
      const key = parseKey(text)
      if (key) this.trusted.add(idOf(key))
    }
  }
  /** @param {string} text of a verifier key */
  learn(text) {
    const key = parseKey(text)
    if (key?.type !== ed25519) return undefined
    this.known.set(idOf(key), key)
    return key
  }
  /** @param {Record<string, unknown>} detail of the entry @param {number} index of its leaf @returns {boolean} whether both keys, or that of the two that is left, have signed it */
  rotate(detail, index) {
    const [origin, old, fresh] = ['origin', 'old', 'new'].map((name) => String(detail[name]))
    const [before, after] = [this.learn(old ?? ''), this.learn(fresh ?? '')]
    const announcement = Buffer.from(`tenbin log key\n${origin}\n${old}\n${fresh}\n`)
    /** @param {Key | undefined} key @param {unknown} signature */
    const signed = (key, signature) =>
      key !== undefined && crypto.verify(null, announcement, key.key, Buffer.from(String(signature), 'base64'))
    const both = detail['oldSignature'] !== undefined
    if (!before || !after || !signed(after, detail['newSignature'])) return false
    if (both && !signed(before, detail['oldSignature'])) return false
    this.rotations.push({ old: idOf(before), fresh: idOf(after), index, both })
    return true
  }
  /** @param {Note} note @param {Faults} [faults] @returns {string[]} */
  signersOf(note, faults) {
    return note.signatures.flatMap((signature) => {
      const key = this.known.get(idOf(signature))
      if (!key) return []
      if (signs(note, signature, key)) return [idOf(key)]
      faults?.add({ fault: 'signature-wrong', size: note.size, name: idOf(key) })
      return []
    })
  }
  /** @param {Note} note @param {boolean} given by the auditor @param {Faults} faults */
  add(note, given, faults) {
    const signers = this.signersOf(note, faults).sort()
    const key = `${given} ${signers.join(' ')}`
    const group = this.groups.get(key) ?? { signers, notes: [], count: 0 }
    this.groups.set(key, group)
    group.count++
    // Of many alike the first ones and the last are kept.
    if (group.notes.length > 100) group.notes.pop()
    group.notes.push({ size: note.size, given })
  }
  settle() {
    for (let before = -1; before < this.trusted.size;) {
      before = this.trusted.size
      for (const { old, fresh, both } of this.rotations) {
        if (this.trusted.has(fresh)) this.trusted.add(old)
        if (this.trusted.has(old) && both) this.trusted.add(fresh)
      }
    }
  }
  /** A key that was replaced signs nothing that lies behind its replacement. @param {string} id @param {number} size */
  maySign(id, size) {
    return this.trusted.has(id) && this.rotations.every(({ old, index }) => old !== id || size <= index)
  }
  /** @param {Faults} faults */
  report(faults) {
    this.settle()
    const told = new Set() // the newest stands alone and among all
    for (const { signers, notes, count } of this.groups.values()) {
      const unsigned = notes.filter(({ size }) => !signers.some((id) => this.maySign(id, size)))
      const bad = unsigned.filter(({ size, given }) => told.size < told.add(`${size} ${given}`).size)
      for (const { size, given } of bad)
        faults.add({ fault: given ? 'given-checkpoint-unsigned' : 'checkpoint-unsigned', size })
      if (bad.length > 1 && count > notes.length)
        faults.add({ fault: 'checkpoint-unsigned', count: count - notes.length })
    }
  }
}
/** @param {{ name: string, id: string }} key */
const idOf = ({ name, id }) => `${name}+${id}`

/** Leaves and rows that are not where they belong: told apart at the end, when all of them are known. */
class Strays {
  /** @type {{ index: number, hash: string, kind?: string, row?: string }[]} */
  lostLeaves = []
  /** @type {{ index: number, hash: string, kind?: string, row?: string }[]} */
  strayLeaves = []
  /** @type {{ index: number, kind: string, row: string }[]} */
  lostRows = []
  /** @type {{ index: number, kind: string, row: string }[]} */
  strayRows = []

  /** @param {Faults} faults */
  report(faults) {
    settle(this.lostLeaves, this.strayLeaves, (one) => one.hash, 'leaf', faults)
    settle(this.lostRows, this.strayRows, (one) => `${one.kind} ${one.row}`, 'row', faults)
  }
}

/**
 * @template {{ index: number, kind?: string, row?: string }} One
 * @param {One[]} lost @param {One[]} stray @param {(one: One) => string} keyOf @param {'leaf' | 'row'} what @param {Faults} faults
 */
function settle(lost, stray, keyOf, what, faults) {
  /** @param {One} one */
  const named = ({ kind, row }) => ({ ...(kind === undefined ? {} : { kind }), ...(row === undefined ? {} : { row }) })
  const places = new Map(stray.map((one) => [keyOf(one), one]))
  /** @type {Set<One>} */
  const told = new Set()
  const stillLost = lost.filter((one) => {
    const moved = places.get(keyOf(one))
    if (!moved || told.has(moved)) return true
    told.add(moved)
    faults.add({ fault: `${what}-moved`, index: one.index, at: moved.index, ...named(moved), ...named(one) })
    return false
  })
  const left = new Map(stray.filter((one) => !told.has(one)).map((one) => [one.index, one]))
  for (const one of stillLost) {
    // Another row in its place is two faults: one is missing, and one is there that nobody told the log of.
    const instead = what === 'leaf' ? left.get(one.index) : undefined
    if (instead) told.add(instead)
    faults.add({
      fault: instead ? 'leaf-changed' : `${what}-missing`,
      index: one.index,
      ...named(instead ?? one),
      ...named(one),
    })
  }
  for (const one of stray) if (!told.has(one)) faults.add({ fault: `${what}-added`, at: one.index, ...named(one) })
}

// ---- The check -------------------------------------------------------------------------------------------------------------

const manyStrays = 50_000
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** @param {Uint8Array} bytes @returns {{ kind: string, row: string, commitment: string } | undefined} */
function parseLeaf(bytes) {
  try {
    const { kind, row, commitment } = JSON.parse(utf8.decode(bytes))
    return typeof kind === 'string' && typeof row === 'string' && /^[0-9a-f]{64}$/.test(commitment)
      ? { kind, row, commitment }
      : undefined
  } catch {
    return undefined
  }
}

/** One run over a log: what has been seen so far. */
class Run {
  tree = new Tree()
  strays = new Strays()
  rowsSeen = new RowSet()
  /** @type {{ index: number, kind: string, row: string }[]} rows that are said to be withheld */
  claims = []
  /** @type {{ index: number, kind: string, row: string }[]} leaves of a row that had one before */
  again = []
  /** @type {Map<string, Rule>} rule and kind → how many rows it took out */
  rules = new Map()
  /** @type {Map<string, number>} kind and id of a row that was withheld → index of the last leaf that records it */
  records = new Map()
  leaves = 0
  rows = 0
  /** @type {Upper[]} */
  uppers = []

  /** @param {Source} source @param {Note} newest @param {Signed} signed @param {Faults} faults */
  constructor(source, newest, signed, faults) {
    this.source = source
    this.newest = newest
    this.size = newest.size
    this.signed = signed
    this.faults = faults
  }

  /** @param {number} level from 1 */
  upper(level) {
    return (this.uppers[level - 1] ??= new Upper(this, level))
  }

  /** Reads block `n`, judges it, and gives the hashes of its subtrees as they belong into the tree. @param {number} n */
  async block(n) {
    const width = Math.min(width256, this.size - n * width256)
    const [bytes, given, lines] = await Promise.all([
      this.source.tile(0, n, width),
      this.source.leaves(n, width),
      this.source.rows(n, width),
    ])
    const tile = this.readTile(bytes, 0, n, width)
    const leaves = given ?? []
    const hashes = leaves.map((leaf) => leaf && leafHash(leaf))
    const judged = await this.judge(n, width, tile, hashes)
    const placed = this.place(n, width, judged, leaves, hashes)
    this.checkRows(n, placed, lines)
    return judged.levels
  }

  /** @param {Uint8Array | undefined} bytes @param {number} level @param {number} n @param {number} width */
  readTile(bytes, level, n, width) {
    if (bytes?.length === width * hashBytes) return hashesIn(bytes)
    this.faults.add({ fault: bytes ? 'tile-changed' : 'tile-missing', level, tile: n })
    return undefined
  }

  /**
   * Who is right where leaves and tile differ: the one that leads to the hash above, or at the right edge to the signed root.
   * @param {number} n @param {number} width @param {Buffer[] | undefined} tile @param {(Buffer | undefined)[]} hashes
   * @returns {Promise<{ levels: Buffer[][], trust: 'both' | 'leaves' | 'tile' | 'neither', tile: Buffer[] | undefined }>}
   */
  async judge(n, width, tile, hashes) {
    const whole = hashes.length === width && hashes.every((hash) => hash !== undefined)
    const own = whole ? /** @type {Buffer[]} */ (hashes) : undefined
    if (tile && own && own.every((hash, i) => hash.equals(at(tile, i))))
      return { levels: levelsOf(tile), trust: 'both', tile }
    const above = width === width256 ? await this.upper(1).told(n) : undefined
    /** @param {Buffer[][]} levels */
    const leads = (levels) =>
      (above?.equals(at(at(levels, levels.length - 1), 0)) ?? false) ||
      (n === Math.floor((this.size - 1) / width256) && this.tree.rootWith(levels, width).equals(this.newest.root))
    const [byTile, byLeaves] = [tile && levelsOf(tile), own && levelsOf(own)]
    if (byTile && leads(byTile)) return { levels: byTile, trust: 'tile', tile }
    if (byLeaves && leads(byLeaves)) return { levels: byLeaves, trust: 'leaves', tile }
    const blank = Array.from({ length: width }, (_, i) => hashes[i] ?? Buffer.alloc(hashBytes))
    return { levels: byTile ?? levelsOf(blank), trust: 'neither', tile }
  }

  /**
   * Names leaves and hashes that are not as they belong.
   * @param {number} n @param {number} width @param {{ trust: string, tile: Buffer[] | undefined }} judged
   * @param {readonly (Uint8Array | undefined)[]} leaves @param {(Buffer | undefined)[]} hashes
   * @returns {(Uint8Array | undefined)[]} the leaves that are known to be right, at their places
   */
  place(n, width, { trust, tile }, leaves, hashes) {
    const first = n * width256
    if (trust === 'both') return [...leaves]
    if (trust === 'leaves') {
      tile?.forEach((hash, i) => {
        if (!hashes[i]?.equals(hash)) this.faults.add({ fault: 'tile-changed', level: 0, tile: n, index: first + i })
      })
      return [...leaves]
    }
    /** @type {(Uint8Array | undefined)[]} */
    const placed = Array.from({ length: width })
    const stray = placesOf(tile, hashes, width, (from, to) => void (placed[to] = leaves[from]))
    for (let i = 0; i < width; i++) {
      if (placed[i] !== undefined) continue
      if (trust === 'tile')
        this.lose(this.strays.lostLeaves, { index: first + i, hash: hex(tile?.[i]) }, 'leaf-changed')
      else this.faults.add({ fault: 'leaf-or-tile-changed', index: first + i, ...namesOf(leaves[i]) })
    }
    for (const i of stray) {
      const leaf = leaves[i]
      if (leaf && (trust === 'tile' || i >= width))
        this.lose(this.strays.strayLeaves, { index: first + i, hash: hex(hashes[i]), ...namesOf(leaf) }, 'leaf-added')
    }
    return placed
  }

  /** @template {{ index: number }} One @param {One[]} list @param {One} one @param {FaultKind} otherwise when there are too many to keep */
  lose(list, one, otherwise) {
    if (list.length < manyStrays) list.push(one)
    else this.faults.add({ fault: otherwise, index: one.index })
  }

  /** @param {number} n @param {(Uint8Array | undefined)[]} placed @param {readonly RowLine[]} lines */
  checkRows(n, placed, lines) {
    const first = n * width256
    const { strays } = this
    /** @type {(Behind | undefined)[]} */
    const behind = Array.from({ length: placed.length })
    for (const line of lines) {
      if ('unreadable' in line) {
        this.faults.add({ fault: 'row-unreadable', kind: line.kind, from: first, to: first + placed.length - 1 })
        continue
      }
      const i = line.index - first
      if (i >= 0 && i < placed.length && behind[i] === undefined) behind[i] = line
      else this.lose(strays.strayRows, { index: line.index, kind: line.kind, row: line.row }, 'row-added')
    }
    for (const [i, leaf] of placed.entries()) {
      this.leaves++
      if (leaf) this.checkLeaf(first + i, leaf, behind[i])
      else if (behind[i]) nameLost(strays.lostLeaves, first + i, behind[i])
    }
  }

  /** @param {number} index @param {Uint8Array} leaf @param {Behind | undefined} line */
  checkLeaf(index, leaf, line) {
    const told = parseLeaf(leaf)
    if (!told) return this.faults.add({ fault: 'leaf-unreadable', index })
    const { kind, row } = told
    if (this.rowsSeen.seen(kind, row)) this.again.push({ index, kind, row })
    if (line?.kind === kind && line.row === row) return this.checkRow(index, told, line)
    this.lose(this.strays.lostRows, { index, kind, row }, 'row-missing')
    if (line) this.lose(this.strays.strayRows, { index, kind: line.kind, row: line.row }, 'row-added')
    return undefined
  }

  /** @param {number} index @param {{ kind: string, row: string, commitment: string }} told @param {Behind} line */
  checkRow(index, { kind, row, commitment }, { salt, text, withheld }) {
    if (withheld) return void this.claims.push({ index, kind, row })
    const told = committed(commitment, row, salt, text)
    if (!told) return this.faults.add({ fault: 'row-changed', index, kind, row })
    this.rows++
    if (kind === 'log_withholding' && Array.isArray(told['row_ids'])) this.record(index, told, told['row_ids'])
    if (kind === 'audit_entry' && (told['type'] === 'log.key-rotated' || told['type'] === 'log.key-replaced')) {
      const right = this.signed.rotate(/** @type {Record<string, unknown>} */ (told['detail'] ?? {}), index)
      if (!right) this.faults.add({ fault: 'rotation-unsigned', index, kind, row })
    }
  }

  /** @param {number} index @param {Record<string, unknown>} told @param {unknown[]} ids */
  record(index, told, ids) {
    const [rule, kind] = [`${told['rule']}`, `${told['withheld_kind']}`]
    for (const id of ids) this.records.set(`${kind} ${id}`, index)
    const rows = (this.rules.get(`${rule} ${kind}`)?.rows ?? 0) + ids.length
    this.rules.set(`${rule} ${kind}`, { rule, kind, rows })
  }

  /** @returns {Promise<number>} how many rows were withheld by rule */
  async settleClaims() {
    let proven = 0
    /** @type {Map<string, number>} kind and row → index of the first leaf that was withheld */
    const withheld = new Map()
    for (const { index, kind, row } of this.claims) {
      const name = `${kind} ${row}`
      const recorded = (this.records.get(name) ?? -1) > index || (await this.source.recordedLater?.(kind, row)) === true
      if (recorded) proven++
      else this.faults.add({ fault: 'withheld-unproven', index, kind, row })
      if (recorded && !withheld.has(name)) withheld.set(name, index)
    }
    // A row that was taken out may be put in again; only then one row has two leaves.
    for (const { index, kind, row } of this.again)
      if ((withheld.get(`${kind} ${row}`) ?? index) >= index) this.faults.add({ fault: 'leaf-twice', index, kind, row })
    return proven
  }
}

/** @param {string} commitment @param {string} row @param {string | undefined} salt @param {string | undefined} text @returns {Record<string, unknown> | undefined} the row, when it is the one committed to */
function committed(commitment, row, salt, text) {
  if (typeof text !== 'string' || typeof salt !== 'string' || !/^([0-9a-f]{2}){16,}$/.test(salt)) return undefined
  if (sha256(Buffer.concat([Buffer.from(salt, 'hex'), Buffer.from(text)])).toString('hex') !== commitment)
    return undefined
  try {
    const told = JSON.parse(text)
    return told.id === row ? told : undefined
  } catch {
    return undefined
  }
}

/**
 * Which leaf goes where: as many as there should be go by position, otherwise by hash in the order they stand in.
 * @param {Buffer[] | undefined} tile @param {(Buffer | undefined)[]} hashes @param {number} width
 * @param {(from: number, to: number) => void} put @returns {number[]} those that belong nowhere here
 */
function placesOf(tile, hashes, width, put) {
  const stray = []
  const places = new Map(tile?.map((hash, i) => [hex(hash), i]))
  let last = -1
  for (let i = 0; i < hashes.length; i++) {
    const place = hashes.length === width ? i : (places.get(hex(hashes[i])) ?? -1)
    if (hashes[i] === undefined) continue
    if (place > last && tile?.[place]?.equals(/** @type {Buffer} */ (hashes[i]))) put(i, (last = place))
    else stray.push(i)
  }
  return stray
}

/** @param {Uint8Array | undefined} bytes */
const hex = (bytes) => (bytes ? Buffer.from(bytes).toString('hex') : '')
/** @param {Uint8Array | undefined} leaf */
const namesOf = (leaf) => {
  const told = leaf && parseLeaf(leaf)
  return told ? { kind: told.kind, row: told.row } : {}
}
/** @param {{ index: number, kind?: string, row?: string }[]} lost @param {number} index @param {{ kind: string, row: string }} line */
function nameLost(lost, index, { kind, row }) {
  const one = lost.findLast((l) => l.index === index)
  if (one) Object.assign(one, { kind, row })
}

/** The tiles of a level above the leaves, compared as the hashes below become known. */
class Upper {
  /** @type {Buffer[]} */
  hashes = []
  count = 0
  /** @type {{ n: number, hashes: Buffer[] | undefined } | undefined} */
  tile

  /** @param {Run} run @param {number} level */
  constructor(run, level) {
    this.run = run
    this.level = level
  }
  /** What the tile says of subtree `i` of the level below. @param {number} i @returns {Promise<Buffer | undefined>} */
  async told(i) {
    const n = Math.floor(i / width256)
    if (this.tile?.n !== n) {
      const width = widthOf(this.run.size, this.level, n)
      const bytes = width === 0 ? undefined : await this.run.source.tile(this.level, n, width)
      this.tile = { n, hashes: width === 0 ? undefined : this.run.readTile(bytes, this.level, n, width) }
    }
    return this.tile.hashes?.[i % width256]
  }
  /** @param {Buffer} hash @returns {Promise<void>} */
  async add(hash) {
    const i = this.count++
    const told = await this.told(i)
    const span = width256 ** this.level
    if (told && !told.equals(hash)) {
      const place = { level: this.level, tile: Math.floor(i / width256) }
      this.run.faults.add({ fault: 'tile-changed', ...place, from: i * span, to: (i + 1) * span - 1 })
    }
    this.hashes.push(hash)
    if (this.hashes.length < width256) return
    const root = at(at(levelsOf(this.hashes), 8), 0)
    this.hashes = []
    await this.run.upper(this.level + 1).add(root)
  }
}

/** Checkpoints in the order of their size, each when the tree has grown to it. */
class Due {
  /** @type {{ note: Note, given: boolean, newest: boolean }[]} */
  own
  /** @type {Note | undefined} */
  next
  read = 0

  /** @param {Source} source @param {Note} newest @param {Note[]} given @param {Faults} faults */
  constructor(source, newest, given, faults) {
    const list = source.checkpoints()
    this.list = Symbol.asyncIterator in list ? list[Symbol.asyncIterator]() : list[Symbol.iterator]()
    this.own = [
      ...given.map((note) => ({ note, given: true, newest: false })),
      { note: newest, given: false, newest: true },
    ]
    this.own.sort((a, b) => a.note.size - b.note.size)
    this.faults = faults
  }
  /** @returns {Promise<Note | undefined>} */
  async advance() {
    const { value, done } = await this.list.next()
    if (done) return (this.next = undefined)
    this.read++
    this.next = parseNote(value)
    if (this.next) return this.next
    this.faults.add({ fault: 'checkpoint-unreadable', name: 'checkpoints', count: this.read })
    return this.advance()
  }
  /** @param {number} size */
  async upTo(size) {
    const found = []
    if (this.read === 0) await this.advance()
    for (; this.next && this.next.size <= size; await this.advance())
      found.push({ note: this.next, given: false, newest: false })
    while (this.own[0] && this.own[0].note.size <= size)
      found.push(.../** @type {typeof this.own} */ (this.own.splice(0, 1)))
    return found
  }
}

/** Cosignatures of the witnesses that the auditor knows. */
class Witnesses {
  /** @type {Map<string, { witness: string, size: number, at: string }>} */
  seen = new Map()
  /** @param {readonly string[]} texts */
  constructor(texts) {
    this.keys = texts.flatMap((text) => parseKey(text) ?? [])
  }
  /** @param {Note} note @param {Faults} faults */
  add(note, faults) {
    for (const signature of note.signatures) {
      const key = this.keys.find((k) => idOf(k) === idOf(signature))
      if (!key) continue
      if (!signs(note, signature, key)) faults.add({ fault: 'cosignature-wrong', name: key.name, size: note.size })
      else {
        const time = new Date(Number(signature.bytes.readBigUInt64BE(0)) * 1000).toISOString()
        const before = this.seen.get(idOf(key))
        if (!before || before.size <= note.size)
          this.seen.set(idOf(key), { witness: key.name, size: note.size, at: time })
      }
    }
  }
  /** @param {Faults} faults */
  report(faults) {
    for (const key of this.keys)
      if (!this.seen.has(idOf(key))) faults.add({ fault: 'cosignature-missing', name: key.name })
    return [...this.seen.values()]
  }
}

/**
 * Checks a whole log.
 * @param {Source} source @param {Options} options @returns {Promise<Result>}
 */
export async function verify(source, options) {
  const faults = new Faults(options.most ?? 1000)
  const texts = options.checkpoints ?? []
  const given = texts.flatMap((text) => parseNote(text) ?? [])
  if (given.length < texts.length) faults.add({ fault: 'checkpoint-unreadable', name: '--checkpoint' })
  const newestText = await source.newest()
  const newest = newestText === undefined ? undefined : parseNote(newestText)
  const signed = new Signed(options.keys, await source.keys())
  if (!newest) {
    faults.add({ fault: 'checkpoint-unreadable', name: 'checkpoint' })
    return resultOf({ faults, origin: '', size: 0, root: '' })
  }
  const run = new Run(source, newest, signed, faults)
  const due = new Due(source, newest, given, faults)
  const witnesses = new Witnesses(options.witnesses ?? [])
  const since = await walk(run, due, witnesses, options.onProgress)
  await afterTheEnd(run, due, since)
  run.strays.report(faults)
  const withheld = await run.settleClaims()
  for await (const fault of source.rest(run.size)) faults.add(fault)
  const cosignatures = witnesses.report(faults)
  signed.report(faults)
  const named = (/** @type {string} */ id) => signed.trusted.has(id)
  return resultOf({
    faults,
    origin: newest.origin,
    size: newest.size,
    root: newest.root.toString('base64'),
    leaves: run.leaves,
    rows: run.rows,
    withheld,
    rules: [...run.rules.values()],
    checkpoints: due.read,
    signedBy: signed.signersOf(newest).filter(named),
    keys: [...signed.trusted],
    since,
    cosignatures,
  })
}

/** @param {Run} run @param {Due} due @param {Witnesses} witnesses @param {Options['onProgress']} onProgress */
async function walk(run, due, witnesses, onProgress) {
  /** @type {Result['since']} */
  const since = []
  const { faults, newest } = run
  let differs = ''
  /** @param {Buffer[][]} levels @param {number} count */
  const settleDue = async (levels, count) => {
    for (const one of await due.upTo(run.tree.size + count)) {
      const { note } = one
      const holds = run.tree.rootWith(levels, note.size - run.tree.size).equals(note.root) && note.size >= run.tree.size
      if (note.origin !== newest.origin) faults.add({ fault: 'checkpoint-origin', name: note.origin, size: note.size })
      // The newest stands alone and among all: it is told of once.
      const again = one.newest && differs === note.body
      if (!holds && !again) faults.add({ fault: one.given ? 'history-rewritten' : 'root-differs', size: note.size })
      if (!holds && !one.given) differs = note.body
      if (one.given) since.push({ size: note.size, ok: holds })
      run.signed.add(note, one.given, faults)
      if (holds) witnesses.add(note, faults)
    }
  }
  await settleDue([], 0)
  const blocks = Math.ceil(run.size / width256)
  for (let n = 0; n < blocks; n++) {
    const levels = await run.block(n)
    const count = Math.min(width256, run.size - n * width256)
    await settleDue(levels, count)
    if (count === width256) {
      const root = at(at(levels, 8), 0)
      run.tree.add(root)
      await run.upper(1).add(root)
    }
    if (n % 64 === 63) onProgress?.((n + 1) * width256, run.size)
  }
  return since
}

/** Checkpoints of a larger tree than the newest: the log has been set back. @param {Run} run @param {Due} due @param {Result['since']} since */
async function afterTheEnd({ faults, size, signed }, due, since) {
  for (const { note, given } of await due.upTo(Number.POSITIVE_INFINITY)) {
    faults.add({ fault: 'rolled-back', size, had: note.size })
    if (given) since.push({ size: note.size, ok: false })
    signed.add(note, given, faults)
  }
}

/** @param {{ faults: Faults, origin: string, size: number, root: string } & Partial<Omit<Result, 'faults'>>} parts @returns {Result} */
function resultOf({ faults, ...parts }) {
  const rest = {
    leaves: 0,
    rows: 0,
    withheld: 0,
    rules: [],
    checkpoints: 0,
    signedBy: [],
    keys: [],
    since: [],
    cosignatures: [],
  }
  const { count, counts, kept } = faults
  return { ok: count === 0, ...rest, ...parts, faultCount: count, counts, faults: kept }
}

// ---- A single entry: c2sp.org/tlog-proof -----------------------------------------------------------------------------------

/** RFC 9162 §2.1.3.2. @param {Buffer} leaf @param {number} index @param {number} size @param {Buffer[]} proof @param {Buffer} root */
function includes(leaf, index, size, proof, root) {
  if (index >= size) return false
  let [fn, sn, r] = [index, size - 1, leaf]
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

/**
 * Checks one entry by its proof: header, `extra` with the leaf in base64, `index N`, hashes up to the root, blank line, checkpoint.
 * @param {string} text @param {readonly string[]} keys verifier keys
 * @returns {{ ok: true, index: number, size: number, kind: string, row: string } | { ok: false, fault: 'proof-unreadable' | 'checkpoint-unsigned' | 'leaf-not-included' }}
 */
export function verifyProof(text, keys) {
  const end = text.indexOf('\n\n')
  const [head, ...lines] = text.slice(0, Math.max(end, 0)).split('\n')
  const extra = /^extra ([A-Za-z0-9+/=]+)$/.exec(lines[0] ?? '')?.[1]
  const index = /^index (0|[1-9]\d{0,14})$/.exec(lines[1] ?? '')?.[1]
  const note = parseNote(text.slice(end + 2))
  const leaf = extra === undefined ? undefined : Buffer.from(extra, 'base64')
  const told = leaf && parseLeaf(leaf)
  if (head !== 'c2sp.org/tlog-proof@v1' || !leaf || !told || index === undefined || !note)
    return { ok: false, fault: 'proof-unreadable' }
  const trusted = keys.flatMap((key) => parseKey(key) ?? [])
  const own = note.signatures.some((s) => trusted.some((key) => idOf(key) === idOf(s) && signs(note, s, key)))
  if (!own) return { ok: false, fault: 'checkpoint-unsigned' }
  const proof = lines.slice(2).map((line) => Buffer.from(line, 'base64'))
  if (proof.some((hash) => hash.length !== hashBytes)) return { ok: false, fault: 'proof-unreadable' }
  if (!includes(leafHash(leaf), Number(index), note.size, proof, note.root))
    return { ok: false, fault: 'leaf-not-included' }
  return { ok: true, index: Number(index), size: note.size, kind: told.kind, row: told.row }
}

// ---- An export folder ------------------------------------------------------------------------------------------------------

/** @param {string} path @returns {Buffer | undefined} */
const fileIfThere = (path) => (existsSync(path) && statSync(path).isFile() ? readFileSync(path) : undefined)

/** Lines of a file, each ended by a line feed, read piece by piece. @param {string} path @returns {Generator<string | undefined>} undefined for an end that is none */
function* linesOf(path) {
  if (!existsSync(path)) return
  const file = openSync(path, 'r')
  try {
    const piece = Buffer.allocUnsafe(1 << 18)
    let rest = Buffer.alloc(0)
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      const content = rest.length > 0 ? Buffer.concat([rest, piece.subarray(0, read)]) : piece.subarray(0, read)
      let from = 0
      for (let to = content.indexOf(10); to >= 0; from = to + 1, to = content.indexOf(10, from))
        yield content.toString('utf8', from, to)
      rest = Buffer.from(content.subarray(from))
    }
    if (rest.length > 0) yield undefined
  } finally {
    closeSync(file)
  }
}
/** @param {string | undefined} text @returns {unknown} */
function valueIn(text) {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}
/** @param {string | undefined} text @returns {Record<string, unknown>} empty when it is no object */
function objectIn(text) {
  const value = valueIn(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? /** @type {Record<string, unknown>} */ (value)
    : {}
}

/** Leaves out of a bundle: each after its length in two bytes, big end first. @param {Buffer} bytes */
function leavesIn(bytes) {
  const leaves = []
  for (let i = 0; i < bytes.length;) {
    const length = i + 2 <= bytes.length ? bytes.readUInt16BE(i) : 0
    const whole = i + 2 + length <= bytes.length
    leaves.push(whole ? bytes.subarray(i + 2, i + 2 + length) : bytes.subarray(i))
    i += 2 + length
  }
  return leaves
}

/** Rows out of several files, each in order of index: what lies below an index is handed out, whatever else the lines say. */
class RowFiles {
  /** Rows without a leaf stand at the end of their file. @type {Fault[]} */
  unlogged = []
  /** @type {{ kind: string, lines: Iterator<RowLine>, next: RowLine | undefined }[]} */
  files

  /** @param {string} folder @param {readonly string[]} kinds */
  constructor(folder, kinds) {
    this.files = kinds.map((kind) => ({ kind, lines: this.rowsIn(folder, kind), next: undefined }))
    this.files.push({ kind: '', lines: withheldIn(folder), next: undefined })
    for (const file of this.files) this.advance(file)
  }
  /** @param {string} folder @param {string} kind @returns {Generator<RowLine>} */
  *rowsIn(folder, kind) {
    for (const line of linesOf(join(folder, `rows/${kind}.jsonl`))) {
      const { index, row, salt, text } = objectIn(line)
      if (index === null && typeof row === 'string') this.unlogged.push({ fault: 'row-added', kind, row })
      else if (!isIndex(index) || typeof row !== 'string') yield { unreadable: true, kind }
      else yield { index, kind, row, salt: String(salt), text: String(text) }
    }
  }
  /** @param {{ lines: Iterator<RowLine>, next: RowLine | undefined }} file */
  advance(file) {
    const { value, done } = file.lines.next()
    file.next = done ? undefined : value
  }
  /** @param {number} end */
  below(end) {
    const found = []
    for (const file of this.files)
      for (; file.next && ('unreadable' in file.next || file.next.index < end); this.advance(file))
        found.push(file.next)
    return found
  }
}
/** @param {string} folder @returns {Generator<RowLine>} */
function* withheldIn(folder) {
  for (const line of linesOf(join(folder, 'withheld.jsonl'))) {
    const { index, kind, row } = objectIn(line)
    const readable = isIndex(index) && typeof kind === 'string' && typeof row === 'string'
    yield readable ? { index, kind, row, withheld: true } : { unreadable: true, kind: 'withheld' }
  }
}
/** @param {unknown} value @returns {value is number} */
const isIndex = (value) => Number.isSafeInteger(value) && Number(value) >= 0

/** @param {string} folder @returns {Source} */
export function folderSource(folder) {
  /** @param {string} name */
  const file = (name) => fileIfThere(join(folder, name))
  const manifest = objectIn(file('log.json')?.toString('utf8'))
  const told = Array.isArray(manifest['kinds']) ? manifest['kinds'].map(String) : []
  const kinds = told.filter((kind) => /^[a-z_]+$/.test(kind))
  const keys = valueIn(file('keys.json')?.toString('utf8'))
  const rows = new RowFiles(folder, kinds)
  return {
    newest: async () => file('checkpoint')?.toString('utf8'),
    keys: async () => (Array.isArray(keys) ? keys.map((key) => String(key?.key)) : []),
    checkpoints: function* () {
      for (const line of linesOf(join(folder, 'checkpoints.jsonl'))) {
        const { size, note, cosignatures } = objectIn(line)
        const right = typeof note === 'string' && parseNote(note)?.size === size && Array.isArray(cosignatures)
        yield right ? `${note}${cosignatures.map((one) => `${String(one?.line).trimEnd()}\n`).join('')}` : ''
      }
    },
    tile: async (level, n, width) => file(tilePath(level, n, width)),
    leaves: async (n, width) => {
      const bytes = file(tilePath('entries', n, width))
      return bytes && leavesIn(bytes)
    },
    rows: async (n, width) => rows.below(n * width256 + width),
    rest: function* (size) {
      yield* manifestFaults(manifest, file('checkpoint'))
      if (!Array.isArray(keys) || keys.some((key) => !parseKey(String(key?.key))))
        yield { fault: 'export-unreadable', name: 'keys.json' }
      for (const line of rows.below(Number.POSITIVE_INFINITY))
        yield 'unreadable' in line
          ? { fault: 'row-unreadable', kind: line.kind }
          : { fault: 'row-added', at: line.index, kind: line.kind, row: line.row }
      yield* rows.unlogged
      for (const name of filesBelow(folder))
        if (!isExpected(name, size, kinds)) yield { fault: 'file-unexpected', name }
    },
  }
}

/** `exportedAt` is for people; nothing rests on it. @param {Record<string, unknown>} manifest @param {Buffer | undefined} checkpoint @returns {Generator<Fault>} */
function* manifestFaults({ format, origin, size, root, kinds }, checkpoint) {
  const note = parseNote(checkpoint?.toString('utf8') ?? '')
  const right =
    format === 'tenbin-log-export@1' &&
    origin === note?.origin &&
    size === note?.size &&
    root === hex(note?.root) &&
    Array.isArray(kinds)
  if (!right) yield { fault: 'export-unreadable', name: 'log.json' }
}

/** @param {string} folder @param {string} below @returns {Generator<string>} */
function* filesBelow(folder, below = '') {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.isDirectory()) yield* filesBelow(folder, name)
    else yield name
  }
}

const plainFiles = [
  'log.json',
  'checkpoint',
  'checkpoints.jsonl',
  'keys.json',
  'witnesses.json',
  'withheld.jsonl',
  'pseudonyms.jsonl',
]

/** @param {string} name @param {number} size @param {readonly string[]} kinds */
function isExpected(name, size, kinds) {
  if (plainFiles.includes(name) || kinds.some((kind) => name === `rows/${kind}.jsonl`)) return true
  const found = /^tile\/(\d+|entries)\/((?:x\d{3}\/)*\d{3})(?:\.p\/\d+)?$/.exec(name)
  if (!found) return false
  const n = Number((found[2] ?? '').replaceAll(/[x/]/g, ''))
  const level = found[1] === 'entries' ? 0 : Number(found[1])
  const width = widthOf(size, level, n)
  return width > 0 && name === tilePath(found[1] === 'entries' ? 'entries' : level, n, width)
}

// ---- Words -----------------------------------------------------------------------------------------------------------------

/** @typedef {'ja' | 'en'} Language */

/** @type {Record<Language, Record<FaultKind | 'proof-unreadable' | 'leaf-not-included', string>>} */
export const faultWords = {
  ja: {
    'export-unreadable': '書き出しの目録を読めないか、内容が合いません',
    'file-unexpected': '書き出しにあるはずのないファイルです',
    'checkpoint-unreadable': 'チェックポイントを読めません',
    'checkpoint-unsigned': 'チェックポイントに、信頼できる鍵の署名がありません',
    'checkpoint-origin': 'チェックポイントが別のログのものです',
    'given-checkpoint-unsigned': '渡されたチェックポイントに、信頼できる鍵の署名がありません',
    'signature-wrong': 'チェックポイントの署名が正しくありません',
    'rotation-unsigned': '鍵の交代に、前の鍵と新しい鍵の両方の正しい署名がありません',
    'root-differs': '記録から計算したハッシュが、署名されたチェックポイントと合いません',
    'rolled-back': '記録が古い状態に戻されています（チェックポイントより少ない）',
    'history-rewritten': '前のチェックポイントまでの記録が書き換えられています',
    'cosignature-wrong': '立会人の署名が正しくありません',
    'cosignature-missing': '立会人の署名がありません',
    'tile-missing': 'タイルがありません',
    'tile-changed': 'タイルが変えられています',
    'leaf-or-tile-changed': '葉とタイルが合いません（どちらが変えられたかは分かりません）',
    'leaf-missing': '葉がありません',
    'leaf-changed': '葉が変えられています',
    'leaf-moved': '葉の順序が変えられています',
    'leaf-added': '葉が加えられています',
    'leaf-twice': '同じ行の葉が二つあります',
    'leaf-unreadable': '葉を読めません',
    'row-missing': '行がありません（規則による削除の記録もありません）',
    'row-changed': '行が変えられています',
    'row-moved': '行の順序が変えられています',
    'row-added': '葉のない行があります',
    'row-unreadable': '行を読めません',
    'withheld-unproven': '削除したとされていますが、その記録がありません',
    'proof-unreadable': '証明を読めません',
    'leaf-not-included': 'この記録は、署名されたログに含まれていません',
  },
  en: {
    'export-unreadable': 'the table of contents of the export cannot be read or does not fit',
    'file-unexpected': 'a file that does not belong into the export',
    'checkpoint-unreadable': 'a checkpoint cannot be read',
    'checkpoint-unsigned': 'a checkpoint has no signature of a trusted key',
    'checkpoint-origin': 'a checkpoint is of another log',
    'given-checkpoint-unsigned': 'the checkpoint that was given has no signature of a trusted key',
    'signature-wrong': 'a signature on a checkpoint is wrong',
    'rotation-unsigned': 'a change of keys is not signed by both the old and the new key',
    'root-differs': 'the hash over the entries is not the one in the signed checkpoint',
    'rolled-back': 'the log was set back: it has fewer entries than the checkpoint',
    'history-rewritten': 'what lies before the earlier checkpoint was rewritten',
    'cosignature-wrong': 'the signature of a witness is wrong',
    'cosignature-missing': 'there is no signature of the witness',
    'tile-missing': 'a tile is missing',
    'tile-changed': 'a tile was changed',
    'leaf-or-tile-changed': 'leaf and tile do not fit (which of them was changed cannot be told)',
    'leaf-missing': 'a leaf is missing',
    'leaf-changed': 'a leaf was changed',
    'leaf-moved': 'leaves were put in another order',
    'leaf-added': 'a leaf was added',
    'leaf-twice': 'one row has two leaves',
    'leaf-unreadable': 'a leaf cannot be read',
    'row-missing': 'a row is missing, and no record says that it was removed by rule',
    'row-changed': 'a row was changed',
    'row-moved': 'rows were put in another order',
    'row-added': 'a row has no leaf',
    'row-unreadable': 'a row cannot be read',
    'withheld-unproven': 'a row is said to be removed by rule, but there is no record of it',
    'proof-unreadable': 'the proof cannot be read',
    'leaf-not-included': 'this entry is not in the signed log',
  },
}

/** @type {Record<Language, Record<string, string>>} */
const parts = {
  ja: {
    index: '番号',
    at: '今の番号',
    kind: '種類',
    row: '行',
    size: '大きさ',
    had: '前の大きさ',
    from: 'から',
    to: 'まで',
    level: '段',
    tile: 'タイル',
    name: '名前',
    count: '件数',
  },
  en: {
    index: 'index',
    at: 'now at',
    kind: 'kind',
    row: 'row',
    size: 'size',
    had: 'had',
    from: 'from',
    to: 'to',
    level: 'level',
    tile: 'tile',
    name: 'name',
    count: 'count',
  },
}

/** One line: what is wrong, then where. @param {Fault} fault @param {Language} language */
export function wordsOf({ fault, ...where }, language) {
  const told = Object.entries(where).map(([key, value]) => `${parts[language][key] ?? key} ${value}`)
  return `${faultWords[language][fault]}${told.length > 0 ? ` [${told.join(', ')}]` : ''}`
}

/** @param {Result} result @param {Language} language @param {{ compared: boolean }} how @returns {string} */
export function report(result, language, { compared }) {
  const n = (/** @type {number} */ x) => x.toLocaleString('en-US')
  const ja = language === 'ja'
  const lines = [
    `${ja ? 'ログ' : 'log'}: ${result.origin}`,
    ja
      ? `${n(result.size)}件。行 ${n(result.rows)}件、規則により削除 ${n(result.withheld)}件、チェックポイント ${n(result.checkpoints)}件`
      : `${n(result.size)} entries; ${n(result.rows)} rows, ${n(result.withheld)} withheld by rule, ${n(result.checkpoints)} checkpoints`,
    `${ja ? '署名' : 'signed by'}: ${result.signedBy.join(', ') || '–'}`,
    // Who may take rows out may call the rule as he likes: it is shown, without what a terminal would obey.
    ...result.rules.map(
      (r) => `${ja ? '規則' : 'rule'}: ${JSON.stringify(r.rule.slice(0, 100))} – ${r.kind} ${n(r.rows)}`,
    ),
    ...result.cosignatures.map((c) => `${ja ? '立会人' : 'witness'}: ${c.witness} (${n(c.size)}, ${c.at})`),
    ...result.faults.map((fault) => `✗ ${wordsOf(fault, language)}`),
  ]
  const unseen = result.faultCount - result.faults.length
  if (unseen > 0) lines.push(ja ? `ほかに${n(unseen)}件` : `and ${n(unseen)} more`)
  if (!compared)
    lines.push(
      ja
        ? '注意：前回のチェックポイントがないため、それより前に記録が作り直されたかどうかは分かりません。'
        : 'Note: without an earlier checkpoint nobody can tell whether the log was made anew before this one.',
    )
  const good = ja ? '欠けた記録も、変えられた記録もありません。' : 'Sound: no entry is missing and none was changed.'
  const bad = ja ? `問題が${n(result.faultCount)}件見つかりました。` : `${n(result.faultCount)} faults found.`
  return [...lines, result.ok ? good : bad, ''].join('\n')
}

const usage = {
  ja: `使い方: node tenbin-verify.mjs <書き出しのフォルダー> --key <検証鍵> [--checkpoint <前回のチェックポイント>]…

  --key <鍵またはファイル>        ログの検証鍵（name+id+base64）。何度でも
  --checkpoint <ファイル>         監査人が前回受け取ったチェックポイント。何度でも
  --witness <鍵またはファイル>    立会人の検証鍵。何度でも
  --save <ファイル>               問題がなければ、今回のチェックポイントを次回のために保存します
  --proof <ファイル>              フォルダーの代わりに、1件の証明を確かめます
  --json                          結果をJSONで出します
  --lang ja|en                    言葉

終了コード: 0 問題なし、1 問題あり、2 使い方の誤り
`,
  en: `usage: node tenbin-verify.mjs <export folder> --key <verifier key> [--checkpoint <earlier checkpoint>]…

  --key <key or file>        verifier key of the log (name+id+base64); may be repeated
  --checkpoint <file>        a checkpoint the auditor was given before; may be repeated
  --witness <key or file>    verifier key of a witness; may be repeated
  --save <file>              when nothing is wrong, keep the checkpoint for the next time
  --proof <file>             check the proof of one entry instead of a folder
  --json                     print the result as JSON
  --lang ja|en               words

exit code: 0 sound, 1 faults, 2 wrong use
`,
}

// ---- The command -----------------------------------------------------------------------------------------------------------

/** A key as given, or the file that holds it. @param {string} given @returns {string[]} */
function keysIn(given) {
  if (parseKey(given)) return [given]
  const lines = fileIfThere(given)?.toString('utf8').split('\n') ?? []
  const keys = lines.filter((line) => line.trim() !== '' && !line.startsWith('#'))
  if (keys.length === 0 || !keys.every((key) => parseKey(key))) throw new WrongUse(`--key ${given}`)
  return keys
}
class WrongUse extends Error {}

/** @param {string} path */
function textOf(path) {
  const content = fileIfThere(path)
  if (!content) throw new WrongUse(path)
  return content.toString('utf8')
}

/** @param {string[]} argv @param {Language} fallback @returns {Promise<number>} the exit code */
async function main(argv, fallback) {
  let language = fallback
  try {
    const many = /** @type {const} */ ({ type: 'string', multiple: true })
    const one = /** @type {const} */ ({ type: 'string' })
    const flag = /** @type {const} */ ({ type: 'boolean' })
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { key: many, checkpoint: many, witness: many, save: one, proof: one, json: flag, lang: one, help: flag },
    })
    language = values.lang === 'ja' || values.lang === 'en' ? values.lang : fallback
    if (values.help) return (process.stdout.write(usage[language]), 0)
    const keys = (values.key ?? []).flatMap(keysIn)
    if (keys.length === 0) throw new WrongUse('--key')
    if (values.proof !== undefined) return checkProof(textOf(values.proof), keys, language, values.json === true)
    const [folder] = positionals
    if (folder === undefined || positionals.length > 1 || !existsSync(folder)) throw new WrongUse(folder ?? '<folder>')
    const checkpoints = (values.checkpoint ?? []).map(textOf)
    const witnesses = (values.witness ?? []).flatMap(keysIn)
    const result = await verify(folderSource(folder), { keys, checkpoints, witnesses, onProgress: progress() })
    process.stdout.write(
      values.json ? `${JSON.stringify(result)}\n` : report(result, language, { compared: checkpoints.length > 0 }),
    )
    if (result.ok && values.save !== undefined) writeFileSync(values.save, textOf(join(folder, 'checkpoint')))
    return result.ok ? 0 : 1
  } catch (error) {
    const wrong =
      error instanceof WrongUse || String(/** @type {{ code?: string }} */ (error).code).startsWith('ERR_PARSE_ARGS')
    if (!wrong) throw error
    process.stderr.write(`${/** @type {Error} */ (error).message}\n\n${usage[language]}`)
    return 2
  }
}

/** @param {string} text @param {string[]} keys @param {Language} language @param {boolean} json */
function checkProof(text, keys, language, json) {
  const result = verifyProof(text, keys)
  const { ja, en } = result.ok
    ? {
        ja: `この記録（${result.kind} ${result.row}）は、${result.size}件のログの${result.index}番です。`,
        en: `This entry (${result.kind} ${result.row}) is number ${result.index} of a log of ${result.size}.`,
      }
    : { ja: faultWords.ja[result.fault], en: faultWords.en[result.fault] }
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${language === 'ja' ? ja : en}\n`)
  return result.ok ? 0 : 1
}

/** Where somebody is looking, how far it is. */
function progress() {
  if (!process.stderr.isTTY) return undefined
  return (/** @type {number} */ done, /** @type {number} */ all) =>
    void process.stderr.write(`\r${Math.floor((100 * done) / all)} % ${done >= all ? '\n' : ''}`)
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = await main(process.argv.slice(2), process.env['LANG']?.startsWith('en') ? 'en' : 'ja')
