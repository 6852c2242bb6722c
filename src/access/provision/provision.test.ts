import { sql } from 'kysely'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { officeDay } from '#access/office-day.ts'
import { dayAfter } from '#access/people/keep-people.ts'
import type { Database } from '#platform/database.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { make } from '#test/people.ts'

import { codeOf, headings, roleWords } from './columns.ts'
import { importPeople, type PeopleImport } from './import-people.ts'
import { readPeople } from './read-people.ts'

const isoDay = (text: string) => (/^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined)
const read = (text: string) => {
  const rows = text.split('\n').map((line) => line.split(','))
  return readPeople({ rows, rowNumbers: rows.map((_, n) => n + 1) }, isoDay)
}
const today = officeDay(new Date(), 'Asia/Tokyo')

it('no word stands for two columns or two roles', () => {
  for (const words of [headings, roleWords] as Readonly<Record<string, readonly string[]>>[])
    for (const [code, own] of Object.entries(words)) for (const one of own) expect(codeOf(words, one), one).toBe(code)
})

it('understands Japanese and English headings, above whatever width and case, below a title', () => {
  const { people, faults } = read(
    '職員一覧\n利用者名,氏名,役割,役割の組織\ntanaka,田中 実,企画者,AOB-SOMU\ntanaka,田中 実,Provider,AOB',
  )
  expect(faults).toEqual([])
  expect(people).toMatchObject([
    {
      line: 3,
      userName: 'tanaka',
      roles: [
        { role: 'planner', organisation: 'AOB-SOMU' },
        { role: 'provider', line: 4 },
      ],
    },
  ])
  expect(read('USER NAME,ｎａｍｅ\na,b').people).toMatchObject([{ userName: 'a', name: { ja: 'b' } }])
})

it('names each fault by its row and column, and takes no such row', () => {
  const { people, faults } = read(
    '利用者名,氏名,役割,開始日,メール,状態\n,名なし,,,,\na,甲,王,,,\nb,乙,企画者,昨日,,\nc,丙,,,not-a-mail,\nd,丁,,,,不明\ne,戊,,,,\ne,己,,,,',
  )
  expect(faults.map(({ line, code, column }) => [line, code, column])).toEqual([
    [2, 'missing', 'userName'],
    [3, 'unknown-role', 'role'],
    [4, 'not-readable', 'from'],
    [5, 'not-readable', 'mail'],
    [6, 'not-readable', 'state'],
    [8, 'conflict', 'nameJa'],
  ])
  expect(people.map((p) => p.userName)).toEqual(['e'])
  expect(read('a,b\nc,d').faults).toEqual([{ line: 1, code: 'no-header' }])
})

it('never fails on any table', () => {
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom(...Object.values(headings).flat(), ...Object.values(roleWords).flat()),
  )
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 }), (rows) => {
      const { people, faults } = readPeople({ rows, rowNumbers: rows.map((_, n) => n + 1) }, isoDay)
      expect(people.length + faults.length).toBeGreaterThanOrEqual(0)
      for (const one of people) expect(one.userName).not.toBe('')
    }),
  )
})

async function office(database: Database) {
  const { db } = database
  const { deps } = await appOn(database)
  const ministry = await make.organisation(db)
  const division = await make.organisation(db, '文書課', ministry)
  await sql`update organisation set code = 'BUNSHO' where id = ${division.id}`.execute(db)
  const actor = await make.person(db, ministry, 'administrator')
  const run = (text: string, more: { apply?: boolean; disableMissing?: boolean } = {}): Promise<PeopleImport> => {
    const { people, faults } = read(text)
    expect(faults).toEqual([])
    return importPeople(deps, actor, {
      people,
      organisationId: ministry.id,
      apply: more.apply ?? true,
      disableMissing: more.disableMissing ?? false,
    })
  }
  const kinds = (done: PeopleImport) =>
    done.ok ? done.changes.map(({ userName, kind, role }) => [userName, kind, role]) : done.faults
  const count = async () =>
    (
      await sql<{ all: string }>`select concat_ws('/', (select count(*) from person), (select count(*) from role_held),
        (select count(*) from role_change), (select count(*) from audit_entry)) as all`.execute(db)
    ).rows[0]!.all
  return { db, ministry, division, actor, run, kinds, count }
}
const head = '利用者名,氏名,役職,所属,役割,役割の組織,開始日,終了日,状態'

onEachEngine('a list of people', (database) => {
  const list = `${head}\ntanaka,田中 実,係長,BUNSHO,企画者,,,,\nsato,佐藤 光,課長,文書課,提供者,BUNSHO,,,\nsato,佐藤 光,課長,文書課,利用者,,,,`

  it('is shown before it is done, done at once, and changes nothing the second time', async () => {
    const { run, kinds, count } = await office(database())
    const before = await count()
    const shown = await run(list, { apply: false })
    expect(await count()).toBe(before)
    const done = await run(list)
    expect(kinds(done)).toEqual(kinds(shown))
    expect(kinds(done)).toEqual([
      ['tanaka', 'added', undefined],
      ['tanaka', 'role-given', 'planner'],
      ['sato', 'added', undefined],
      ['sato', 'role-given', 'provider'],
      ['sato', 'role-given', 'user'],
    ])
    const after = await count()
    expect(await run(list)).toEqual({ ok: true, applied: true, changes: [], unchanged: 2 })
    expect(await count()).toBe(after)
  })

  it('changes what differs, ends roles that are not listed, and disables whoever it says', async () => {
    const { run, kinds } = await office(database())
    await run(list)
    const next = `${head}\ntanaka,田中 実,課長補佐,BUNSHO,企画者,,,${dayAfter(today, 90)},\nsato,佐藤 光,課長,文書課,利用者,,,,無効`
    expect(kinds(await run(next))).toEqual([
      ['tanaka', 'changed', undefined],
      ['tanaka', 'role-ended', 'planner'],
      ['sato', 'role-ended', 'provider'],
      ['sato', 'disabled', undefined],
    ])
    expect(kinds(await run(next))).toEqual([])
    const longer = next.replace(dayAfter(today, 90), dayAfter(today, 120)).replace('無効', '有効')
    expect(kinds(await run(longer))).toEqual([
      ['tanaka', 'role-given', 'planner'],
      ['sato', 'enabled', undefined],
    ])
    expect(kinds(await run(`${head}\ntanaka,田中 実,課長補佐,BUNSHO,企画者,,,,`, { disableMissing: true }))).toEqual([
      ['tanaka', 'role-given', 'planner'],
      ['sato', 'disabled', undefined],
    ])
  })

  it('does nothing at all when one row is refused, and names every such row', async () => {
    const { db, run, count, actor } = await office(database())
    await sql`update person set user_name = 'me' where id = ${actor.personId}`.execute(db)
    const before = await count()
    const done = await run(
      `${head}\nnew,新しい 人,,,企画者,,,,\nlost,迷子,,どこか,,,,,\nme,山川 一郎,,,AI統括責任者,,,,`,
    )
    expect(done.ok ? [] : done.faults.map(({ line, code, because }) => [line, code, because])).toEqual([
      [3, 'unknown-organisation', undefined],
      [4, 'refused', 'not-permitted: oneself'],
      [4, 'refused', 'wrong-state: last-administrator'],
    ])
    expect(await count()).toBe(before)
  })
})
