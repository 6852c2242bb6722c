import { type Hash, nodeHash, type ReadHash } from './merkle.ts'

// C2SP tlog-tiles (https://c2sp.org/tlog-tiles): the tree in tiles of 256 hashes. Tile N of level L holds the hashes of the
// complete subtrees of 256^L leaves from N·256 on. A tile that is not full yet has a width; what is partial is never hashed
// upward.

export const tileWidth = 256
export const hashBytes = 32

export type Tile = { readonly level: number; readonly n: number; readonly hashes: readonly Hash[] }
/** @returns the hashes of a tile as far as they are known */
export type ReadTile = (level: number, n: number) => Promise<readonly Hash[]>

/** `1234067` → `x001/x234/067`: three digits a part, all but the last marked. */
export function indexPath(n: number): string {
  const parts = [String(n % 1000).padStart(3, '0')]
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
    parts.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return parts.join('/')
}

/** @returns the number a path stands for, or nothing when it is not in its one right form */
export function parseIndexPath(path: string): number | undefined {
  const digits = path
    .split('/')
    .map((part) => part.replace(/^x/, ''))
    .join('')
  const n = Number(digits)
  return Number.isSafeInteger(n) && indexPath(n) === path ? n : undefined
}

/** How many hashes tile `n` of a level has in a tree of `size` leaves: 0 to 256. */
export function widthOf(size: number, level: number, n: number): number {
  const complete = Math.floor(size / tileWidth ** level)
  return Math.max(0, Math.min(tileWidth, complete - n * tileWidth))
}

/** Hashes of complete subtrees out of tiles: within a tile the hashes below are paired up. */
export function hashesFrom(readTile: ReadTile): ReadHash {
  return async (level, index) => {
    const tileLevel = Math.floor(level / 8)
    const below = level % 8
    const first = index * 2 ** below
    const tile = await readTile(tileLevel, Math.floor(first / tileWidth))
    const at = first % tileWidth
    let row = tile.slice(at, at + 2 ** below)
    if (row.length < 2 ** below) throw new Error(`tile ${tileLevel}/${Math.floor(first / tileWidth)} is too short`)
    while (row.length > 1) row = pairs(row)
    return row[0]!
  }
}

const pairs = (row: readonly Hash[]): Hash[] =>
  Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i]!, row[2 * i + 1]!))

/** The hash over a full tile, which stands in the tile above it. */
export function tileRoot(hashes: readonly Hash[]): Hash {
  let row = hashes
  while (row.length > 1) row = pairs(row)
  return row[0]!
}

/**
 * The tiles that change when leaves are appended to a tree of `size`.
 * @param readTile  the tree as it is
 * @returns every tile that is new or wider, lowest level first
 */
export async function appendLeaves(readTile: ReadTile, size: number, leaves: readonly Hash[]): Promise<Tile[]> {
  const changed: Tile[] = []
  let row: readonly Hash[] = leaves
  for (let level = 0, at = size; row.length > 0; level++, at = Math.floor(at / tileWidth)) {
    const up: Hash[] = []
    for (let i = 0, n = Math.floor(at / tileWidth); i < row.length; n++) {
      const before = at + i - n * tileWidth > 0 ? (await readTile(level, n)).slice(0, at + i - n * tileWidth) : []
      const added = row.slice(i, i + tileWidth - before.length)
      const hashes = [...before, ...added]
      changed.push({ level, n, hashes })
      if (hashes.length === tileWidth) up.push(tileRoot(hashes))
      i += added.length
    }
    row = up
  }
  return changed
}

/** An entry bundle: each entry after its length in two bytes, big end first. An entry has at most 65,535 bytes. */
export function bundle(entries: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      if (entry.length > 0xffff) throw new Error('an entry is longer than a bundle can say')
      return [Buffer.of(entry.length >> 8, entry.length & 0xff), entry]
    }),
  )
}

export type TileAt = { readonly level: number; readonly n: number }

/** The tiles that are not full in a tree of `size`: what its root is computed from, and what the next leaves go into. */
export function edgeOf(size: number): TileAt[] {
  const edge: TileAt[] = []
  for (let level = 0, at = size; at > 0; level++, at = Math.floor(at / tileWidth))
    if (at % tileWidth > 0) edge.push({ level, n: Math.floor(at / tileWidth) })
  return edge
}

/** Every tile of a tree of `size`, lowest level first, each with its width. */
export function* tilesOf(size: number): Generator<TileAt & { readonly width: number }> {
  for (let level = 0, at = size; at > 0; level++, at = Math.floor(at / tileWidth))
    for (let n = 0; n * tileWidth < at; n++) yield { level, n, width: Math.min(tileWidth, at - n * tileWidth) }
}

/** `0/x001/234`, with the width of a tile that is not full: `0/x001/234.p/12`. */
export const tilePath = (level: number | 'entries', n: number, width: number): string =>
  `${level}/${indexPath(n)}${width === tileWidth ? '' : `.p/${width}`}`

/** @returns what a path asks for, or nothing when it is not in its one right form */
export function parseTilePath(
  path: string,
): { readonly level: number | 'entries'; readonly n: number; readonly width: number } | undefined {
  const [, level = '', index = '', width] =
    /^(entries|\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path) ?? []
  const n = parseIndexPath(index)
  if (n === undefined) return undefined
  const wide = width === undefined ? tileWidth : Number(width)
  const asked = { level: level === 'entries' ? level : Number(level), n, width: wide } as const
  const sound = wide >= 1 && (width === undefined || wide < tileWidth) && (level === 'entries' || Number(level) <= 63)
  return sound && tilePath(asked.level, n, wide) === path ? asked : undefined
}
