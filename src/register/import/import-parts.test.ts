import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import { changeSystem } from '#register/change-system.ts'
import { makeWorkbook, textRows } from '#register/spreadsheet/make-workbook.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { handIn, importFile, ministryCsv } from '#test/imports.ts'
import { make } from '#test/people.ts'

import { removeMap, savedMaps, saveMap } from './column-maps.ts'
import { previewImport } from './preview-import.ts'
import { readOrigin } from './read-origin.ts'
import { rejectedCsv } from './rejected-csv.ts'
import { rowsOfImport } from './store.ts'
import { undoImport } from './undo-import.ts'

const wholePage = { from: 0, limit: 200, show: 'all' } as const

async function house(database: Database) {
  const { deps } = await appOn(database)
  const ministry = await make.organisation(database.db)
  const actor = await make.person(database.db, ministry)
  return { deps, ministry, actor, db: deps.db }
}

const rowsOf = async (db: Database['db'], id: string) => rowsOfImport(db, id, { after: 0, limit: 1000 })

onEachEngine('the origin of an imported system', (database) => {
  it('shows each raw cell beside the fact it became and the fact as it is now', async () => {
    const { deps, actor, db } = await house(database())
    const { done } = await importFile(deps, actor, ministryCsv)
    const [, second] = await rowsOf(db, done.id)
    const systemId = second!.systemId!
    const before = await readOrigin(db, systemId)
    expect(before.import).toMatchObject({ id: done.id, fileName: 'AI利用一覧.csv', encoding: 'utf-8', headerRow: 1 })
    expect(before.rowNumber).toBe(3)
    expect(before.cells.map((cell) => [cell.header, cell.raw, cell.field])).toEqual([
      ['番号', 'A-2', 'source-id'],
      ['システム名称', '窓口案内の下書き', 'name'],
      ['所管部署', '窓口課', null],
      ['目的・概要', '案内文の下書きを作る。', 'purpose'],
      ['個人情報の有無', '不明', 'personal-data'],
    ])
    expect(before.cells[4]!.fact).toMatchObject({ absent: 'unknown' })
    expect(before.cells.every((cell) => cell.same)).toBe(true)
    const changed = { facts: { name: { value: '窓口案内文の下書き' } } }
    await changeSystem(deps, actor, { id: systemId, version: 1, change: changed })
    const after = await readOrigin(db, systemId)
    expect(after.cells[1]).toMatchObject({
      raw: '窓口案内の下書き',
      fact: { value: '窓口案内の下書き' },
      now: { value: '窓口案内文の下書き' },
      same: false,
    })
  })

  it('is told of neither a system that was registered by hand nor one that was undone', async () => {
    const { deps, actor, db } = await house(database())
    const { done } = await importFile(deps, actor, ministryCsv)
    const [first] = await rowsOf(db, done.id)
    await undoImport(deps, actor, done.id)
    await expect(readOrigin(db, first!.systemId!)).rejects.toMatchObject({ code: 'not-found' })
  })
})

onEachEngine('what the rows of an import name', (database) => {
  const agency = [
    'Agency,AI Use Case,Agency Use (Y/N)?,Name of Commercial Product or Service Used,Estimated # of Licenses/Users',
    'Harbour Office,Summarise letters,Y,Some product,12',
    'Harbour Office,Draft letters,N,,',
  ].join('\n')

  it('becomes organisations where the map says so, once, and the rows stand below them', async () => {
    const { deps, actor, db, ministry } = await house(database())
    const { done } = await importFile(deps, actor, agency, { map: 'omb-2025-cots' })
    expect(done).toMatchObject({ state: 'done', stored: 2 })
    const { rows } = await sql<{ name: string; parent: string; uses: number }>`
      select o.name_ja as name, o.parent_id as parent, (select count(*)::int from ai_use u where u.organisation_id = o.id) as uses
      from organisation o where o.id <> ${ministry.id}`.execute(db)
    expect(rows).toEqual([{ name: 'Harbour Office', parent: ministry.id, uses: 2 }])
  })

  it('is flagged where no organisation answers to it; the row is stored at the ministry', async () => {
    const { deps, actor, db, ministry } = await house(database())
    const desk = await make.organisation(db, '総務課', ministry)
    const { done } = await importFile(deps, actor, ministryCsv)
    expect(done.flags).toContainEqual({ code: 'organisation-unmatched', count: 1 })
    const { rows } = await sql<{ at: string }>`
      select organisation_id as at from ai_system order by import_row`.execute(db)
    expect(rows.map((row) => row.at)).toEqual([desk.id, ministry.id])
  })

  it('becomes suppliers that are one record however they are spelled, and a repeated id of the sender is flagged', async () => {
    const { deps, actor, db } = await house(database())
    const sheet = (id: string) =>
      [
        'システム名称,所管部署,番号,事業者名',
        `要約,総務課,${id},株式会社　みなと`,
        `翻訳,総務課,C-9,株式会社ミナト`,
      ].join('\n')
    const { done } = await importFile(deps, actor, sheet('C-1'))
    expect(done.flags.find(({ code }) => code === 'id-known')).toBeUndefined()
    const { rows } = await sql<{ systems: number }>`
      select count(*)::int as systems from ai_system s join supplier p on p.id = s.supplier_id group by p.id`.execute(
      db,
    )
    expect(rows).toEqual([{ systems: 2 }])
    const second = await importFile(deps, actor, sheet('C-2'))
    expect(second.done.flags).toContainEqual({ code: 'id-known', count: 1 })
    expect(second.done.stored).toBe(2)
  })
})

