import { expect, test } from 'vitest'

import { shippedMaps } from '#register/import/column-maps.ts'
import { tableReader } from '#register/import/read-table.ts'

import { howRead, proposalWords } from './import-reading.ts'

const file = 'sep=;\nBezeichnung;Behörde;Anbieter;Bemerkung\nProtokolle zusammenfassen;Amt;Beispiel GmbH;x\n'
const read = tableReader({ files: { read: async () => Buffer.from(file) } as never })

test('a result says what was found out of the file and which column went where', async () => {
  const judged = await read({ sha256: '0'.repeat(64), fileName: 'liste.csv' }, shippedMaps(['maps']))
  expect(howRead(judged)).toMatchObject({
    encoding: 'utf-8',
    delimiter: ';',
    headerRow: 2,
    proposed: true,
    columns: [
      { header: 'Bezeichnung', field: 'name' },
      { header: 'Behörde', field: 'organisation' },
      { header: 'Anbieter', field: 'supplier' },
      { header: 'Bemerkung', field: null },
    ],
  })
})

test('a proposed map is shown at the terminal, with the columns that go nowhere', () => {
  const words = proposalWords(
    [
      { header: '名\n称', field: 'name' },
      { header: '備考', field: null },
    ],
    'ja',
  )
  expect(words.split('\n').slice(1)).toEqual(['  名 称 → name', '  備考 → （原本にだけ残す）'])
})
