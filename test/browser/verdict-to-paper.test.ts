import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { expectAccessible, openBrowser } from '#test/browser.ts'
import { type ActorName, beginJourney, type Journey, textOfWord } from '#test/journey.ts'
import { type Running, startServer } from '#test/server.ts'
import { paths } from '#web/paths.ts'
import { en } from '#web/texts/en.ts'
import { ja } from '#web/texts/ja.ts'

const texts = { ja, en } as const
/** What the rules word, in the catalogs. */
const rules = {
  ja: {
    consult: 'アドバイザリーボードに相談する',
    'board-not-asked': '高リスクの可能性がありますが、ボードに資料を提出していません',
    'board-not-advised': '高リスクの可能性がありますが、ボードの助言をまだ受けていません',
    'contract-high': '高リスクの可能性があるものの契約で、契約チェックシートが合意されていません',
    'sheet-high': '高リスクの可能性があるものの調達で、調達チェックシートが終わっていません',
    'system-rule-high': '高リスクの可能性がありますが、システムの利活用ルールが採択されていません',
    'contact-high': '高リスクの可能性がありますが、連絡先が決まっていません',
    'verification-high': '高リスクの可能性がありますが、検証の計画がありません',
    'conditions-block': 'この段階までに満たすこととされた条件が終わっていません',
    proceed: '進めてよい',
  },
  en: {
    consult: 'Consult the Advisory Board',
    'board-not-asked': 'It is possibly high-risk, and the dossier has not been submitted to the Board',
    'board-not-advised': 'It is possibly high-risk, and the Board has not advised yet',
    'contract-high': 'It is possibly high-risk, and the Contract Check Sheet is not agreed',
    'sheet-high': 'It is possibly high-risk, and the Procurement Check Sheet is not complete',
    'system-rule-high': "It is possibly high-risk, and the User's Rule of the system is not adopted",
    'contact-high': 'It is possibly high-risk, and no contact is named',
    'verification-high': 'It is possibly high-risk, and verification is not planned',
    'conditions-block': 'A condition that was to be met by this stage is not met',
    proceed: 'May proceed',
  },
} as const

type Sheet = {
  sheet: {
    id: string
    version: number
    state: string
    items: {
      item: string
      sheet: string
      included: boolean | null
      proposal: { says: string }
      requirement: string
      clause: { text: string; state: string }
      preset: { title: { ja: string; en: string } }
      version: number
    }[]
  }
}
type Own = { items: { item: string; version: number }[] }
type Comparison = {
  procurement: { version: number }
  bidders: { id: string; label: string }[]
  items: {
    item: string
    cells: { bidderId: string; answer: { fulfils: string | null } | null; evaluation: { version: number } | null }[]
  }[]
}

const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' })
const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Tokyo' })
const isSecond = (item: string) => item === 'p-02'
/** Places that wait to be filled in are filled with what the guide proposes. */
const filled = (text: string) => text.replaceAll(/[【】[\]]/g, '')

let browser: Browser
beforeAll(async () => void (browser = await openBrowser()))
afterAll(() => browser.close())

