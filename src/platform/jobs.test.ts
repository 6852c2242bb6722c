import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'

import { onEachEngine } from '#test/engines.ts'
import { until } from '#test/notices.ts'

import type { Database, Db } from './database.ts'
import { newId } from './ids.ts'
import { jobRunner, type JobRunnerDeps } from './job-runner.ts'
import { type DeadJob, daily, does, type Handler, JobFailure, jobNamed, listens } from './jobs.ts'
import { asSystem } from './scope.ts'

const organisation = '00000000-0000-7000-8000-0000000000aa'

async function emit(db: Db, type: string): Promise<string> {
  const id = newId()
  await sql`insert into outbox (id, at, type, organisation_id, payload) values (${id}, now(), ${type}, ${organisation}, '{}')`.execute(
    db,
  )
  return id
}

onEachEngine('jobs', (database: () => Database) => {
  const started: { stop(): Promise<void> }[] = []
  beforeEach(() => sql`delete from pgboss.job`.execute(database().db))
  afterEach(async () => {
    for (const one of started.splice(0)) await one.stop()
  })
  const bugs: unknown[] = []
  const dead: DeadJob[] = []
  const running = async (handlers: readonly Handler[], more: Partial<JobRunnerDeps> = {}) => {
    dead.length = 0
    bugs.length = 0
    const runner = jobRunner({
      db: database().scoped,
      now: () => new Date(),
      newId,
      timeZone: 'Asia/Tokyo',
      handlers,
      onDead: async (_t, one) => void dead.push(one),
      onBug: (error) => void bugs.push(error),
      pollSeconds: 0.5,
      tickMs: 20,
      ...more,
    })
    started.push(runner)
    await runner.start()
    return runner
  }

  it('a committed event reaches each of its listeners once, with several processes moving it', async () => {
    const heard: string[] = []
    const handlers = [
      listens('test.one', ['a'], async (event) => void heard.push(`one ${event}`)),
      listens('test.all', 'all', async (event) => void heard.push(`all ${event}`)),
    ]
    const runners = [await running(handlers), await running(handlers)]
    const a = await Promise.all(Array.from({ length: 30 }, () => emit(database().db, 'a')))
    const b = await emit(database().db, 'b')
    await Promise.all(runners.map((runner) => runner.tick()))
    await until(
      () => heard.length,
      (n) => n >= 61,
    )
    await Promise.all(runners.map((runner) => runner.tick()))
    expect(heard.toSorted()).toEqual([...a.flatMap((id) => [`one ${id}`, `all ${id}`]), `all ${b}`].toSorted())
    const { rows } = await sql`select 1 from outbox where done_at is null`.execute(database().db)
    expect(rows).toEqual([])
  })

  it('what a transaction puts is there when it commits, and never was when it does not', async () => {
    const seen: string[] = []
    const job = jobNamed('test.said', z.strictObject({ word: z.string() }))
    const runner = await running([does(job, async ({ word }) => void seen.push(word))])
    const attempt = (word: string, fail: boolean) =>
      asSystem(() =>
        database()
          .scoped.transaction()
          .execute(async (t) => {
            await runner.put(t, job, { word })
            if (fail) throw new Error('rolled back')
          }),
      )
    await expect(attempt('lost', true)).rejects.toThrow('rolled back')
    await attempt('kept', false)
    await until(
      () => seen,
      (words) => words.length > 0,
    )
    expect(seen).toEqual(['kept'])
    await expect(asSystem(() => runner.put(database().scoped, job, { word: 7 as unknown as string }))).rejects.toThrow()
  })

  it('what fails is tried again, and told once when it has failed for good, with a code and never with words', async () => {
    let tries = 0
    const fails = jobNamed('test.fails', z.strictObject({ id: z.string() }), {
      retries: { limit: 2, delay: 0, longest: 1 },
    })
    const gives = jobNamed('test.gives-up', z.strictObject({}))
    const runner = await running([
      does(fails, async () => {
        tries++
        throw new Error('山川 一郎 <taro@example.jp> is unknown')
      }),
      does(gives, async () => {
        throw new JobFailure('mail-refused', { status: 550 }, true)
      }),
    ])
    await asSystem(() => runner.put(database().scoped, fails, { id: 'x' }))
    await asSystem(() => runner.put(database().scoped, gives, {}))
    await until(
      () => dead.length,
      (n) => n === 2,
    )
    expect(tries).toBe(3)
    expect(dead.find((one) => one.name === 'test.fails')).toMatchObject({
      payload: { id: 'x' },
      tries: 3,
      failure: { code: 'bug' },
    })
    expect(dead.find((one) => one.name === 'test.gives-up')).toMatchObject({
      tries: 1,
      failure: { code: 'mail-refused', params: { status: 550 } },
    })
    expect(bugs).toHaveLength(3)
    const { rows } = await sql`select name, data, output from pgboss.job`.execute(database().db)
    expect(JSON.stringify(rows)).not.toMatch(/taro|山川/)
    const left = () => sql`select 1 from pgboss.job where name = 'jobs.dead'`.execute(database().db)
    await until(left, (found) => found.rows.length === 0)
  })

  it('a daily job is put once a day of the office, whoever asks, and later on the day when its time was missed', async () => {
    let now = new Date('2026-11-21T17:59:00Z') // 02:59 on the 22nd in Tokyo
    const days: string[] = []
    const handlers = [daily('test.daily', '03:00', async () => void days.push(now.toISOString()))]
    const runners = [
      await running(handlers, { now: () => now, tickMs: 60_000 }),
      await running(handlers, { now: () => now, tickMs: 60_000 }),
    ]
    const both = async () => {
      for (const runner of [...runners, ...runners]) await runner.tick()
    }
    await both()
    expect(await sql`select 1 from job_day`.execute(database().db)).toMatchObject({ rows: [] })
    now = new Date('2026-11-21T18:00:00Z')
    await both()
    await until(
      () => days.length,
      (n) => n === 1,
    )
    now = new Date('2026-11-23T09:00:00Z') // two days later, at six in the evening
    await both()
    await until(
      () => days.length,
      (n) => n === 2,
    )
    const { rows } = await sql`select name, last_on from job_day`.execute(database().db)
    expect(rows).toEqual([{ name: 'test.daily', last_on: '2026-11-23' }])
  })

  it('stopping lets a running job end and begins no other', async () => {
    const ended: number[] = []
    let open: () => void = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    const job = jobNamed('test.slow', z.strictObject({ n: z.int() }))
    let begun = 0
    const runner = await running([
      does(job, async ({ n }) => {
        begun++
        await gate
        ended.push(n)
      }),
    ])
    await asSystem(() => runner.put(database().scoped, job, { n: 1 }))
    await runner.tick()
    await until(
      () => begun,
      (n) => n === 1,
    )
    const stopping = runner.stop()
    await asSystem(() => runner.put(database().scoped, job, { n: 2 }))
    open()
    await stopping
    expect(ended).toEqual([1])
    const { rows } = await sql<{
      state: string
    }>`select state from pgboss.job where name = 'test.slow' order by created_on`.execute(database().db)
    expect(rows.map((row) => row.state)).toEqual(['completed', 'created'])
  })

  it('the role of the application works with the queue and can make nothing in it', async () => {
    const refused = (text: string) => asSystem(() => sql.raw(text).execute(database().scoped))
    await expect(refused('create table pgboss.mine (id int)')).rejects.toThrow(/permission denied/)
    await expect(refused('drop table pgboss.job')).rejects.toThrow(/must be owner/)
    await expect(refused(`insert into job_day (name, last_on) values ('x', now())`)).resolves.toBeDefined()
    expect(await sql`select name from job_day`.execute(database().scoped)).toMatchObject({ rows: [] })
  })
})
