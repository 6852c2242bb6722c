import { sql } from 'kysely'
import { expect, it } from 'vitest'

import type { Database } from '#platform/database.ts'
import { asSystem } from '#platform/scope.ts'
import type { ComparisonPage } from '#procurement/tenders/api.ts'
import { keepHandedIn } from '#procurement/tenders/hand-in.ts'
import { openTender } from '#procurement/tenders/open-tender.ts'
import type { VersionDetail } from '#user-rules/api.ts'
import { digestOf } from '#user-rules/digest.ts'
import { loadVersion } from '#user-rules/store-read.ts'
import { putRule, putVersion } from '#test/acknowledgements.ts'
import { adviceFor, advicePath, draftedAdvice } from '#test/advice.ts'
import { appOn } from '#test/app.ts'
import { boardOn, seen } from '#test/board.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make } from '#test/people.ts'
import { answer, aTender, handIn, ifMatch, ownTender } from '#test/tenders.ts'

const statuses = (answers: readonly { statusCode: number }[]) =>
  answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)

async function tender(database: Database) {
  const { app, deps } = await appOn(database)
  const made = await aTender(database, 2)
  const planner = await as(app, made.planner)
  const bidder = made.bidders[0]!
  const contact = await as(app, bidder.contact)
  const items = (await ownTender(contact, bidder.id)).items.map(({ item }) => item)
  for (const item of items) await answer(contact, bidder.id, item, { fulfils: 'yes', text: 'はい' })
  await handIn(contact, bidder.id)
  const mark = (item: string, version = 0) =>
    planner(
      'PUT',
      `/api/v1/procurements/${made.id}/evaluations/${bidder.id}/${item}`,
      { mark: 'meets', reason: '' },
      ifMatch(version),
    )
  const comparison = async () =>
    (await planner('GET', `/api/v1/procurements/${made.id}/comparison`)).json<ComparisonPage>()
  const award = (version: number) =>
    planner(
      'POST',
      `/api/v1/procurements/${made.id}/award`,
      { bidderId: bidder.id, reason: '満たす' },
      ifMatch(version),
    )
  /** A handing in that has begun; `goOn` lets it come to its end. */
  const handingIn = async () => {
    const [held, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const done = asSystem(() =>
      deps.tx({ ...bidder.contact }, async (t) => {
        const open = await openTender(t, () => {}, bidder.id)
        held.resolve()
        await goOn.promise
        return keepHandedIn(t, open, items)
      }),
    )
    await Promise.race([held.promise, done])
    return { done, goOn: () => goOn.resolve() }
  }
  return { deps, id: made.id, bidder, contact, planner, items, mark, comparison, award, handingIn }
}
/** Time for a request to come as far as it gets. */
const meanwhile = () => new Promise((done) => setTimeout(done, 300))

onEachEngine('a tender in which two act at once', (database) => {
  it('takes a mark and a handing in of the same bidder, whichever began first', async () => {
    const { mark, handingIn, items, comparison } = await tender(database())
    const { done, goOn } = await handingIn()
    const marking = mark(items[0]!)
    await meanwhile()
    goOn()
    expect(await done).toMatchObject({ number: 2, unanswered: 0 })
    expect((await marking).statusCode).toBe(200)
    expect((await comparison()).bidders[0]).toMatchObject({ handedIn: 2, counts: { marks: { meets: 1 } } })
  })

  it('awards no bidder on an answer that is being replaced', async () => {
    const { mark, award, handingIn, items, comparison, contact, bidder } = await tender(database())
    for (const item of items) expect((await mark(item)).statusCode).toBe(200)
    await answer(contact, bidder.id, items[0]!, { fulfils: 'no', text: 'やはりできません' })
    const { version } = (await comparison()).procurement
    const { done, goOn } = await handingIn()
    const awarding = award(version)
    await meanwhile()
    goOn()
    await done
    expect((await awarding).json()).toMatchObject({ code: 'wrong-state', params: { reason: 'not-evaluated' } })
    expect((await comparison()).award).toBeNull()
  })

  it('names one contract partner once, however often it is pressed', async () => {
    const { mark, award, items, comparison } = await tender(database())
    for (const item of items) await mark(item)
    const { version } = (await comparison()).procurement
    expect(statuses(await Promise.all([award(version), award(version), award(version)]))).toEqual([200, 412, 412])
    const { rows } = await sql`select 1 from tender_change where type = 'awarded'`.execute(database().db)
    expect(rows).toHaveLength(1)
  })

  it('counts every handing in, also two at once', async () => {
    const { contact, bidder } = await tender(database())
    const both = await Promise.all([handIn(contact, bidder.id), handIn(contact, bidder.id)])
    expect(both.map((one) => one.json<{ number: number }>().number).toSorted((a, b) => a - b)).toEqual([2, 3])
  })
})

onEachEngine('advice that is adopted twice at once', (database) => {
  it('is adopted once, and the other is told of it', async () => {
    const board = await boardOn(database())
    const { systemId } = await board.putSystem()
    const id = await draftedAdvice(board, systemId)
    const { advice } = await adviceFor(board.ask.chair, id)
    const adopt = () => board.ask.chair('POST', advicePath(id, '/adoption'), undefined, seen(advice!.version))
    const answers = await Promise.all([adopt(), adopt()])
    expect(statuses(answers)).toEqual([200, 412])
    const { rows } = await sql`select 1 from advice_adoption`.execute(database().db)
    expect(rows).toHaveLength(1)
  })

  it('holds, by its digest, the conditions as they stood, though one is changed at the same moment', async () => {
    const board = await boardOn(database())
    const { ask, db } = board
    const { systemId } = await board.putSystem()
    const id = await draftedAdvice(board, systemId)
    const { advice, conditions } = await adviceFor(ask.chair, id)
    const { text, effect, stage, ownerUnit, dueOn, evidenceWanted } = conditions[0]!
    const changed = { text: { ...text, ja: '差し替えた条件' }, effect, stage, ownerUnit, dueOn, evidenceWanted }
    const [edit, adopt] = await Promise.all([
      ask.member(
        'PUT',
        advicePath(id, `/conditions/${conditions[0]!.id}`),
        { ...changed, ownerOrganisationId: board.division.id },
        seen(conditions[0]!.version),
      ),
      ask.chair('POST', advicePath(id, '/adoption'), undefined, seen(advice!.version)),
    ])
    // One of the two, never both: what is adopted is what the chair saw.
    expect([edit.statusCode === 204, adopt.statusCode === 200].filter(Boolean)).toHaveLength(1)
    const { rows } = await sql<{ content: string }>`select content from advice_adoption`.execute(db)
    for (const { content } of rows) expect(content).not.toContain('差し替えた条件')
  })
})

onEachEngine('a rule that two work on at once', (database) => {
  async function house() {
    const { app, deps } = await appOn(database())
    const ministry = await make.organisation(deps.db, 'あおば省')
    const [caio, office, reviewer] = [
      await make.person(deps.db, ministry, 'caio'),
      await make.person(deps.db, ministry, 'caio-office'),
      await make.person(deps.db, ministry, 'provider'),
    ] as const
    const [ask, second, finds] = await Promise.all([as(app, caio), as(app, office), as(app, reviewer)])
    const { id, versionId } = (await ask('POST', '/api/v1/ministry-rules', { organisationId: ministry.id })).json<{
      id: string
      versionId: string
    }>()
    const read = async () => (await ask('GET', `/api/v1/user-rules/${id}`)).json<VersionDetail>().version
    const base = `/api/v1/ministry-rules/versions/${versionId}`
    return { app, db: deps.db, ministry, ask, second, finds, reviewer, id, versionId, read, base }
  }

  it('keeps the words of the first and shows them to the second', async () => {
    const { ask, second, read, base } = await house()
    const clause = (await read()).clauses[3]!
    const write = (who: typeof ask, ja: string) =>
      who('PATCH', `${base}/clauses/${clause.id}`, { text: { ...clause.text, ja } }, seen(clause.version))
    const answers = await Promise.all([write(ask, '甲の案'), write(second, '乙の案')])
    expect(statuses(answers)).toEqual([200, 412])
    const now = (await read()).clauses[3]!
    const refused = answers.find(({ statusCode }) => statusCode === 412)!.json<{ params: { now: typeof now } }>()
    expect(refused.params.now.text.ja).toBe(now.text.ja)
    expect(now.version).toBe(clause.version + 1)
  })

  it('is adopted under the digest of what it says, though it is taken back to draft and changed meanwhile', async () => {
    const { ask, second, finds, reviewer, read, base, versionId, db } = await house()
    for (const clause of (await read()).clauses)
      await ask('POST', `${base}/clauses/${clause.id}/same-meaning`, {}, seen(clause.version))
    const contact = { unit: { ja: '室', en: 'Office' }, phone: '1', mail: '' }
    await ask('PATCH', base, { effectiveFrom: '2999-01-01', contact }, seen((await read()).version))
    await ask('POST', `${base}/review`, { reviewers: [reviewer.personId] }, seen((await read()).version))
    await finds('POST', `/api/v1/user-rules/versions/${versionId}/finding`, { finding: 'confirmed', remark: null })
    const { version, clauses } = await read()
    const answers = await Promise.all([
      ask('POST', `${base}/adopt`, {}, seen(version)),
      second('POST', `${base}/draft`, {}, seen(version)),
      second(
        'PATCH',
        `${base}/clauses/${clauses[0]!.id}`,
        { text: { ja: '差し替え', en: 'Swapped' } },
        seen(clauses[0]!.version),
      ),
    ])
    expect(answers.map(({ statusCode }) => statusCode)).not.toContain(503)
    const { rows } = await sql<{ digest: string | null; state: string }>`
      select digest, state from rule_version where id = ${versionId}`.execute(db)
    const stored = await asSystem(() => loadVersion(db, versionId, '2026-11-22'))
    if (rows[0]!.state === 'adopted') expect(rows[0]!.digest).toBe(digestOf(stored))
    else expect(rows[0]!.digest).toBeNull()
  })

  it('is acknowledged once by who presses twice, and not at all by who read the version before', async () => {
    const { app, db, ministry } = await house()
    const user = await as(app, await make.person(db, ministry, 'user'))
    await sql`delete from user_rule where organisation_id = ${ministry.id}`.execute(db)
    const rule = await putRule(db, ministry)
    const first = await putVersion(db, rule, { from: '2026-01-01' })
    const press = (version: { id: string; digest: string }) => acknowledge(user, version)
    const twice = await Promise.all([press(first), press(first)])
    expect(statuses(twice)).toEqual([200, 200])
    expect((await sql`select 1 from acknowledgement`.execute(db)).rows).toHaveLength(1)
    const next = await putVersion(db, rule, { from: '2026-02-01' })
    expect((await press({ id: first.id, digest: first.digest })).statusCode).not.toBe(500)
    expect((await press({ id: next.id, digest: first.digest })).json()).toMatchObject({ code: 'changed-meanwhile' })
    expect((await sql`select 1 from acknowledgement where version_id = ${next.id}`.execute(db)).rows).toHaveLength(0)
  })
})

const acknowledge = (who: Awaited<ReturnType<typeof as>>, { id, digest }: { id: string; digest: string }) =>
  who('POST', `/api/v1/rule-versions/${id}/acknowledgement`, { digest, read: true })
