import { openRights } from '#access/policies/rights.ts'

import { atLeast, atMost, median, type Row } from './row.ts'

const different = 5000

/** How fast the policies answer. No question is asked twice, so that no answer comes from memory. */
export async function* bench(): AsyncGenerator<Row> {
  const opened: number[] = []
  for (let i = 0; i < 5; i++) {
    const from = performance.now()
    openRights(['policies'])
    opened.push(performance.now() - from)
  }
  yield atMost('policies read and checked against the schema, p50', median(opened), 500, 'ms')
  const { may } = openRights(['policies'])
  const from = performance.now()
  for (let i = 0; i < different; i++) {
    const actor = { personId: `person-${i}`, role: 'planner', organisationId: 'bureau' }
    may(actor, 'change-system', { organisationPath: ['ministry', 'bureau', 'division'], stage: 'operation' })
  }
  const seconds = (performance.now() - from) / 1000
  yield atLeast('decisions by the policies, each a different question', different / seconds, 1000, '/s')
}
