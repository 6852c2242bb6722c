import { sql } from 'kysely'
import { expect, it } from 'vitest'

import { onEachEngine } from '#test/engines.ts'

import { loadInForce } from './store-read.ts'

onEachEngine('rules in force', (database) => {
  it('finds none where no rule was adopted', async () => {
    const { db } = database()
    expect((await sql`select 1 from rule_version`.execute(db)).rows).toEqual([])
    expect(await loadInForce(db, { systemId: '00000000-0000-7000-8000-000000000001' }, '2026-11-22')).toBeUndefined()
    expect(
      await loadInForce(db, { organisationId: '00000000-0000-7000-8000-000000000001' }, '2026-11-22'),
    ).toBeUndefined()
  })
})
