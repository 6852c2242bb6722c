import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'

import type { Actor } from '#audit/transaction.ts'
import type { App } from '#platform/http.ts'
import { asSystem } from '#platform/scope.ts'
import { appOn } from '#test/app.ts'
import { onEachEngine } from '#test/engines.ts'
import { as, make, type MadeOrganisation } from '#test/people.ts'
import { harmless } from '#test/finder.ts'
import { aSystem, store } from '#test/register.ts'

import type { Clause, RuleList, VersionDetail } from './api.ts'
import { digestOf } from './digest.ts'
import { tellInForce } from './jobs.ts'
import { loadInForce, loadVersion } from './store-read.ts'

type Ask = Awaited<ReturnType<typeof as>>
const day = (days: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(new Date(Date.now() + days * 86_400_000))

onEachEngine('user rules', (database) => {
  let app: App
  let deps: Awaited<ReturnType<typeof appOn>>['deps']
  let ministry: MadeOrganisation
  let division: MadeOrganisation
  let people: Record<'caio' | 'planner' | 'provider' | 'user' | 'board', Actor>
  let [caio, planner, provider, user, board] = [] as unknown as [Ask, Ask, Ask, Ask, Ask]

  beforeEach(async () => {
    ;({ app, deps } = await appOn(database()))
    const { db } = deps
    ministry = await make.organisation(db, 'あおば省')
    division = await make.organisation(db, '相談支援課', ministry)
    people = {
      caio: await make.person(db, ministry, 'caio'),
      planner: await make.person(db, division, 'planner'),
      provider: await make.person(db, division, 'provider'),
      user: await make.person(db, division, 'user'),
      board: await make.person(db, ministry, 'board'),
    }
    caio = await as(app, people.caio)
    planner = await as(app, people.planner)
    provider = await as(app, people.provider)
    user = await as(app, people.user)
    board = await as(app, people.board)
  })

  const read = async (ask: Ask, id: string, version?: number): Promise<VersionDetail> => {
    const answer = await ask('GET', `/api/v1/user-rules/${id}${version === undefined ? '' : `?version=${version}`}`)
    expect(answer.statusCode, answer.body).toBe(200)
    return answer.json<VersionDetail>()
  }
  const seen = (version: number) => ({ 'if-match': `"${version}"` })
  const begin = async () =>
    (await caio('POST', '/api/v1/ministry-rules', { organisationId: ministry.id })).json<{
      id: string
      versionId: string
    }>()

  /** Everything that stands between a draft and its adoption, done. */
  async function ready(ask: Ask, level: 'ministry' | 'system', ruleId: string, from: string, reviewer: Ask, by: Actor) {
    let detail = await read(ask, ruleId)
    const base = `/api/v1/${level}-rules/versions/${detail.version.id}`
    const open = (c: Clause) => c.number !== null && c.sameMeaning === null
    for (const clause of detail.version.clauses.filter(open))
      expect(
        (await ask('POST', `${base}/clauses/${clause.id}/same-meaning`, {}, seen(clause.version))).statusCode,
      ).toBe(200)
    detail = await read(ask, ruleId)
    const contact = { unit: { ja: 'AI統括責任者室', en: 'Office of the CAIO' }, phone: '2580', mail: '' }
    await ask('PATCH', base, { effectiveFrom: from, contact }, seen(detail.version.version))
    detail = await read(ask, ruleId)
    const begun = await ask('POST', `${base}/review`, { reviewers: [by.personId] }, seen(detail.version.version))
    if (!begun.json<{ ok: boolean }>().ok) return begun
    const found = await reviewer('POST', `/api/v1/user-rules/versions/${detail.version.id}/finding`, {
      finding: 'confirmed',
      remark: null,
    })
    expect(found.statusCode, found.body).toBe(200)
    detail = await read(ask, ruleId)
    return ask('POST', `${base}/adopt`, {}, seen(detail.version.version))
  }

  it('begins with the clauses of the Model User Rule in the order of its sections', async () => {
    const { id } = await begin()
    const { version } = await read(caio, id)
    expect(version.clauses).toHaveLength(13)
    expect(version.clauses.map((c) => c.number)).toEqual(Array.from({ length: 13 }, (_, n) => n + 1))
    expect(version.clauses.find((c) => c.id === 'u-06')).toMatchObject({ number: 6, basedOn: 'u-06' })
    expect((await caio('POST', '/api/v1/ministry-rules', { organisationId: ministry.id })).statusCode).toBe(409)
  })

  it('is adopted only when each reviewer confirmed, both languages agree, and day and contact are set', async () => {
    const { id, versionId } = await begin()
    const base = `/api/v1/ministry-rules/versions/${versionId}`
    const before = await read(caio, id)
    expect(
      (await caio('POST', `${base}/review`, { reviewers: [] }, seen(before.version.version))).json(),
    ).toMatchObject({
      ok: false,
      reasons: [{ code: 'no-reviewers' }],
    })
    const reviewers = [people.provider.personId, people.planner.personId]
    await caio('POST', `${base}/review`, { reviewers }, seen(before.version.version))
    await provider('POST', `/api/v1/user-rules/versions/${versionId}/finding`, { finding: 'confirmed', remark: null })
    const { version, adopt } = await read(caio, id)
    expect(adopt.reasons.map((r) => r.code).toSorted()).toEqual([
      'languages-differ',
      'no-contact',
      'no-effective-day',
      'reviewers-waiting',
    ])
    expect(adopt.reasons.find((r) => r.code === 'reviewers-waiting')?.params).toEqual({ left: 1, of: 2 })
    const refused = await caio('POST', `${base}/adopt`, {}, seen(version.version))
    expect(refused.json()).toMatchObject({ ok: false })
    expect((await read(caio, id)).version.state).toBe('review')
  })

  it('is in force from its day; the adopted digest is that of what is read', async () => {
    const { id } = await begin()
    expect((await ready(caio, 'ministry', id, day(0), provider, people.provider)).json()).toEqual({
      ok: true,
      reasons: [],
    })
    const { version } = await read(user, id)
    expect(version).toMatchObject({ state: 'in-force', number: 1, substance: true })
    expect(version.digest).toBe(digestOf(version))
    const { db } = deps
    expect((await asSystem(() => loadInForce(db, { organisationId: division.id }, day(0))))?.id).toBe(version.id)
    expect(await asSystem(() => loadInForce(db, { organisationId: division.id }, day(-1)))).toBeUndefined()
    expect(await tellInForce(deps)).toBe(1)
    expect(await tellInForce(deps)).toBe(0)
    const events = await sql<{
      n: number
    }>`select count(*)::int as n from outbox where type = 'user-rule.in-force'`.execute(db)
    expect(events.rows[0]!.n).toBe(1)
  })

  it('stays as it was adopted, in the database too', async () => {
    const { id, versionId } = await begin()
    await ready(caio, 'ministry', id, day(3), provider, people.provider)
    const { version } = await read(caio, id)
    const change = await caio(
      'PATCH',
      `/api/v1/ministry-rules/versions/${versionId}/clauses/u-06`,
      { text: { ja: '別の文', en: 'Another' } },
      seen(version.clauses.find((c) => c.id === 'u-06')!.version),
    )
    expect(change.statusCode).toBe(409)
    await expect(
      sql`update rule_clause set body = '{}'::jsonb where version_id = ${versionId}`.execute(deps.db),
    ).rejects.toThrow(/adopted version/)
    await expect(
      sql`update rule_version set effective_from = '2020-01-01' where id = ${versionId}`.execute(deps.db),
    ).rejects.toThrow(/adopted version/)
    await expect(sql`delete from rule_event where rule_id = ${id}`.execute(deps.db)).rejects.toThrow(/append-only/)
  })

  it('shows a draft to who works on rules, and to staff and the Board only what was adopted', async () => {
    const { id } = await begin()
    for (const ask of [user, board]) {
      expect((await ask('GET', `/api/v1/user-rules/${id}`)).statusCode).toBe(404)
      expect((await ask('GET', '/api/v1/user-rules')).json<RuleList>().rules).toEqual([])
    }
    expect((await read(planner, id)).may).toMatchObject({ write: false, adopt: false })
    await ready(caio, 'ministry', id, day(0), provider, people.provider)
    expect((await user('GET', '/api/v1/user-rules')).json<RuleList>().rules).toHaveLength(1)
    await caio('POST', `/api/v1/ministry-rules/${id}/versions`)
    expect((await read(user, id)).versions.map((v) => v.number)).toEqual([1])
    expect((await read(caio, id)).version).toMatchObject({ number: 2, state: 'draft', changes: [] })
    expect((await board('GET', `/api/v1/user-rules/${id}?version=2`)).statusCode).toBe(404)
  })

  it('shows the second of two who edit one clause what the first wrote, and loses nothing of other clauses', async () => {
    const { id, versionId } = await begin()
    const { version } = await read(caio, id)
    const at = (clause: string) => `/api/v1/ministry-rules/versions/${versionId}/clauses/${clause}`
    const of = (clause: string) => version.clauses.find((c) => c.id === clause)!.version
    const first = await caio('PATCH', at('u-06'), { text: { ja: '先の文', en: 'First' } }, seen(of('u-06')))
    expect(first.statusCode).toBe(200)
    const second = await caio('PATCH', at('u-06'), { text: { ja: '後の文', en: 'Second' } }, seen(of('u-06')))
    expect(second.statusCode).toBe(412)
    expect(second.json<{ params: { now: Clause } }>().params.now.text.ja).toBe('先の文')
    expect(
      (await caio('PATCH', at('u-07'), { heading: { ja: '見出し', en: 'Heading' } }, seen(of('u-07')))).statusCode,
    ).toBe(200)
  })

  it('asks for both languages to be compared again once one of them changed, and keeps My Numbers refused', async () => {
    const { id, versionId } = await begin()
    const at = `/api/v1/ministry-rules/versions/${versionId}/clauses/u-06`
    const clause = async () => (await read(caio, id)).version.clauses.find((c) => c.id === 'u-06')!
    await caio('POST', `${at}/same-meaning`, {}, seen((await clause()).version))
    expect((await clause()).sameMeaning).not.toBeNull()
    const now = await clause()
    await caio('PATCH', at, { settings: now.settings.slice(0, 3) }, seen(now.version))
    expect((await clause()).sameMeaning).not.toBeNull()
    await caio('PATCH', at, { text: { ja: '変えた文', en: now.text.en } }, seen((await clause()).version))
    expect((await clause()).sameMeaning).toBeNull()
    const allowed = { kind: 'personal-data', service: 'any', category: 'my-number', value: 'allow', provenance: 'own' }
    expect((await caio('PATCH', at, { settings: [allowed] }, seen((await clause()).version))).statusCode).toBe(400)
  })

  it('adds, moves, takes out with a reason and puts back, and tells what changed since the version before', async () => {
    const { id } = await begin()
    await ready(caio, 'ministry', id, day(0), provider, people.provider)
    const next = (await caio('POST', `/api/v1/ministry-rules/${id}/versions`)).json<{ versionId: string }>()
    const at = `/api/v1/ministry-rules/versions/${next.versionId}/clauses`
    expect((await caio('POST', at, { fromGuide: 'x-voice-image' })).json()).toEqual({ id: 'x-voice-image' })
    expect((await caio('POST', at, { fromGuide: 'x-voice-image' })).statusCode).toBe(409)
    const { version } = await read(caio, id)
    expect(version.clauses.find((c) => c.id === 'x-voice-image')).toMatchObject({ number: 7, section: 'input' })
    const of = (clause: string) => seen(version.clauses.find((c) => c.id === clause)!.version)
    await caio('POST', `${at}/u-09/remove`, { because: '第11条にまとめた。' }, of('u-09'))
    await caio('POST', `${at}/u-07/move`, { section: 'input', after: null }, of('u-07'))
    await caio(
      'PATCH',
      `${at}/u-08`,
      { text: { ja: '言い回しだけを直した文です。', en: 'Only words.' }, wordingOnly: '誤字' },
      of('u-08'),
    )
    const { version: now } = await read(caio, id)
    expect(now.changes.map(({ clauseId, kind, substantive }) => [clauseId, kind, substantive])).toEqual(
      expect.arrayContaining([
        ['x-voice-image', 'added', true],
        ['u-08', 'changed', false],
        ['u-09', 'removed', true],
      ]),
    )
    expect(now.changes.filter((c) => c.kind === 'moved').map((c) => c.clauseId)).toContain('u-07')
    expect(now.clauses.find((c) => c.id === 'u-09')).toMatchObject({
      number: null,
      removedBecause: '第11条にまとめた。',
    })
    const gone = now.clauses.find((c) => c.id === 'u-09')!
    await caio('POST', `${at}/u-09/restore`, {}, seen(gone.version))
    expect((await read(caio, id)).version.changes.map((c) => c.clauseId)).not.toContain('u-09')
  })

  it('refuses the rule of a system that is looser than that of its ministry, naming both articles', async () => {
    const { id: ministryRule } = await begin()
    await ready(caio, 'ministry', ministryRule, day(0), provider, people.provider)
    const [system] = await store(deps.tx, people.planner, [
      aSystem(division, { name: { value: '相談の要約' }, stage: { value: 'operation' } }, harmless),
    ])
    const without = (await planner('GET', '/api/v1/user-rules')).json<RuleList>().withoutRule
    expect(without.map((s) => [s.id, s.mayBegin])).toEqual([[system!.systemId, true]])
    const made = await planner('POST', '/api/v1/system-rules', { systemId: system!.systemId })
    const { id, versionId } = made.json<{ id: string; versionId: string }>()
    const { version } = await read(planner, id)
    const clause = version.clauses.find((c) => c.id === 's-personal')!
    const settings = clause.settings.map((s) =>
      s.kind === 'personal-data' && s.category === 'name' ? { ...s, value: 'allow' } : s,
    )
    await planner(
      'PATCH',
      `/api/v1/system-rules/versions/${versionId}/clauses/s-personal`,
      { settings },
      seen(clause.version),
    )
    const refused = await ready(planner, 'system', id, day(0), provider, people.provider)
    expect(refused.json()).toMatchObject({
      ok: false,
      reasons: [
        {
          code: 'looser-than-ministry',
          params: {
            settings: [
              { key: 'personal-data/contracted/name', system: { number: 5 }, ministry: { number: 6, value: 'mask' } },
            ],
          },
        },
      ],
    })
    const again = (await read(planner, id)).version.clauses.find((c) => c.id === 's-personal')!
    const strict = again.settings.map((s) => (s.kind === 'personal-data' ? { ...s, value: 'refuse' } : s))
    await planner(
      'PATCH',
      `/api/v1/system-rules/versions/${versionId}/clauses/s-personal`,
      { settings: strict },
      seen(again.version),
    )
    expect((await ready(planner, 'system', id, day(0), provider, people.provider)).json()).toEqual({
      ok: true,
      reasons: [],
    })
    const compiled = (await provider('GET', `/api/v1/user-rules/${id}/compiled`)).json<{
      rules: { level: string; digest: string }[]
      settings: { key: string; value: string }[]
    }>()
    expect(compiled.rules.map((r) => r.level)).toEqual(['ministry', 'system'])
    expect(compiled.rules[1]!.digest).toBe((await read(planner, id)).version.digest)
    expect(compiled.settings.find((s) => s.key === 'personal-data/contracted/name')?.value).toBe('refuse')
    expect(compiled.settings.find((s) => s.key === 'personal-data/terms-of-service/mail')?.value).toBe('refuse')
    expect((await planner('GET', '/api/v1/user-rules')).json<RuleList>().withoutRule).toEqual([])
  })

  it('lets only who is named find, and the CAIO alone adopt the rule of the ministry', async () => {
    const { id, versionId } = await begin()
    const { version } = await read(caio, id)
    await caio(
      'POST',
      `/api/v1/ministry-rules/versions/${versionId}/review`,
      { reviewers: [people.provider.personId] },
      seen(version.version),
    )
    const finding = `/api/v1/user-rules/versions/${versionId}/finding`
    expect((await planner('POST', finding, { finding: 'confirmed', remark: null })).statusCode).toBe(403)
    expect((await user('POST', finding, { finding: 'confirmed', remark: null })).statusCode).toBe(403)
    expect((await provider('POST', finding, { finding: 'sent-back', remark: '例がほしい。' })).statusCode).toBe(200)
    expect((await read(caio, id)).reviews).toMatchObject([{ finding: 'sent-back', remark: '例がほしい。' }])
    expect((await planner('POST', `/api/v1/ministry-rules/versions/${versionId}/adopt`, {}, seen(3))).statusCode).toBe(
      403,
    )
    const back = await caio(
      'POST',
      `/api/v1/ministry-rules/versions/${versionId}/draft`,
      {},
      seen((await read(caio, id)).version.version),
    )
    expect(back.json<VersionDetail>().version.state).toBe('draft')
  })

  it('gives the whole text in both languages, and goes with a thrown away draft', async () => {
    const { id, versionId } = await begin()
    const text = await caio('GET', `/api/v1/user-rules/${id}/text?language=en`)
    expect(text.headers['content-type']).toContain('text/plain')
    expect(text.body).toContain('Article 6 (Entering personal information)')
    const { version } = await asSystem(async () => ({ version: await loadVersion(deps.db, versionId, day(0)) }))
    const gone = await caio('DELETE', `/api/v1/ministry-rules/versions/${versionId}`, undefined, seen(version.version))
    expect(gone.statusCode).toBe(204)
    expect((await caio('GET', `/api/v1/user-rules/${id}`)).statusCode).toBe(404)
  })
})
