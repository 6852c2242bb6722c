import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isNode, LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'

import { AppError } from '#platform/errors.ts'

import { type ColumnMap, columnMapSchema } from './column-map.ts'

/** One fault of a map, with where it stands; `line` counts from 1. */
type MapFault = { readonly file: string; readonly line: number; readonly key: string; readonly message: string }

/** The line of the deepest node on the path that is there: a missing key is reported where it should have stood. */
function lineAt(document: Document, path: readonly PropertyKey[], lines: LineCounter): number {
  for (let length = path.length; length >= 0; length--) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
  }
  return 1
}

/** Unknown keys are one issue for several keys; each is a fault of its own, on its own line. */
const pathsOf = (issue: z.core.$ZodIssue): PropertyKey[][] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [[...issue.path]]

/**
 * @param text  YAML or JSON
 * @param file  named in faults
 * @throws AppError `bad-input` with `faults: MapFault[]`
 */
export function parseColumnMap(text: string, file: string): ColumnMap {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 100 } as object)
  const syntax = document.errors.map((error) => ({
    file,
    line: error.linePos?.[0].line ?? 1,
    key: '',
    message: error.message.split('\n')[0] ?? error.code,
  }))
  if (syntax.length > 0) throw new AppError('bad-input', { faults: syntax })
  const parsed = columnMapSchema.safeParse(document.toJS({ maxAliasCount: 100 }))
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.flatMap((issue) =>
    pathsOf(issue).map((path): MapFault => ({
      file,
      line: lineAt(document, path, lines),
      key: path.join('.'),
      message: issue.message,
    })),
  )
  throw new AppError('bad-input', { faults })
}

/** The shipped maps: every YAML file of the folder; the file name is the id. */
export function loadColumnMaps(folder: string): ColumnMap[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => {
      const map = parseColumnMap(readFileSync(join(folder, file), 'utf8'), file)
      if (`${map.id}.yaml` === file) return map
      throw new AppError('bad-input', {
        faults: [{ file, line: 1, key: 'id', message: `the id is not the file name` }],
      })
    })
}