onEachEngine('column maps', (database) => {
  const odd = 'なまえ,もくてき,所属課\n要約,短くする,総務課\n'
  const map = {
    id: 'odd-sheet',
    version: 1,
    name: { ja: '変わった表', en: 'Odd sheet' },
    recognise: ['なまえ', 'もくてき'],
    columns: [
      { headers: ['なまえ'], field: 'name' },
      { headers: ['もくてき'], field: 'purpose' },
    ],
  }

  it('are saved under a name, chosen unasked for the next sheet of the kind, and removed', async () => {
    const { deps, actor } = await house(database())
    const saved = await saveMap(deps, actor, { name: '変わった表', map })
    expect(saved.version).toBe(1)
    const reading = await handIn(deps, odd)
    const maps = [...(await savedMaps(deps.db)), ...deps.shipped]
    const preview = await previewImport(deps, actor, { reading, page: wholePage, maps })
    expect(preview).toMatchObject({ mapProposed: false, map: { id: 'odd-sheet' }, stored: 1 })
    const { done } = await importFile(deps, actor, odd, { map: saved.id })
    expect(done).toMatchObject({ mapName: '変わった表', stored: 1 })
    expect(await saveMap(deps, actor, { name: '変わった表', map })).toEqual({ id: saved.id, version: 2 })
    await removeMap(deps, actor, saved.id)
    expect(await savedMaps(deps.db)).toEqual([])
    await expect(removeMap(deps, actor, saved.id)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are refused with the place of every fault', async () => {
    const { deps, actor } = await house(database())
    const faulty = { ...map, columns: [{ headers: ['なまえ'], field: 'nmae' }] }
    const refused = await saveMap(deps, actor, { name: 'x', map: faulty }).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      code: 'bad-input',
      params: { in: 'map', issues: expect.arrayContaining([expect.objectContaining({ path: '/columns/0/field' })]) },
    })
  })

  it('that are named but not there are told, with those that are', async () => {
    const { deps, actor } = await house(database())
    const reading = await handIn(deps, odd, { map: 'no-such-map' })
    await expect(deps.imports.start(actor, reading, deps.shipped)).rejects.toMatchObject({
      code: 'not-found',
      params: { map: 'no-such-map', known: expect.arrayContaining(['omb-2025', 'ministry-sheet']) },
    })
  })
})

onEachEngine('sheets of a workbook', (database) => {
  const header = ['システム名称', '所管部署']
  const workbook = () =>
    makeWorkbook({
      sheets: [
        { name: '控え', state: 'hidden', xml: textRows([header, ['隠れた台帳', '総務課']]) },
        { name: '台帳', xml: textRows([['調査票'], [], header, ['要約', '総務課'], ['翻訳', '窓口課']]) },
      ],
    })

  it('are read from the first that is visible; a hidden one only when it is chosen, and is an import of its own', async () => {
    const { deps, actor, db } = await house(database())
    const bytes = await workbook()
    const first = await importFile(deps, actor, bytes, { fileName: '台帳.xlsx' })
    expect(first.done).toMatchObject({ format: 'xlsx', sheet: '台帳', headerRow: 3, stored: 2, encoding: null })
    const hidden = await importFile(deps, actor, bytes, { fileName: '台帳.xlsx', sheet: '控え' })
    expect(hidden).toMatchObject({ already: false, done: { sheet: '控え', stored: 1 } })
    const { rows } = await sql<{ name: string }>`
      select facts #>> '{name,value}' as name from ai_system order by number`.execute(db)
    expect(rows.map((row) => row.name)).toEqual(['要約', '翻訳', '隠れた台帳'])
  })
})

onEachEngine('the list of rejected rows', (database) => {
  it('has number, reasons and every cell of each, and harms no spreadsheet program', async () => {
    const { deps, actor, db } = await house(database())
    const { done } = await importFile(
      deps,
      actor,
      '番号,システム名称,所管部署\n=1+1,,"総務課\n第二係"\nA-1,要約,総務課\n',
    )
    const { fileName, content } = await rejectedCsv(db, done.id)
    expect(fileName).toBe('AI利用一覧-rejected.csv')
    expect(content.toString()).toBe(
      '\ufeffrow,reasons,番号,システム名称,所管部署\r\n2,name-blank,\'=1+1,,"総務課\n第二係"\r\n',
    )
  })
})
