import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Database, Db } from '#platform/database.ts'
import { putDraft, putRule } from '#test/acknowledgements.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'

import type { Answered, MyRules, WrittenQuestions } from './api.ts'

async function house(database: Database) {
  const { app } = await appOn(database)
  const { db } = database
  const ministry = await make.organisation(db, 'あおば省')
  const rule = await putRule(db, ministry)
  const [user, caio] = [await make.person(db, ministry, 'user'), await make.person(db, ministry, 'caio')]
  return { app, db, ministry, rule, user, caio }
}

const words = (ja: string) => ({ ja, en: `${ja} en` })
const question = {
  question: words('入れてよいか'),
  choices: [words('はい'), words('いいえ')],
  answer: 1,
  explanation: words('入れません'),
  clause: 'u-06',
}

onEachEngine('check questions', (database) => {
  it('are written for a draft, asked without their answer, and must be answered before the acknowledgement', async () => {
    const { app, db, rule, user, caio } = await house(database())
    const draft = await putDraft(db, rule, undefined, '2026-01-01')
    const url = `/api/v1/rule-versions/${draft}/check-questions`
    const office = await as(app, caio)
    expect((await office('PUT', url, { questions: [question] }, { 'if-match': '"0"' })).statusCode).toBe(200)
    const late = await office('PUT', url, { questions: [] }, { 'if-match': '"0"' })
    expect(late.json()).toMatchObject({ code: 'changed-meanwhile', params: { now: 1 } })
    await adopt(db, draft)
    expect((await office('PUT', url, { questions: [] }, { 'if-match': '"1"' })).json()).toMatchObject({
      code: 'wrong-state',
    })
    const ask = await as(app, user)
    const mine: MyRules = (await ask('GET', '/api/v1/my-rules')).json()
    const asked = mine.rules[0]!.questions[0]!
    expect(Object.keys(asked).toSorted()).toEqual(['answered', 'choices', 'clause', 'id', 'question'])
    const acknowledge = () =>
      ask('POST', `/api/v1/rule-versions/${draft}/acknowledgement`, {
        digest: mine.rules[0]!.version.digest,
        read: true,
      })
    expect((await acknowledge()).json()).toMatchObject({ params: { reason: 'questions-open', open: 1 } })
    const wrong: Answered = (await ask('POST', `/api/v1/check-questions/${asked.id}/answer`, { choice: 0 })).json()
    expect(wrong).toEqual({ right: false, explanation: question.explanation, clause: 'u-06' })
    expect((await ask('POST', `/api/v1/check-questions/${asked.id}/answer`, { choice: 1 })).json()).toMatchObject({
      right: true,
    })
    expect((await acknowledge()).statusCode).toBe(200)
  })

  it('keep the first choice as a count without the person, and show it only where nobody is found in it', async () => {
    const { app, db, ministry, rule, caio } = await house(database())
    const draft = await putDraft(db, rule, undefined, '2026-01-01')
    const url = `/api/v1/rule-versions/${draft}/check-questions`
    const office = await as(app, caio)
    await office('PUT', url, { questions: [question] }, { 'if-match': '"0"' })
    await adopt(db, draft)
    const { id } = ((await office('GET', url)).json() as WrittenQuestions).questions[0]!
    for (let n = 0; n < 5; n++) {
      const read = (await office('GET', url)).json() as WrittenQuestions
      expect(read.questions[0]!.first).toBeNull()
      const ask = await as(app, await make.person(db, ministry, 'user'))
      for (const choice of [n === 0 ? 0 : 1, 0]) await ask('POST', `/api/v1/check-questions/${id}/answer`, { choice })
    }
    expect(((await office('GET', url)).json() as WrittenQuestions).questions[0]!.first).toEqual([1, 4])
    const columns = await sql<{ name: string }>`select column_name as name from information_schema.columns
      where table_name = 'check_answered'`.execute(db)
    expect(columns.rows.map(({ name }) => name).toSorted()).toEqual(['person_id', 'question_id'])
  })
})

const adopt = (db: Db, version: string) =>
  sql`update rule_version set state = 'adopted', adopted_at = now(), digest = repeat('a', 64), substance = true where id = ${version}`.execute(
    db,
  )
