import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { onEachEngine } from '#test/engines.ts'

import { migrate, statementsOf } from './migrate.ts'

it('splits SQL at line ends, never inside a function body', () => {
  expect(
    statementsOf('select 1;\n-- a; b\ncreate function f() returns int language sql as $$\nselect 2;\n$$;\n'),
  ).toEqual(['select 1;', 'create function f() returns int language sql as $$\nselect 2;\n$$;'])
})

onEachEngine('migrations', (database) => {
  it('does nothing the second time', async () => {
    expect(await migrate(database().db)).toEqual([])
  })
  it('refuses to change what was told to the log', async () => {
    const { db } = database()
    const id = '00000000-0000-7000-8000-000000000001'
    await sql`insert into audit_entry values (${id}, now(), ${id}, 'caio', ${id}, 't', 'k', ${id}, '{}')`.execute(db)
    await expect(sql`update audit_entry set type = 'x'`.execute(db)).rejects.toThrow(/append-only/)
    await expect(sql`delete from audit_entry`.execute(db)).rejects.toThrow(/append-only/)
  })
})
