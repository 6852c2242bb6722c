import { AppError } from '#platform/errors.ts'
import type { Files } from '#platform/files.ts'
import type { ColumnMap } from '#register/spreadsheet/column-map.ts'
import { guessHeader, headerAround, readHeader } from '#register/spreadsheet/find-header.ts'
import type { Grid } from '#register/spreadsheet/grid.ts'
import { judgeAll } from '#register/spreadsheet/judge-all.ts'
import type { RowJudgement } from '#register/spreadsheet/judge-rows.ts'
import { type LaidTable, layTable } from '#register/spreadsheet/lay-table.ts'
import { headerFor, knownHeaders, recogniseMap } from '#register/spreadsheet/match-map.ts'
import { proposeMap } from '#register/spreadsheet/propose-map.ts'
import { readInWorker, type WorkerOptions } from '#register/spreadsheet/read-in-worker.ts'
import { type Tally, tally } from '#register/spreadsheet/tally.ts'

import type { ReadingRequest } from './api.ts'
import { type KnownMap, parseMap } from './column-maps.ts'

export type JudgedTable = {
  readonly grid: Grid
  readonly table: LaidTable
  readonly proposed: boolean
  /** Row number of the header that would be taken unasked. */
  readonly headerGuess: number
  readonly rows: readonly RowJudgement[]
  readonly tally: Tally
}

export type ReadTable = (
  reading: ReadingRequest,
  maps: readonly KnownMap[],
  signal?: AbortSignal,
) => Promise<JudgedTable>

/** Files whose reading is kept: a person corrects the same one several times, and few people import at once. */
const kept = 2

/**
 * Reads a kept file and judges its rows. The last readings are remembered, so that paging through a preview and changing
 * the map do not parse the file again.
 */
export function tableReader(deps: { files: Files }): ReadTable {
  const grids = new Map<string, Promise<Grid>>()
  const tables = new Map<string, JudgedTable>()
  const gridOf = (r: ReadingRequest, signal: AbortSignal | undefined): Promise<Grid> => {
    const key = JSON.stringify([r.sha256, r.fileName, r.sheet, r.encoding, r.delimiter, r.invalidBytes])
    const known = grids.get(key) ?? read(deps.files, r, signal)
    remember(grids, key, known)
    // A failed reading is not remembered: the person may try again.
    known.catch(() => grids.delete(key))
    return known
  }
  return async (reading, maps, signal) => {
    const grid = await gridOf(reading, signal)
    const { map, proposed } = chooseMap(grid, reading, maps)
    const key = JSON.stringify([
      grid.sha256,
      grid.sheet,
      grid.encoding,
      grid.delimiter,
      grid.rows.length,
      reading.headerRow,
      map,
    ])
    const table = tables.get(key) ?? (await judge(grid, map, proposed, reading.headerRow, signal))
    remember(tables, key, table)
    return table
  }
}

function remember<T>(cache: Map<string, T>, key: string, value: T): void {
  cache.delete(key)
  cache.set(key, value)
  for (const old of cache.keys()) if (cache.size > kept) cache.delete(old)
}

async function read(files: Files, r: ReadingRequest, signal: AbortSignal | undefined): Promise<Grid> {
  const options: WorkerOptions = {
    ...(r.sheet === undefined ? {} : { sheet: r.sheet }),
    ...(r.encoding === undefined ? {} : { encoding: r.encoding }),
    ...(r.delimiter === undefined ? {} : { delimiter: r.delimiter }),
    ...(r.invalidBytes === undefined ? {} : { invalidBytes: r.invalidBytes }),
    ...(signal === undefined ? {} : { signal }),
  }
  return readInWorker(r.fileName, await files.read(r.sha256), options)
}

/** The map that was named or given; else the one that recognises the header; else one proposed from the header's words. */
function chooseMap(
  grid: Grid,
  reading: ReadingRequest,
  maps: readonly KnownMap[],
): { map: ColumnMap; proposed: boolean } {
  if (typeof reading.map === 'object') return { map: parseMap(reading.map), proposed: false }
  if (reading.map !== undefined) {
    const named = maps.find((known) => known.id === reading.map || known.map.id === reading.map)
    if (!named) throw new AppError('not-found', { map: reading.map, known: maps.map((known) => known.id) })
    return { map: named.map, proposed: false }
  }
  const all = maps.map((known) => known.map)
  const recognised = recogniseMap(grid, all, reading.headerRow)
  if (recognised) return { map: recognised, proposed: false }
  const { index, depth } = headerPlace(grid, all, reading.headerRow)
  return { map: proposeMap(readHeader(grid, index, depth), all, grid.rows.slice(index + 1)), proposed: true }
}

/** A row that a person chose is the last of the header, whatever stands below it. */
function headerPlace(grid: Grid, maps: readonly ColumnMap[], chosenRow: number | undefined) {
  const chosen = chosenRow === undefined ? -1 : grid.rowNumbers.indexOf(chosenRow)
  if (chosen < 0) return guessHeader(grid, knownHeaders(maps))
  const around = headerAround(grid, chosen)
  return around.index === chosen ? around : { index: chosen, depth: 1 }
}

async function judge(
  grid: Grid,
  map: ColumnMap,
  proposed: boolean,
  headerRow: number | undefined,
  signal: AbortSignal | undefined,
): Promise<JudgedTable> {
  if (headerRow !== undefined && !grid.rowNumbers.includes(headerRow))
    throw new AppError('bad-input', { reason: 'header-row-outside', row: headerRow, last: grid.rowNumbers.at(-1) ?? 0 })
  const table = layTable(grid, map, headerRow)
  const rows = await judgeAll(grid, table, signal === undefined ? {} : { signal })
  const guess = grid.rowNumbers[headerFor(grid, map).index] ?? 1
  return { grid, table, proposed, headerGuess: guess, rows, tally: tally(rows) }
}
