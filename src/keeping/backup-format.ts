import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

// A backup is a tar file: the head, the rows of each table in parts, the files, the manifest over all of them, and the
// hash of the manifest. Each row is a JSON array of the PostgreSQL text forms of its columns (null where there is none),
// one row a line, in gzip: every type comes back as it was, on either engine.

export const format = 'tenbin-backup-1'
export const names = {
  head: 'backup.json',
  manifest: 'manifest.json',
  seal: 'manifest.sha256',
  part: (table: string, n: number) => `tables/${table}/${String(n).padStart(6, '0')}.jsonl.gz`,
  file: (sha256: string) => `files/${sha256}`,
  key: (n: number) => `log-key/${n}.pem`,
} as const

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().min(0)
/** Names come into SQL: nothing else than these signs can. */
const identifier = z.string().regex(/^[a-z_][a-z0-9_]*$/)

export const headSchema = z.strictObject({
  format: z.literal(format),
  madeAt: z.iso.datetime(),
  engine: z.enum(['pglite', 'postgresql']),
  version: z.string(),
  migrations: z.array(z.strictObject({ number: z.int(), name: z.string(), checksum: hash })).min(1),
  tables: z.array(
    z.strictObject({
      name: identifier,
      columns: z.array(z.strictObject({ name: identifier, type: z.string() })).min(1),
    }),
  ),
  /** Last number given by a sequence, by table and column. */
  sequences: z.array(z.strictObject({ table: identifier, column: identifier, last: count })),
  withKey: z.boolean(),
})
export type Head = z.infer<typeof headSchema>
export type TableHead = Head['tables'][number]

export const manifestSchema = z.strictObject({
  entries: z.array(z.strictObject({ name: z.string(), bytes: count, sha256: hash })),
  rows: z.record(identifier, count),
  files: z.strictObject({ count, bytes: count, missing: z.array(hash) }),
})
export type Manifest = z.infer<typeof manifestSchema>

const rulesSchema = z.strictObject({ leftOut: z.array(z.strictObject({ table: identifier, why: z.string() })) })

/** Tables of which no rows are taken. */
export const leftOutTables = (path: string): string[] =>
  rulesSchema.parse(parse(readFileSync(path, 'utf8'))).leftOut.map(({ table }) => table)
