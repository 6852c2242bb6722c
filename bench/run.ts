// `npm run bench [name]`: every bench/<name>.ts exports `bench`; each row is one JSON object on a line of standard output.
import { readdirSync } from 'node:fs'

import type { Bench } from './row.ts'

const support = new Set(['run.ts', 'row.ts'])
const wanted = process.argv.slice(2)
const known = readdirSync(new URL('.', import.meta.url))
  .filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('support') && !support.has(file),
  )
  .map((file) => file.slice(0, -3))
  .toSorted()

const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`no such bench: ${unknown.join(', ')}\nknown: ${known.join(', ')}\n`)
  process.exit(2)
}

let failed = false
for (const name of wanted.length > 0 ? wanted : known) {
  process.stderr.write(`${name} …\n`)
  const { bench } = (await import(new URL(`./${name}.ts`, import.meta.url).href)) as { bench: Bench }
  for await (const row of bench()) {
    failed ||= row.pass === false
    process.stdout.write(`${JSON.stringify(row)}\n`)
  }
}
// The figures are the result; a figure that falls short is said in its row and by the exit code.
process.exit(failed ? 1 : 0)
