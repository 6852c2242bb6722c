import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { faultOf, filesBelow, importsOf, rooms } from '#test/rooms.ts'

describe('the import table of ARCHITECTURE.md', () => {
  const files = [...filesBelow('src'), ...filesBelow('web')]
  const imports = files.flatMap((file) => importsOf(file))

  it('holds for every import of the server and the web app', () => {
    expect(files.length).toBeGreaterThan(50)
    expect(imports.length).toBeGreaterThan(200)
    expect(imports.map(faultOf).filter((fault) => fault !== undefined)).toEqual([])
  })

  it('is the one that ARCHITECTURE.md shows', () => {
    const shown = readFileSync('ARCHITECTURE.md', 'utf8')
    for (const [room, may] of Object.entries(rooms))
      expect(shown).toContain(`| \`${room}/\` | ${may.length > 0 ? may.join(', ') : '–'} |`)
  })

  it.each([
    ['a room that imports from one below it', 'src/register/x.ts', `import { a } from '#finder/b.ts'`],
    ['the platform knowing a room', 'src/platform/x.ts', `import { a } from '#register/fields.ts'`],
    ['a room that imports the wiring', 'src/finder/x.ts', `import { a } from '#wiring/app.ts'`],
    ['a room that is not in the table', 'src/misc/x.ts', `import { a } from '#audit/transaction.ts'`],
    ['a way round by a relative path', 'src/audit/x.ts', `import { a } from '../finder/b.ts'`],
    ['the web app reaching for the file system', 'web/x/x.tsx', `import { b, type C } from '#platform/files.ts'`],
    ['the web app reaching for storage', 'web/register/x.tsx', `import { a } from '#register/store-lists.ts'`],
    ['a lazy import', 'src/audit/x.ts', `const a = await import('#finder/b.ts')`],
  ])('catches a planted violation: %s', (_name, file, text) => {
    expect(importsOf(file, text).map(faultOf)).toEqual([expect.stringContaining(file)])
  })
})
