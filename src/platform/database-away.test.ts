import { expect, it } from 'vitest'

import { isDatabaseAway } from './database-away.ts'

const coded = (code: string) => Object.assign(new Error('x'), { code })

it.each([
  ['a server that is going away', coded('57P01')],
  ['a connection that failed', coded('08006')],
  ['no connection left', coded('53300')],
  ['a statement that took too long', coded('57014')],
  ['nobody at the port', coded('ECONNREFUSED')],
  ['nobody at any address of the name', new AggregateError([coded('ECONNREFUSED')])],
  ['no connection in time', new Error('timeout exceeded when trying to connect')],
  ['a connection cut in the middle', new Error('Connection terminated unexpectedly')],
  ['a copy that is no longer an Error', { code: 'ECONNREFUSED', message: 'connect' }],
])('%s is the database being away', (_what, error) => {
  expect(isDatabaseAway(error)).toBe(true)
})

it.each([
  ['a text that is no uuid', coded('22P02')],
  ['a row that is there already', coded('23505')],
  ['a fault of ours', new TypeError('x is not a function')],
  ['nothing', undefined],
])('%s is not', (_what, error) => {
  expect(isDatabaseAway(error)).toBe(false)
})