describe.each(['ja', 'en'] as const)('from verdict to paper, in %s', (language) => {
  const t: typeof ja = texts[language]
  const say = rules[language]
  const stage = t.fields.codes.stage
  const name = '給付の申請案内に答える対話AI'
  let server: Running
  let journey: Journey
  let systemId = ''
  let useId = ''
  let caseId = ''
  let procurementId = ''
  let ministryRuleId = ''
  let systemRuleId = ''

  beforeAll(async () => {
    server = await startServer()
    journey = await beginJourney(browser, server.address, language)
  })
  afterAll(async () => {
    await journey.context.close()
    await server.stop()
  })
  const systemOf = () => journey.send<{ version: number }>('GET', `/systems/${systemId}`)
  const sheetOf = async () => (await journey.send<Sheet>('GET', `/procurements/${procurementId}`)).sheet
  const panel = () => journey.page.locator('#next-step')

  async function register(system: string, purpose: string): Promise<void> {
    await journey.opens(paths.registerNew())
    await journey.fill(t.fields.labels.name, system)
    await journey.fill(t.fields.labels.purpose, purpose)
    await journey.choose(t.fields.labels.stage, stage.planning)
    await journey.press(t.register.form.save)
    await journey.page.waitForURL(/\/finder/, { timeout: 8000 }).catch(async () => {
      await journey.fill(t.register.similar.newBecause, '対象とする手続と相手が違うため。')
      await journey.press(t.register.form.save)
      await journey.page.waitForURL(/\/finder/)
    })
    useId = /uses\/([^/]+)\/finder/.exec(journey.page.url())![1]!
    const { items } = await journey.send<{ items: { systemId: string; name: string }[] }>(
      'GET',
      `/uses?q=${encodeURIComponent(system)}`,
    )
    systemId = items.find((row) => row.name === system)!.systemId
  }
  async function weigh(answers: Record<string, number>): Promise<void> {
    for (const [question, option] of Object.entries(answers))
      await journey.page.locator(`#q-${question}`).getByRole('radio').nth(option).press('Space')
  }
  /** Takes the step that the page of the system shows. */
  async function step(to: keyof typeof stage): Promise<void> {
    await journey.opens(paths.system(systemId))
    await journey.press(t.register.system.next.step(stage[to]), panel())
    await journey.sees(t.register.system.next.done(stage[to]), panel())
  }
  /** That the next step names what is missing and cannot be taken. */
  async function isHeldUp(by: readonly (keyof typeof say)[], to: keyof typeof stage): Promise<void> {
    await journey.opens(paths.system(systemId))
    for (const one of by) await journey.sees(say[one], panel())
    const button = panel().getByRole('button', { name: t.register.system.next.step(stage[to]), exact: true })
    expect(await button.getAttribute('aria-disabled')).toBe('true')
  }
  const declares = (member: ActorName) => async (choice: string) => {
    await journey.enter(member)
    await journey.opens(paths.boardCase(caseId))
    // Before it is declared nothing of the dossier is there.
    expect(await journey.page.getByRole('heading', { name: t.docket.dossier.title }).count()).toBe(0)
    await journey.radio(choice)
  }
  async function writesOpinion(text: string): Promise<void> {
    await journey.heading(t.docket.dossier.title)
    await journey.press(t.docket.opinions.write)
    await journey.fill(t.docket.opinions.text, text)
    await journey.press(t.docket.opinions.send)
    await journey.sees(text)
  }

  describe('the whole way of a high-risk system', () => {
    it('is registered and weighed: the Board is to be consulted', async () => {
      await journey.enter('planner')
      await register(name, '申請する人の質問に答え、要る書類と期限を案内する。相談の内容に個人情報が含まれる。')
      await journey.send(
        'PATCH',
        `/systems/${systemId}`,
        { facts: { 'service-kind': { value: 'ai-platform-own-application' } } },
        (await systemOf()).version,
      )
      await journey.opens(paths.useFinder(useId))
      await weigh({
        'text-generative': 0,
        'sensitive-field': 0,
        'special-secret': 0,
        'users-kind': 2,
        'error-harm': 2,
        'confidential-in-training': 0,
        'personal-in-training': 1,
        'human-judgement': 1,
      })
      await journey.page.locator('#verdict').getByText(say.consult).first().waitFor()
      await journey.press(t.finder.save.save)
      await journey.heading(new RegExp(t.finder.save.saved('')))
      await isHeldUp(['board-not-asked'], 'procurement')
      await expectAccessible(journey.page, `system, held up ${language}`)
    })

    it('goes to the Board with a dossier that is frozen when the CAIO submits it', async () => {
      await journey.press(t.docket.system.prepare)
      await journey.page.waitForURL(/\/board\/cases\//)
      caseId = journey.page.url().split('/').at(-1)!
      const said = {
        content: '窓口と電話の前に、申請の準備を助ける。',
        verdict: '誤った案内が申請の遅れにつながりうる。',
        mitigation: '受給の可否は答えない。分からないときは窓口を案内する。',
        quality: '公開の前に想定の質問500件で確かめ、公開の後は週に100件を確かめる。',
        'supply-chain': '事業者は調達で決まる。学習データの出所は求める。',
      } as const
      for (const [n, part] of (Object.keys(said) as (keyof typeof said)[]).entries()) {
        const form = journey.section(`${n + 1} ${t.docket.parts[part]}`)
        await form.getByRole('textbox').first().fill(said[part])
        await journey.press(t.docket.draft.saveOf(t.docket.parts[part]), form)
        await form.getByText(t.docket.draft.unsaved).waitFor({ state: 'detached' })
      }
      await expectAccessible(journey.page, `dossier ${language}`)
      await journey.enter('caio')
      await journey.opens(paths.boardCase(caseId))
      await journey.press(t.docket.draft.submit)
      await journey.confirm(t.docket.draft.submit)
      await journey.heading(t.docket.dossier.title)
    })

    it('is put on a meeting by the secretariat', async () => {
      await journey.enter('secretariat')
      await journey.opens(paths.boardCase(caseId))
      await journey.choose(t.docket.case.changeMeeting, /7/)
      await journey.press(t.docket.case.schedule)
      await journey.page.getByRole('button', { name: t.docket.case.takeOff }).waitFor()
    })

    it('is deliberated by those who declared, and closed to the one who is recused', async () => {
      await declares('chair')(t.docket.declare.none)
      await journey.press(t.docket.declare.send)
      await writesOpinion('案内の根拠となる通知の版を、答えに示すこと。')
      await expectAccessible(journey.page, `case ${language}`)
      await declares('memberE')(t.docket.declare.none)
      await journey.press(t.docket.declare.send)
      await writesOpinion('日本語が得意でない人の質問でも、正しさを測ること。')
      await declares('memberD')(t.docket.declare.some)
      await journey.fill(t.docket.declare.what, '応札を予定する事業者の顧問をしている。')
      await journey.press(t.docket.declare.send)
      await journey.heading(t.docket.recused.title)
      await journey.opens(paths.boardCase(caseId))
      await journey.heading(t.docket.recused.title)
      const shown = await journey.page.locator('main').innerText()
      expect(shown).not.toContain('根拠となる通知の版')
      expect(shown).not.toContain('想定の質問500件')
      const refused = await journey.context.request.get(`${server.address}/api/v1/board/cases/${caseId}/file`)
      expect(refused.status()).toBe(403)
    })

    it('is advised on with one condition, once everybody has declared', async () => {
      await journey.enter('chair')
      await journey.opens(paths.boardCase(caseId))
      await journey.press(t.advice.editText)
      await journey.fill(t.advice.textJa, '次の条件を満たすことを前提に、進めることが適当です。')
      await journey.press(t.advice.saveText)
      await journey.press(t.advice.add)
      await journey.fill(t.advice.form.ja, '答えに示す根拠が正しいことを、公開の前に100件で確かめる')
      await journey.fill(t.advice.form.evidence, '試験の報告書')
      await journey.press(t.advice.form.save)
      await journey.page.getByRole('button', { name: t.advice.editOf('1') }).waitFor()
      await journey.sees(t.advice.adopt.not)
      await expectAccessible(journey.page, `draft of advice ${language}`)
      for (const member of ['memberB', 'memberC', 'memberF'] as const) {
        await journey.enter(member)
        await journey.send('POST', `/board/cases/${caseId}/declarations`, { type: 'no-interest' })
      }
      await journey.enter('chair')
      await journey.opens(paths.boardCase(caseId))
      await journey.press(t.advice.adopt.deed)
      await journey.confirm(t.advice.adopt.deed)
      await journey.sees(t.docket.states.advised)
    })

    it('moves to procurement', async () => {
      await journey.enter('planner')
      await step('procurement')
      await isHeldUp(['sheet-high', 'contract-high'], 'build-test')
    })

    it('has its check sheet filled from the proposals, and a specification annex that opens', async () => {
      await journey.opens(paths.procurements())
      await journey.press(t.procurement.list.openOf(name))
      await journey.page.waitForURL(/\/procurement\/[0-9a-f-]{30,}/)
      procurementId = new URL(journey.page.url()).pathname.split('/').at(-1)!
      await journey.press(new RegExp(t.procurement.decide.acceptAll('#').split('#')[0]!))
      await journey.page.getByRole('status').or(journey.page.locator('[aria-live]')).first().waitFor()
      await journey.page.getByRole('heading', { name: t.procurement.decide.acceptTitle }).waitFor({ state: 'detached' })
      await expectAccessible(journey.page, `sheet ${language}`)
      const base = `/procurements/${procurementId}/items`
      for (const one of (await sheetOf()).items.filter(({ included }) => included === null))
        await journey.send('PUT', `${base}/${one.item}/decision`, { included: true }, one.version)
      const { items } = await sheetOf()
      for (const one of items.filter(({ included }) => included === true))
        await journey.send(
          'PATCH',
          `${base}/${one.item}`,
          { requirement: filled(one.requirement), clauseText: filled(one.clause.text) },
          one.version,
        )
      await journey.opens(paths.procurement(procurementId))
      const text = await textOfWord(await journey.download(t.documents.specificationWord))
      const asked = (await sheetOf()).items.filter((one) => one.sheet === 'procurement-check' && one.included)
      expect(asked.length).toBeGreaterThan(10)
      for (const one of asked) expect(text).toContain(one.preset.title[language])
    })

    it('is tendered to three suppliers, of whom one answers by the link on the screen', async () => {
      await journey.opens(paths.procurementComparison(procurementId))
      await journey.press(t.tenders.compare.invite)
      const supplier = journey.page.getByRole('combobox', { name: new RegExp(t.tenders.compare.supplier) }).first()
      await supplier.fill('青葉言語')
      await journey.page.getByRole('option', { name: /青葉言語研究所/ }).click()
      await journey.fill(t.tenders.compare.contactName, '青木 望')
      await journey.fill(t.tenders.compare.contactMail, 'aoki@aoba-lang.example')
      const [year, month, day] = inDays(30).split('-')
      const deadline = journey.page.getByRole('group', { name: new RegExp(`^${escaped(t.tenders.compare.deadline)}`) })
      await deadline.getByRole('textbox').nth(0).fill(year!)
      await deadline.getByRole('textbox').nth(1).fill(month!)
      await deadline.getByRole('textbox').nth(2).fill(day!)
      await expectAccessible(journey.page, `invitation ${language}`)
      await journey.page.locator('form').getByRole('button', { name: t.tenders.compare.invite, exact: true }).click()
      await journey.heading(t.tenders.compare.link)
      const link = await journey.page.locator('main code').first().innerText()
      await answersOnScreen(link)
      for (const [label, q] of [
        ['B社', '北斗'],
        ['C社', '源流システムズ'],
      ] as const) {
        const { items: suppliers } = await journey.send<{ items: { id: string; name: string }[] }>(
          'GET',
          `/suppliers?q=${encodeURIComponent(q)}`,
        )
        const { link: made } = await journey.send<{ link: string }>('POST', `/procurements/${procurementId}/bidders`, {
          supplierId: suppliers[0]!.id,
          label,
          contact: { name: '担当', mail: `${label === 'B社' ? 'b' : 'c'}@supplier.example` },
          deadline: `${inDays(30)}T17:00:00+09:00`,
          way: 'shown',
        })
        await answersOverHttp(made, label === 'B社' ? 'partly' : 'yes')
      }
    })

    async function answersOnScreen(link: string): Promise<void> {
      const bidder = await beginJourney(browser, server.address, language)
      try {
        await bidder.page.goto(link)
        await bidder.press(t.tenders.enter.press)
        await bidder.page.waitForURL(/\/tenders\/[0-9a-f-]{30,}/)
        const id = bidder.page.url().split('/').at(-1)!
        await bidder.page.getByRole('button', { name: t.tenders.item.save }).first().waitFor()
        const first = bidder.page
          .locator('main section')
          .filter({ has: bidder.page.getByRole('button', { name: t.tenders.item.save }) })
          .first()
        await bidder.radio(t.tenders.item.choices.yes, first)
        await bidder.fill(t.tenders.item.text, '手順書と試験の結果を付けて満たします。', first)
        await bidder.press(t.tenders.item.save, first)
        await bidder.page.getByText(t.tenders.item.choices.yes).first().waitFor()
        await expectAccessible(bidder.page, `tender ${language}`)
        await expect
          .poll(async () => (await bidder.send<Own>('GET', `/tenders/${id}`)).items.some(({ version }) => version > 1))
          .toBe(true)
        const { items } = await bidder.send<Own>('GET', `/tenders/${id}`)
        for (const { item, version } of items.filter((one) => one.version === 1))
          await bidder.send(
            'PUT',
            `/tenders/${id}/answers/${item}`,
            { fulfils: 'yes', text: '要件のとおり対応します。' },
            version,
          )
        await bidder.opens(paths.tender(id))
        await bidder.press(t.tenders.handIn.deed)
        await bidder.confirm(t.tenders.handIn.deed)
        await bidder.sees(t.tenders.handIn.done('1'))
        // What others answered, and the page of the comparison, are not for a bidder.
        const closed = await bidder.context.request.get(
          `${server.address}/api/v1/procurements/${procurementId}/comparison`,
        )
        expect([403, 404]).toContain(closed.status())
        expect([bidder.foreign, bidder.errors]).toEqual([[], []])
      } finally {
        await bidder.context.close()
      }
    }

    async function answersOverHttp(link: string, second: 'yes' | 'partly'): Promise<void> {
      const bidder = await beginJourney(browser, server.address, language)
      try {
        const token = new URL(link).hash.slice(1)
        const { tender } = await bidder.send<{ tender: string }>('POST', '/tenders/enter', { token })
        const { items } = await bidder.send<Own>('GET', `/tenders/${tender}`)
        for (const { item, version } of items)
          await bidder.send(
            'PUT',
            `/tenders/${tender}/answers/${item}`,
            { fulfils: isSecond(item) ? second : 'yes', text: '標準の機能で満たします。' },
            version,
          )
        await bidder.send('POST', `/tenders/${tender}/hand-in`, { sending: 1 })
      } finally {
        await bidder.context.close()
      }
    }

    it('has the three compared and evaluated, and one awarded', async () => {
      await journey.send(
        'POST',
        `/procurements/${procurementId}/state`,
        { to: 'evaluating' },
        (await sheetOf()).version,
      )
      await journey.opens(paths.procurementComparison(procurementId))
      const asked = await journey.send<Comparison>('GET', `/procurements/${procurementId}/comparison`)
      expect(asked.bidders).toHaveLength(3)
      const table = journey.page.getByRole('table').last()
      for (const { label } of asked.bidders) await table.getByText(label).first().waitFor()
      // One on the screen, the others as they say.
      const chosen = asked.bidders[0]!
      await table.locator('tbody button').first().click()
      await journey.radio(t.tenders.compare.marks.meets, journey.page.locator('form').last())
      await journey.press(t.tenders.compare.evaluate)
      await journey.page.getByText(t.tenders.compare.evaluated('', '').slice(0, 1)).first().waitFor()
      await expectAccessible(journey.page, `comparison ${language}`)
      await expect
        .poll(async () => {
          const now = await journey.send<Comparison>('GET', `/procurements/${procurementId}/comparison`)
          return now.items.flatMap(({ cells }) => cells).filter(({ evaluation }) => evaluation !== null).length
        })
        .toBe(1)
      const now = await journey.send<Comparison>('GET', `/procurements/${procurementId}/comparison`)
      for (const { item, cells } of now.items)
        for (const { bidderId, answer, evaluation } of cells)
          if (evaluation === null)
            await journey.send(
              'PUT',
              `/procurements/${procurementId}/evaluations/${bidderId}/${item}`,
              answer?.fulfils === 'yes' ? { mark: 'meets', reason: '' } : { mark: 'partly', reason: '一部だけ満たす' },
              0,
            )
      await journey.opens(paths.procurementComparison(procurementId))
      await journey.radio(chosen.label)
      await journey.fill(t.tenders.compare.award.reason, '満たさない項目がないため。')
      await journey.press(t.tenders.compare.award.deed)
      await journey.confirm(t.tenders.compare.award.deed)
      await journey.heading(new RegExp(escaped(t.tenders.compare.award.done(chosen.label))))
    })

    it('has every clause agreed, and a contract annex that opens', async () => {
      await journey.enter('planner')
      expect((await sheetOf()).state).toBe('contracted')
      for (const one of (await sheetOf()).items.filter(({ included }) => included === true))
        await journey.send(
          'PATCH',
          `/procurements/${procurementId}/items/${one.item}`,
          { clauseNumber: '第12条', clauseState: 'agreed', agreedOn: today },
          one.version,
        )
      await journey.opens(paths.procurementDocuments(procurementId))
      await expectAccessible(journey.page, `documents ${language}`)
      const { name: annex } = t.documents.kinds['contract-annex']
      const text = await textOfWord(await journey.download(`${annex} ${t.documents.word}`))
      const agreed = (await sheetOf()).items.filter((one) => one.included && one.clause.state === 'agreed')
      expect(agreed.length).toBeGreaterThan(10)
      for (const one of agreed) expect(text).toContain(one.preset.title[language])
      const record = await textOfWord(
        await journey.download(`${t.documents.kinds['evaluation-record'].name} ${t.documents.word}`),
      )
      expect(record).toContain('満たさない項目がないため。')
      await step('build-test')
      await isHeldUp(['conditions-block', 'system-rule-high', 'contact-high', 'verification-high'], 'operation')
    })

    it('is used under a rule of the ministry, written anew, reviewed and adopted by the CAIO', async () => {
      await journey.enter('office')
      const { rules: all } = await journey.send<{
        rules: { id: string; level: string; organisation: { name: { ja: string } } }[]
      }>('GET', '/user-rules')
      ministryRuleId = all.find((rule) => rule.level === 'ministry' && rule.organisation.name.ja === 'みどり庁')!.id
      await journey.opens(paths.userRule(ministryRuleId))
      await journey.press(t.userRules.rule.next)
      await journey.page.waitForURL(/version=\d/)
      await journey.press(t.userRules.clause.edit)
      const [inJa, inEn] = [
        '生成AIの回答は、根拠の通知を確かめてから使う。',
        'Check the notice an answer rests on before you use it.',
      ]
      await journey.fill(t.userRules.clause.text, inJa)
      await journey.fill(t.userRules.clause.textOther, inEn)
      await journey.press(t.userRules.clause.save)
      await journey.press(t.userRules.clause.confirm)
      await journey.page.getByRole('button', { name: t.userRules.clause.confirm }).waitFor({ state: 'detached' })
      await adopts('ministry-rules', { by: 'caio', writer: 'office', ruleId: ministryRuleId })
    })

    it('has a rule of its own, adopted by the planner', async () => {
      await journey.enter('planner')
      await journey.opens(paths.system(systemId))
      await journey.press(new RegExp(escaped(t.stages.places['system-ruleNew'])), panel())
      await journey.press(t.userRules.list.begin)
      await journey.page.waitForURL(/user-rules\/[0-9a-f-]{30,}/)
      systemRuleId = new URL(journey.page.url()).pathname.split('/').at(-1)!
      await adopts('system-rules', { by: 'planner', writer: 'planner', ruleId: systemRuleId })
    })

    type Detail = {
      version: {
        id: string
        version: number
        number: number
        clauses: { id: string; number: number | null; sameMeaning: unknown; version: number }[]
      }
    }
    /** Day and contact, review, and adoption on the screen. */
    async function adopts(base: string, of: { by: ActorName; writer: ActorName; ruleId: string }): Promise<void> {
      const read = async () => (await journey.send<Detail>('GET', `/user-rules/${of.ruleId}`)).version
      for (const clause of (await read()).clauses)
        if (clause.number !== null && clause.sameMeaning === null)
          await journey.send(
            'POST',
            `/${base}/versions/${(await read()).id}/clauses/${clause.id}/same-meaning`,
            undefined,
            clause.version,
          )
      const before = await read()
      await journey.send(
        'PATCH',
        `/${base}/versions/${before.id}`,
        {
          effectiveFrom: today,
          contact: {
            unit: { ja: '許可審査課', en: 'Permit Examination Division' },
            phone: '03-0000-0000',
            mail: 'rule@midori.example',
          },
        },
        before.version,
      )
      await journey.opens(paths.userRule(of.ruleId))
      await journey.press(t.userRules.deeds.review)
      await journey.page.getByRole('checkbox', { name: reviewer[language] }).first().waitFor()
      await journey.page.getByRole('checkbox', { name: reviewer[language] }).first().press('Space')
      await journey.press(t.userRules.deeds.ask(1))
      await journey.page.getByRole('button', { name: t.userRules.deeds.adopt, exact: true }).waitFor()
      await expectAccessible(journey.page, `rule under review ${language}`)
      await journey.enter('provider')
      await journey.opens(paths.userRule(of.ruleId))
      await journey.press(t.userRules.review.confirm)
      await journey.sees(new RegExp(`^${escaped(t.userRules.review.confirmed('…').split('…')[0]!)}`))
      await journey.enter(of.by)
      await journey.opens(paths.userRule(of.ruleId))
      await journey.press(t.userRules.deeds.adopt)
      await journey.confirm(t.userRules.deeds.adopt)
      await journey.page.getByRole('button', { name: t.userRules.rule.next }).waitFor()
    }

    it('has its condition reported by the ministry and settled by the Board', async () => {
      await journey.enter('planner')
      await journey.opens(paths.boardConditions({ system: systemId }))
      await journey.press(t.ui.openRow(t.advice.row('1')))
      await journey.press(t.advice.deeds.report)
      await journey.fill(t.advice.words.report, '100件で確かめ、根拠はすべて正しかった。')
      await journey.press(t.advice.deeds.report)
      await journey.sees(t.advice.done.report)
      await journey.enter('secretariat')
      await journey.opens(paths.boardConditions({ system: systemId }))
      await journey.press(t.ui.openRow(t.advice.row('1')))
      await journey.press(t.advice.deeds.settle)
      await journey.press(t.advice.deeds.settle)
      await journey.sees(t.advice.done.settle)
    })

    it('moves to operation when contact and verification are named', async () => {
      await journey.enter('planner')
      await isHeldUp(['contact-high', 'verification-high'], 'operation')
      await journey.press(new RegExp(escaped(t.stages.places.fieldOf(t.fields.labels['contact-unit']))), panel())
      await journey.page.waitForURL(/\/edit/)
      await journey.fill(t.fields.labels['contact-unit'], '許可審査課')
      await journey.page.locator('summary').filter({ hasText: t.fields.groups.effect }).click()
      await journey.fill(t.fields.labels['verification-plan'], '月ごとに100件を抜き出して確かめる。')
      await journey.press(t.register.form.saveEdit)
      await journey.page.waitForURL((url) => !url.pathname.endsWith('/edit'))
      await step('operation')
      await expectAccessible(journey.page, `system in operation ${language}`)
    })

    it('is acknowledged by a member of staff: the rule of the ministry and that of the system', async () => {
      await journey.enter('staff')
      await journey.opens(paths.usableSystems())
      await journey.press(t.staffRules.usable.beginOf(name))
      await journey.sees(t.staffRules.usable.begun(name))
      await journey.opens(paths.myRules())
      for (const ruleName of [
        t.staffRules.ofMinistry(language === 'ja' ? 'みどり庁' : 'Midori Agency'),
        t.staffRules.ofSystem(name),
      ]) {
        const rule = journey.page.locator(`section[aria-label="${ruleName}"]`)
        await rule.getByRole('checkbox').last().press('Space')
        await rule.getByRole('button', { name: deedPattern }).last().click()
        await rule.getByRole('checkbox').last().waitFor({ state: 'detached' })
      }
      await expectAccessible(journey.page, `acknowledged ${language}`)
      const mine = await journey.send<{ rules: { standing: string; due: unknown }[] }>('GET', '/my-rules')
      expect(mine.rules.map(({ standing, due }) => [standing, due])).toEqual([
        ['this', null],
        ['this', null],
      ])
    })
    const deedPattern = new RegExp(escaped(t.staffRules.acknowledgement.deed(0)).replace('0', '\\d+'))
  })

  describe('the short way of a low-risk, ready-made use', () => {
    it('is registered, weighed and in operation after a few deeds', async () => {
      const began = Date.now()
      await journey.enter('planner')
      await register('会議の案内文の下書き', '課内の会議の案内文の下書きを作る。個人情報は入れない。')
      await journey.send(
        'PATCH',
        `/systems/${systemId}`,
        { facts: { 'service-kind': { value: 'ready-made-service' }, 'contact-unit': { value: '許可審査課' } } },
        (await systemOf()).version,
      )
      await journey.opens(paths.useFinder(useId))
      await weigh({
        'text-generative': 0,
        'sensitive-field': 0,
        'special-secret': 0,
        'users-kind': 0,
        'error-harm': 0,
        'confidential-in-training': 0,
        'personal-in-training': 0,
        'human-judgement': 0,
      })
      await journey.page.locator('#verdict').getByText(t.words.verdicts.proceed).first().waitFor()
      await journey.press(t.finder.save.save)
      await journey.heading(new RegExp(t.finder.save.saved('')))
      await journey.opens(paths.system(systemId))
      // A ready-made service goes on at once: it is neither procured nor built here.
      await journey.choose(t.register.system.next.others, stage.operation)
      await journey.press(t.register.system.next.step(stage.operation), panel())
      await journey.sees(t.register.system.next.done(stage.operation), panel())
      process.stderr.write(`the short way, ${language}: ${Math.round((Date.now() - began) / 1000)} s of the machine\n`)
    })

    it('asked nothing of another machine, and no page complained', () => {
      expect([journey.foreign, journey.errors]).toEqual([[], []])
    })
  })
})

const reviewer = { ja: /基盤担当/, en: /Platform, provider/ } as const
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
