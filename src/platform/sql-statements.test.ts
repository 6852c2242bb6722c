import { describe, expect, test } from 'vitest'

import { statementsIn } from './sql-statements.ts'

describe('splitting SQL', () => {
  test('a semicolon within a text, a name, a body or a comment ends nothing', () => {
    const bodies = `create function f() returns void as $$ begin; perform 1; end $$ language plpgsql`
    const several = [
      "select ';', 'it''s; here'",
      `select 1 as "a;b"`,
      bodies,
      `select $cmd$a;$$;$cmd$`,
      'select 2 -- no; end\n+ 1',
    ]
    expect(statementsIn(`${several.join(';\n')};\n ; /* ; */ -- ;\n`)).toEqual(several)
  })
  test('what holds one statement is that statement', () => {
    expect(statementsIn(' select 1 ')).toEqual(['select 1'])
    expect(statementsIn('')).toEqual([])
  })
})
