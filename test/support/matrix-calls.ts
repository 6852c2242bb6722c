import { formOf } from './evidence.ts'
import type { Ask, Call, Outcome, With } from './matrix.ts'
import type { Item } from './matrix-items.ts'

/**
 * How each route is called on an item of a given organisation: one line a route. A route without a line fails the test.
 * Calls are valid, so that only a right can keep them from being done; what they would change is rolled back.
 */

type ItemAsk = (item: Item, more: With) => Ask | Promise<Ask>
/** About a system, which may be kept to its unit or offered to others. */
const ofSystem = (ask: ItemAsk, more: Partial<Call & { kind: 'item' }> = {}): Call => ({
  kind: 'item',
  shared: true,
  ask,
  ...more,
})
/** About anything else that belongs to an organisation. */
const ofPlace = (ask: ItemAsk, more: Partial<Call & { kind: 'item' }> = {}): Call => ({
  kind: 'item',
  shared: false,
  ask,
  ...more,
})
const once = (
  ask: Ask | ((more: With) => Ask | Promise<Ask>) = {},
  more: Partial<Call & { kind: 'once' }> = {},
): Call => ({
  kind: 'once',
  ask: typeof ask === 'function' ? ask : () => ask,
  ...more,
})
const list = (ask: Ask, holds: (item: Item) => string, shared = false): Call => ({
  kind: 'list',
  shared,
  ask: () => ask,
  holds: (text, item) => text.includes(holds(item)),
})

const seen = { 'if-match': '"1"' }
const today = new Date().toISOString().slice(0, 10)
const page = { query: { limit: '100' } }
const aFile = (words: Record<string, string> = {}, content = 'ひとつ,ふたつ\r\n1,2') =>
  formOf(words, { name: 'file.csv', content })
const ds920 = { id: 'ds-920', edition: '1.0' }
const firstRow = (body: { rows: { refused?: { code: string } }[] }): Outcome =>
  body.rows[0]?.refused === undefined ? 'allowed' : 'refused'
const aWebhook = { url: 'https://hooks.example.go.jp/in', events: ['system.changed'] }
const aSystemOf = (item: Item) => ({
  organisationId: item.organisation.id,
  facts: { name: { value: '新しい仕組み' } },
  uses: [{ facts: {} }],
})

const access: Record<string, Call> = {
  'PATCH /api/v1/session': once(({ actor }) => ({ payload: { role: actor.role } }), { freshSession: true }),
  'GET /api/v1/me': once(),
  'GET /api/v1/sessions': once(),
  'DELETE /api/v1/sessions': once({}, { freshSession: true }),
  'DELETE /api/v1/sessions/:id': once(
    async ({ send }) => {
      const { sessions = [] } = (await send('GET', '/api/v1/sessions')).json<{ sessions?: { id: string }[] }>()
      return { params: { id: sessions[0]?.id ?? ds920.id } }
    },
    { freshSession: true },
  ),
  'DELETE /api/v1/persons/:id/sessions': ofPlace((item) => ({ params: { id: item.personId } })),
  'GET /api/v1/organisations': list({}, (item) => item.organisation.id),
  'POST /api/v1/organisations': ofPlace((item) => ({
    payload: { parentId: item.organisation.id, kind: 'division', name: { ja: '新しい課' } },
  })),
  'PATCH /api/v1/organisations/:id': ofPlace((item) => ({
    params: { id: item.organisation.id },
    headers: seen,
    payload: { name: { ja: '改めた課', en: '' } },
  })),
  'GET /api/v1/policies': once(),
  'GET /api/v1/persons': list(page, (item) => item.personId),
  'GET /api/v1/persons/:id': ofPlace((item) => ({ params: { id: item.personId } })),
  'GET /api/v1/colleagues': list({ query: { q: '海野' } }, (item) => item.personId),
  'POST /api/v1/persons': ofPlace((item) => ({
    payload: { organisationId: item.organisation.id, name: { ja: '新しい人' }, post: { ja: '係員' } },
  })),
  'PATCH /api/v1/persons/:id': ofPlace((item) => ({
    params: { id: item.personId },
    headers: seen,
    payload: { post: { ja: '係長' } },
  })),
  'POST /api/v1/persons/:id/disable': ofPlace((item) => ({ params: { id: item.personId } })),
  'POST /api/v1/persons/:id/enable': ofPlace((item) => ({ params: { id: item.personId } })),
  'POST /api/v1/persons/:id/erase': ofPlace((item) => ({ params: { id: item.personId }, headers: seen })),
  'POST /api/v1/persons/:id/roles': ofPlace((item) => ({
    params: { id: item.personId },
    payload: { role: 'user', organisationId: item.organisation.id },
  })),
  'POST /api/v1/roles-held/:id/end': ofPlace((item) => ({ params: { id: item.roleHeldId }, payload: { to: today } })),
  'POST /api/v1/roles-held/:id/deputies': ofPlace((item, { actor }) => ({
    params: { id: item.roleHeldId },
    payload: { personId: actor.personId || item.personId, from: today, to: today },
  })),
  'POST /api/v1/deputies/:id/end': ofPlace((item) => ({ params: { id: item.deputyId }, payload: { to: today } })),
  'GET /api/v1/tokens': once(),
  'POST /api/v1/tokens': once({ payload: { name: '試し', scopes: ['read'] } }),
  'DELETE /api/v1/tokens/:id': ofPlace((item) => ({ params: { id: item.tokenId } })),
  'GET /api/v1/organisation-tokens': list({}, (item) => item.tokenId),
}

const aUser = { userName: 'someone.new', displayName: '新しい人' }
const deactivate = { Operations: [{ op: 'replace', path: 'active', value: false }] }
const userGroup = (item: Item) => ({ id: `user:${item.organisation.id}` })
const provisioning: Record<string, Call> = {
  'GET /scim/v2/ServiceProviderConfig': once(),
  'GET /scim/v2/ResourceTypes': once(),
  'GET /scim/v2/Users': list({ query: { count: '200' } }, (item) => item.personId),
  'GET /scim/v2/Users/:id': ofPlace((item) => ({ params: { id: item.personId } })),
  'POST /scim/v2/Users': once({ payload: aUser }),
  'PUT /scim/v2/Users/:id': ofPlace((item) => ({ params: { id: item.personId }, payload: aUser })),
  'PATCH /scim/v2/Users/:id': ofPlace((item) => ({ params: { id: item.personId }, payload: deactivate })),
  'GET /scim/v2/Groups': list({ query: { count: '200' } }, (item) => item.personId),
  'GET /scim/v2/Groups/:id': ofPlace((item) => ({ params: userGroup(item) })),
  'POST /scim/v2/Groups': once({ payload: { displayName: 'user' } }, { alsoAllowed: [409] }),
  'PUT /scim/v2/Groups/:id': ofPlace((item) => ({
    params: userGroup(item),
    payload: { displayName: 'user', members: [{ value: item.personId }] },
  })),
  'PATCH /scim/v2/Groups/:id': ofPlace((item) => ({
    params: userGroup(item),
    payload: { Operations: [{ op: 'add', path: 'members', value: [{ value: item.personId }] }] },
  })),
}

const register: Record<string, Call> = {
  'GET /api/v1/uses': list(page, (item) => item.useId, true),
  'GET /api/v1/uses/count': once(),
  'POST /api/v1/similar-uses': ofSystem((item) => ({ payload: { name: item.systemName } }), {
    outcome: (body: { similar: { systemId: string }[] }, item) =>
      body.similar.some(({ systemId }) => systemId === item.systemId) ? 'allowed' : 'hidden',
  }),
  'GET /api/v1/systems': list(page, (item) => item.systemId, true),
  'GET /api/v1/systems/:id': ofSystem((item) => ({ params: { id: item.systemId } })),
  'GET /api/v1/systems/:id/history': ofSystem((item) => ({ params: { id: item.systemId } })),
  'GET /api/v1/systems/:id/origin': ofPlace((item) => ({ params: { id: item.importedSystemId } })),
  'POST /api/v1/systems': ofPlace((item) => ({ payload: aSystemOf(item) })),
  'PATCH /api/v1/systems/:id': ofSystem((item) => ({
    params: { id: item.systemId },
    headers: seen,
    payload: { facts: { 'name-en': { value: 'Summaries' } } },
  })),
  'POST /api/v1/systems/:id/uses': ofSystem((item) => ({
    params: { id: item.systemId },
    headers: seen,
    payload: { facts: { 'use-name': { value: '別の使い方' } } },
  })),
  'DELETE /api/v1/systems/:id/uses/:useId': ofSystem((item) => ({
    params: { id: item.systemId, useId: item.otherUseId },
    headers: seen,
  })),
  'POST /api/v1/systems/:id/stage': ofSystem((item) => ({
    params: { id: item.systemId },
    headers: seen,
    payload: { to: 'suspended', on: today, reason: '点検のため' },
  })),
  'GET /api/v1/suppliers': list({ query: { q: '製作所' } }, (item) => item.supplierId),
  'POST /api/v1/suppliers': once({ payload: { name: '新しい製作所' } }),
  'PATCH /api/v1/suppliers/:id': ofPlace((item) => ({
    params: { id: item.supplierId },
    headers: seen,
    payload: { nameEn: 'Works' },
  })),
  'GET /api/v1/models': list({ query: { q: 'model' } }, (item) => item.modelId),
  'POST /api/v1/models': once({ payload: { name: 'new-model' } }),
  'PATCH /api/v1/models/:id': ofPlace((item) => ({
    params: { id: item.modelId },
    headers: seen,
    payload: { tools: '検索' },
  })),
  'GET /api/v1/saved-views': once(),
  'POST /api/v1/saved-views': once({ payload: { name: '新しい見方', query: {} } }),
  'DELETE /api/v1/saved-views/:id': once(({ actor, views }) => ({
    params: { id: views[actor.role] ?? views['user']! },
  })),
  'POST /api/v1/bulk-changes/preview': ofSystem(
    (item) => ({ payload: { select: { ids: [item.useId] }, set: { tools: { value: '検索' } } } }),
    { outcome: firstRow },
  ),
  'POST /api/v1/bulk-changes': ofSystem(
    async (item, { send }) => {
      const wanted = { select: { ids: [item.useId] }, set: { tools: { value: '検索' } } }
      const { token = 'none' } = (await send('POST', '/api/v1/bulk-changes/preview', wanted)).json<{ token?: string }>()
      return { payload: { ...wanted, token } }
    },
    { outcome: (body: { changed: number }) => (body.changed > 0 ? 'allowed' : 'refused') },
  ),
  'POST /api/v1/exports/plan': once({ payload: { profile: 'register', format: 'csv' } }),
  'GET /api/v1/exports/file': list(
    { query: { profile: 'register', format: 'csv', encoding: 'utf-8' } },
    (item) => item.systemName,
    true,
  ),
}

const imports: Record<string, Call> = {
  'POST /api/v1/import-files': once(() => aFile()),
  'POST /api/v1/imports/preview': ofPlace((item) => ({
    payload: { sha256: item.sha256, fileName: 'new.csv', organisationId: item.organisation.id },
  })),
  'POST /api/v1/imports': ofPlace((item) => ({
    payload: { sha256: item.sha256, fileName: 'new.csv', organisationId: item.organisation.id },
  })),
  // None runs: it is told once the right was asked.
  'GET /api/v1/imports/:id/progress': ofPlace((item) => ({ params: { id: item.importId } })),
  'POST /api/v1/imports/:id/cancel': ofPlace((item) => ({ params: { id: item.importId } }), { alsoAllowed: [409] }),
  'POST /api/v1/imports/:id/undo': ofPlace((item) => ({ params: { id: item.importId } })),
  'GET /api/v1/imports': list({}, (item) => item.importId),
  'GET /api/v1/imports/:id': ofPlace((item) => ({ params: { id: item.importId } })),
  'GET /api/v1/imports/:id/rows': ofPlace((item) => ({ params: { id: item.importId } }), {
    outcome: (body: { items: unknown[] }) => (body.items.length > 0 ? 'allowed' : 'hidden'),
  }),
  'GET /api/v1/imports/:id/rejected.csv': ofPlace((item) => ({ params: { id: item.importId } })),
  'GET /api/v1/imports/:id/original': ofPlace((item) => ({ params: { id: item.importId } })),
  'GET /api/v1/column-maps': list({}, (item) => item.mapId),
  'POST /api/v1/column-maps': once(async ({ send }) => {
    const { items = [] } = (await send('GET', '/api/v1/column-maps')).json<{ items?: { map: unknown }[] }>()
    return { payload: { name: '新しい対応表', map: items[0]?.map ?? {} } }
  }),
  'DELETE /api/v1/column-maps/:id': ofPlace((item) => ({ params: { id: item.mapId } })),
}

const judging: Record<string, Call> = {
  'GET /api/v1/catalogs': once(),
  'GET /api/v1/catalogs/:id/:edition': once({ params: ds920 }),
  'GET /api/v1/catalogs/:id/:edition/diff/:other': once({ params: { ...ds920, other: ds920.edition } }),
  'GET /api/v1/uses/:id/finder': ofSystem((item) => ({ params: { id: item.useId } })),
  'PUT /api/v1/uses/:id/finder/draft': ofSystem((item) => ({ params: { id: item.useId }, payload: { answers: {} } })),
  'POST /api/v1/uses/:id/assessments': ofSystem((item) => ({
    params: { id: item.useId },
    payload: { answers: {}, catalog: ds920.id, edition: ds920.edition },
  })),
  'POST /api/v1/assessments/:id/judgement': ofSystem((item) => ({
    params: { id: item.assessmentId },
    payload: { verdict: 'proceed', reason: '職員がすべて確かめる。' },
  })),
  'POST /api/v1/finder/evaluate': once({ payload: { answers: { 'text-generative': 'no' } } }),
  'POST /api/v1/finder/rejudge': ofPlace((item) => ({
    payload: { catalog: ds920.id, edition: ds920.edition, organisationId: item.organisation.id, record: true },
  })),
  'GET /api/v1/finder/stale': once(),
  'GET /api/v1/overview': ofPlace((item) => ({ query: { organisation: item.organisation.id } }), {
    outcome: (body: { systems: number }) => (body.systems > 0 ? 'allowed' : 'hidden'),
  }),
  'GET /api/v1/navigation-counts': once(),
  'GET /api/v1/demo': once(),
  'DELETE /api/v1/demo': once(),
}

const keeping: Record<string, Call> = {
  'GET /api/v1/legal-holds': list({}, (item) => item.holdId),
  'POST /api/v1/legal-holds': ofPlace((item) => ({
    payload: { itemKind: 'system', itemId: item.importedSystemId, because: '訴訟に備える。' },
  })),
  'POST /api/v1/legal-holds/:id/lift': ofPlace((item) => ({
    params: { id: item.holdId },
    payload: { because: '終わった。' },
  })),
  'GET /api/v1/evidence': ofSystem((item) => ({ query: { itemKind: 'system', itemId: item.systemId } }), {
    outcome: (body: { items: unknown[] }) => (body.items.length > 0 ? 'allowed' : 'hidden'),
  }),
  'POST /api/v1/evidence': ofSystem((item) =>
    aFile({ itemKind: 'system', itemId: item.systemId, title: '結果', classification: 'confidentiality-1' }),
  ),
  'GET /api/v1/evidence/:id/content': ofSystem((item) => ({ params: { id: item.evidenceId } })),
  'POST /api/v1/evidence/:id/proof': ofSystem((item) => ({ params: { id: item.evidenceId } })),
  'POST /api/v1/evidence/:id/withdraw': ofSystem((item) => ({
    params: { id: item.evidenceId },
    payload: { because: '別の版がある。' },
  })),
}

const notices: Record<string, Call> = {
  'GET /api/v1/notifications': once(),
  'GET /api/v1/notifications/unread': once(),
  'POST /api/v1/notifications/read': once({ payload: {} }),
  'GET /api/v1/notification-choices': once(),
  'PATCH /api/v1/notification-choices': once({ payload: { language: 'en' } }),
  'GET /api/v1/jobs': list({}, (item) => item.deadJobId),
  'POST /api/v1/jobs/:id/retry': ofPlace((item) => ({ params: { id: item.deadJobId } })),
  'POST /api/v1/jobs/:id/discard': ofPlace((item) => ({ params: { id: item.deadJobId } })),
  'GET /api/v1/webhooks': list({}, (item) => item.webhookId),
  'GET /api/v1/webhooks/:id/deliveries': ofPlace((item) => ({ params: { id: item.webhookId } })),
  'POST /api/v1/webhooks': ofPlace((item) => ({ payload: { ...aWebhook, organisationId: item.organisation.id } })),
  'PATCH /api/v1/webhooks/:id': ofPlace((item) => ({
    params: { id: item.webhookId },
    headers: seen,
    payload: { state: 'paused' },
  })),
  'DELETE /api/v1/webhooks/:id': ofPlace((item) => ({ params: { id: item.webhookId } })),
  'POST /api/v1/webhooks/:id/secret': ofPlace((item) => ({ params: { id: item.webhookId } })),
  'POST /api/v1/webhooks/:id/test': ofPlace((item) => ({ params: { id: item.webhookId } })),
}

const audit: Record<string, Call> = {
  'GET /api/v1/log/verifications': once(),
  'GET /api/v1/log/verifications/:id': once(async ({ send }) => {
    const { verifications = [] } = (await send('GET', '/api/v1/log/verifications')).json<{
      verifications?: { id: string }[]
    }>()
    return { params: { id: verifications[0]?.id ?? '00000000-0000-7000-8000-000000000000' } }
  }),
  'POST /api/v1/log/verifications': once({ payload: {} }, { stays: true, alsoAllowed: [409] }),
  'GET /api/v1/log': list(page, (item) => item.systemId),
  'GET /api/v1/log/state': once(),
  // Nothing is signed here: what is found first is that the right is there.
  'GET /log/tile/entries/*': once({ params: { '*': '000' } }, { alsoAllowed: [404] }),
  'GET /api/v1/log/proof/inclusion': ofSystem((item) => ({ query: { kind: 'assessment', row: item.assessmentId } }), {
    alsoAllowed: [409],
  }),
}

const aQuestion = { subject: '保存期間', question: '何日ですか。' }
const desk: Record<string, Call> = {
  'GET /api/v1/consultations': list({}, (item) => item.questionId),
  'GET /api/v1/consultations/:id': ofPlace((item) => ({ params: { id: item.questionId } })),
  'GET /api/v1/desk-people': once(),
  'POST /api/v1/consultations': once({ payload: aQuestion }),
  'PATCH /api/v1/consultations/:id': ofPlace((item) => ({
    params: { id: item.draftQuestionId },
    headers: seen,
    payload: aQuestion,
  })),
  'DELETE /api/v1/consultations/:id': ofPlace((item) => ({ params: { id: item.draftQuestionId }, headers: seen })),
  'POST /api/v1/consultations/:id/send': ofPlace((item) => ({ params: { id: item.draftQuestionId }, headers: seen })),
  'POST /api/v1/consultations/:id/read': ofPlace((item) => ({ params: { id: item.answeredQuestionId } })),
  'POST /api/v1/consultations/:id/follow-up': ofPlace((item) => ({
    params: { id: item.answeredQuestionId },
    headers: seen,
    payload: { text: '添付もですか。' },
  })),
  'POST /api/v1/consultations/:id/withdraw': ofPlace((item) => ({
    params: { id: item.questionId },
    headers: seen,
    payload: { because: '要らなくなりました。' },
  })),
  'POST /api/v1/consultations/:id/settle': ofPlace((item) => ({
    params: { id: item.answeredQuestionId },
    headers: seen,
  })),
  'POST /api/v1/consultations/:id/take': ofPlace((item) => ({ params: { id: item.questionId }, headers: seen })),
  'POST /api/v1/consultations/:id/hand-over': ofPlace((item, { actor }) => ({
    params: { id: item.takenQuestionId },
    headers: seen,
    payload: { to: actor.personId || item.personId, note: '引き継ぎます。' },
  })),
  'POST /api/v1/consultations/:id/answer': ofPlace((item) => ({
    params: { id: item.takenQuestionId },
    headers: seen,
    payload: { text: '30日です。' },
  })),
  'POST /api/v1/consultations/:id/deadline': ofPlace((item) => ({
    params: { id: item.takenQuestionId },
    headers: seen,
    payload: { on: '2099-02-01', note: '確かめています。' },
  })),
  'POST /api/v1/consultations/:id/close': ofPlace((item) => ({
    params: { id: item.answeredQuestionId },
    headers: seen,
  })),
  'GET /api/v1/consultations/:id/publication': ofPlace((item) => ({ params: { id: item.answeredQuestionId } })),
  'PUT /api/v1/consultations/:id/publication': ofPlace((item) => ({
    params: { id: item.answeredQuestionId },
    headers: seen,
    payload: { title: '保存期間', question: '何日ですか。', answer: '30日です。', items: [], confirmed: [] },
  })),
  'POST /api/v1/consultations/:id/publish': ofPlace((item) => ({
    params: { id: item.answeredQuestionId },
    headers: seen,
  })),
  'GET /api/v1/collection': once(),
  'GET /api/v1/collection/:id': once(async ({ send }) => firstEntry(await send('GET', '/api/v1/collection'))),
  'POST /api/v1/collection/:id/withdraw': once(async ({ send }) => ({
    ...firstEntry(await send('GET', '/api/v1/collection')),
    payload: { because: '古くなりました。' },
  })),
  'POST /api/v1/similar-answers': once({ payload: { text: '入力の保存期間' } }),
}
const firstEntry = (answer: { json: <T>() => T }) => {
  const { items = [] } = answer.json<{ items?: { id: string }[] }>()
  return { params: { id: items[0]?.id ?? '00000000-0000-7000-8000-000000000000' } }
}

const reports: Record<string, Call> = {
  'GET /api/v1/reports': list({}, (item) => item.submittedReportId),
  'GET /api/v1/reports/:id': ofPlace((item) => ({ params: { id: item.submittedReportId } })),
  'GET /api/v1/reports/:id/figures-now': ofPlace((item) => ({ params: { id: item.draftReportId } })),
  'GET /api/v1/reports/:id/file': ofPlace((item) => ({ params: { id: item.submittedReportId } })),
  'POST /api/v1/reports/:id/read': ofPlace((item) => ({ params: { id: item.submittedReportId } })),
  'POST /api/v1/reports': ofPlace((item) => ({
    payload: { organisationId: item.organisation.id, period: item.reportPeriod },
  })),
  'PATCH /api/v1/reports/:id': ofPlace((item) => ({
    params: { id: item.draftReportId },
    headers: seen,
    payload: { texts: { overview: '概要' }, riskCases: null },
  })),
  'POST /api/v1/reports/:id/recompute': ofPlace((item) => ({ params: { id: item.draftReportId }, headers: seen })),
  'POST /api/v1/reports/:id/check': ofPlace((item) => ({ params: { id: item.draftReportId }, headers: seen })),
  'POST /api/v1/reports/:id/send-back': ofPlace((item) => ({
    params: { id: item.checkedReportId },
    headers: seen,
    payload: { note: '概要がありません。' },
  })),
  'POST /api/v1/reports/:id/submit': ofPlace((item) => ({ params: { id: item.checkedReportId }, headers: seen })),
}

const aCheckQuestion = {
  question: { ja: 'どうしますか。', en: 'What do you do?' },
  choices: [
    { ja: '入れる', en: 'Enter it' },
    { ja: '入れない', en: 'Do not enter it' },
  ],
  answer: 1,
  explanation: { ja: '入れません。', en: 'It is not entered.' },
  clause: 'u-06',
}
const acknowledging: Record<string, Call> = {
  'GET /api/v1/my-rules': list({}, (item) => item.ruleId),
  'POST /api/v1/rule-versions/:id/acknowledgement': ofPlace(
    (item) => ({ params: { id: item.ruleVersionId }, payload: { digest: item.ruleDigest, read: true } }),
    // The right and whom the rule concerns are asked first; a check question is still to be answered.
    { alsoAllowed: [409] },
  ),
  'POST /api/v1/check-questions/:id/answer': ofPlace((item) => ({
    params: { id: item.checkQuestionId },
    payload: { choice: 1 },
  })),
  'GET /api/v1/usable-systems': once(),
  'PUT /api/v1/usable-systems/:id/use': ofSystem((item) => ({ params: { id: item.systemId } }), { alsoAllowed: [409] }),
  'DELETE /api/v1/usable-systems/:id/use': ofSystem((item) => ({ params: { id: item.systemId } })),
  'GET /api/v1/acknowledgements/rules': list({}, (item) => item.ruleId),
  'GET /api/v1/acknowledgements': ofPlace((item) => ({ query: { rule: item.ruleId } })),
  'GET /api/v1/acknowledgements/people': ofPlace((item) => ({ query: { rule: item.ruleId } })),
  'GET /api/v1/acknowledgements/people.csv': ofPlace((item) => ({ query: { rule: item.ruleId } })),
  'POST /api/v1/acknowledgements/reminders': ofPlace((item) => ({
    payload: { rule: item.ruleId, organisation: item.organisation.id },
  })),
  'GET /api/v1/rule-versions/:id/check-questions': ofPlace((item) => ({ params: { id: item.draftVersionId } })),
  'PUT /api/v1/rule-versions/:id/check-questions': ofPlace((item) => ({
    params: { id: item.draftVersionId },
    headers: { 'if-match': '"0"' },
    payload: { questions: [aCheckQuestion] },
  })),
}

const ofItem = (item: Item, name = 'p-04') => ({ params: { id: item.procurementId, item: name }, headers: seen })
const ofOpened = (item: Item, name = 'p-04') => ({
  params: { id: item.openedProcurementId, item: name },
  headers: seen,
})
const aProof = { kind: 'evidence', what: '訓練の記録', responsible: '総務課', stage: 'operation' }
const sheets: Record<string, Call> = {
  'GET /api/v1/procurements': list({}, (item) => item.procurementId),
  // Each system of the matrix has one already: who may open one is told so.
  'POST /api/v1/procurements': ofPlace((item) => ({ payload: { systemId: item.systemId } }), { alsoAllowed: [409] }),
  'GET /api/v1/procurements/:id': ofPlace((item) => ({ params: { id: item.procurementId } })),
  'PUT /api/v1/procurements/:id/items/:item/decision': ofPlace((item) => ({
    ...ofOpened(item, 'p-05'),
    payload: { included: false, reason: '研修で行うため' },
  })),
  'PATCH /api/v1/procurements/:id/items/:item': ofPlace((item) => ({
    ...ofOpened(item),
    payload: { requirement: '手順を定めること。' },
  })),
  'POST /api/v1/procurements/:id/accept': ofPlace((item) => ({ params: { id: item.openedProcurementId } })),
  'POST /api/v1/procurements/:id/renew': ofPlace((item) => ({ params: { id: item.openedProcurementId } })),
  'POST /api/v1/procurements/:id/state': ofPlace((item) => ({
    params: { id: item.openedProcurementId },
    headers: seen,
    payload: { to: 'closed', reason: '中止したため' },
  })),
  'POST /api/v1/procurements/:id/items/:item/proofs': ofPlace((item) => ({ ...ofItem(item), payload: aProof })),
  'PUT /api/v1/procurements/:id/items/:item/proofs/:proofId': ofPlace((item) => ({
    ...ofItem(item),
    params: { ...ofItem(item).params, proofId: item.proofId },
    payload: aProof,
  })),
  'DELETE /api/v1/procurements/:id/items/:item/proofs/:proofId': ofPlace((item) => ({
    ...ofItem(item),
    params: { ...ofItem(item).params, proofId: item.proofId },
  })),
}

/** What is done to a clause of a draft; of one under review it comes after the right that it is no draft. */
const clauseCalls = (
  base: string,
  ofVersion: (item: Item) => string,
  more: { alsoAllowed?: readonly number[] } = {},
) => {
  const at = (item: Item, payload?: unknown) => ({
    params: { id: ofVersion(item), clause: 'u-06' },
    headers: seen,
    ...(payload === undefined ? {} : { payload }),
  })
  return {
    [`POST ${base}/clauses`]: ofPlace(
      (item) => ({ params: { id: ofVersion(item) }, payload: { content: aClause, after: null } }),
      more,
    ),
    [`PATCH ${base}/clauses/:clause`]: ofPlace((item) => at(item, { heading: aClause.heading }), more),
    [`POST ${base}/clauses/:clause/same-meaning`]: ofPlace((item) => at(item), more),
    [`POST ${base}/clauses/:clause/move`]: ofPlace((item) => at(item, { section: 'output', after: null }), more),
    [`POST ${base}/clauses/:clause/remove`]: ofPlace((item) => at(item, { because: '重なるため' }), more),
    // What was not taken out cannot be put back.
    [`POST ${base}/clauses/:clause/restore`]: ofPlace((item) => at(item), { alsoAllowed: [409] }),
  }
}
const aClause = {
  section: 'input',
  heading: { ja: '見出し', en: 'Heading' },
  text: { ja: '文です。', en: 'A text.' },
  staff: [],
  settings: [],
  change: null,
  wordingOnly: null,
}
const versionCalls = (
  base: string,
  ofVersion: (item: Item) => string,
  more: { alsoAllowed?: readonly number[] } = {},
) => {
  const at = (item: Item, payload?: unknown) => ({
    params: { id: ofVersion(item) },
    headers: seen,
    ...(payload === undefined ? {} : { payload }),
  })
  const other = { alsoAllowed: [409] }
  return {
    [`PATCH ${base}`]: ofPlace((item) => at(item, { effectiveFrom: '2999-02-01' }), more),
    [`DELETE ${base}`]: ofPlace((item) => at(item), more),
    [`GET ${base}/reviewers`]: ofPlace((item) => ({ params: { id: ofVersion(item) } })),
    [`POST ${base}/review`]: ofPlace((item) => at(item, { reviewers: [] }), more),
    [`POST ${base}/draft`]: ofPlace((item) => at(item), other),
    [`POST ${base}/adopt`]: ofPlace((item) => at(item), other),
    [`POST ${base}/end`]: ofPlace((item) => at(item, { from: '2999-01-01', because: '統合のため' }), other),
  }
}
const notDraft = { alsoAllowed: [409] }
const ministryBase = '/api/v1/ministry-rules/versions/:id'
const systemBase = '/api/v1/system-rules/versions/:id'
const userRules: Record<string, Call> = {
  'GET /api/v1/user-rules': list({}, (item) => item.ruleId),
  'GET /api/v1/user-rules/guide': once({ query: { level: 'ministry' } }),
  'GET /api/v1/user-rules/:id': ofPlace((item) => ({ params: { id: item.ruleId } })),
  'GET /api/v1/user-rules/:id/clauses': ofPlace((item) => ({ params: { id: item.ruleId }, query: { version: '1' } })),
  'GET /api/v1/user-rules/:id/compiled': ofPlace((item) => ({ params: { id: item.ruleId } })),
  'GET /api/v1/user-rules/:id/text': ofPlace((item) => ({ params: { id: item.ruleId } })),
  // Each place of the matrix has one already, with a version in work: who may begin one is told so.
  'POST /api/v1/ministry-rules': ofPlace((item) => ({ payload: { organisationId: item.organisation.id } }), notDraft),
  'POST /api/v1/system-rules': ofSystem((item) => ({ payload: { systemId: item.systemId } }), notDraft),
  'POST /api/v1/ministry-rules/:id/versions': ofPlace((item) => ({ params: { id: item.ruleId } }), notDraft),
  'POST /api/v1/system-rules/:id/versions': ofPlace((item) => ({ params: { id: item.systemRuleId } }), notDraft),
  ...clauseCalls(ministryBase, (item) => item.draftVersionId),
  ...versionCalls(ministryBase, (item) => item.draftVersionId),
  ...clauseCalls(systemBase, (item) => item.reviewedVersionId, notDraft),
  ...versionCalls(systemBase, (item) => item.reviewedVersionId, notDraft),
  'POST /api/v1/user-rules/versions/:id/finding': ofPlace((item) => ({
    params: { id: item.reviewedVersionId },
    payload: { finding: 'confirmed', remark: null },
  })),
}

const ofBidder = (item: Item) => ({ params: { id: item.bidderId ?? '' } })
const ofTender = (item: Item) => ({ params: { id: item.procurementId } })
const tomorrow = new Date(Date.now() + 86_400_000).toISOString()
const tenders: Record<string, Call> = {
  'GET /api/v1/procurements/:id/tender': ofPlace(ofTender),
  'GET /api/v1/procurements/:id/supplier-contacts': ofPlace((item) => ({
    ...ofTender(item),
    query: { supplierId: item.supplierId },
  })),
  // Nothing changed since it was sent: who may send amendments is told so.
  'POST /api/v1/procurements/:id/tender/amendments': ofPlace((item) => ({ ...ofTender(item), payload: {} }), {
    alsoAllowed: [409],
  }),
  // The supplier was asked already.
  'POST /api/v1/procurements/:id/bidders': ofPlace(
    (item) => ({
      ...ofTender(item),
      payload: {
        supplierId: item.supplierId,
        label: 'B社',
        contact: { name: '担当', mail: 'b@supplier.example' },
        deadline: tomorrow,
        way: 'shown',
      },
    }),
    { alsoAllowed: [409] },
  ),
  'PATCH /api/v1/bidders/:id': ofPlace((item) => ({
    ...ofBidder(item),
    headers: seen,
    payload: { deadline: tomorrow },
  })),
  'POST /api/v1/bidders/:id/link': ofPlace((item) => ({ ...ofBidder(item), payload: { way: 'shown' } })),
  'DELETE /api/v1/bidders/:id/link': ofPlace(ofBidder),
  'GET /api/v1/procurements/:id/comparison': ofPlace(ofTender),
  'PUT /api/v1/procurements/:id/evaluations/:bidder/:item': ofPlace((item) => ({
    params: { id: item.procurementId, bidder: item.bidderId ?? '', item: 'p-04' },
    headers: { 'if-match': '"0"' },
    payload: { mark: 'meets', reason: '' },
  })),
  // Not evaluated yet.
  'POST /api/v1/procurements/:id/award': ofPlace(
    (item) => ({
      ...ofTender(item),
      headers: seen,
      payload: { bidderId: item.bidderId ?? '', reason: '要件を満たすため' },
    }),
    { alsoAllowed: [409] },
  ),
  'GET /api/v1/tenders': list({}, (item) => item.bidderId ?? ''),
  'GET /api/v1/tenders/:id': ofPlace(ofBidder),
  'PUT /api/v1/tenders/:id/answers/:item': ofPlace((item) => ({
    params: { id: item.bidderId ?? '', item: 'p-04' },
    headers: seen,
    payload: { fulfils: 'yes', text: '満たします。' },
  })),
  'GET /api/v1/tenders/:id/answers.xlsx': ofPlace(ofBidder),
  // No workbook of ours: who may bring one is told that it is none.
  'POST /api/v1/tenders/:id/answers/preview': ofPlace((item) => ({ ...ofBidder(item), ...aFile() }), {
    alsoAllowed: [422],
  }),
  'POST /api/v1/tenders/:id/answers/take': ofPlace((item) => ({
    ...ofBidder(item),
    payload: { fileName: 'a.xlsx', take: [{ item: 'p-04', fulfils: 'no', text: '', version: 1 }] },
  })),
  'POST /api/v1/tenders/:id/hand-in': ofPlace((item) => ({ ...ofBidder(item), payload: { sending: 1 } })),
  'GET /api/v1/tenders/:id/earlier-answers': ofPlace(ofBidder),
  'POST /api/v1/tenders/:id/earlier-answers': ofPlace((item) => ({
    ...ofBidder(item),
    payload: { take: [{ item: 'p-04', answer: item.earlierAnswerId ?? '', version: 1 }] },
  })),
  'POST /api/v1/tenders/:id/proposals': ofPlace((item) => ({
    ...ofBidder(item),
    ...formOf({}, { name: 'README.md', content: '# Model\n\n## Limitations\n長い表は読み誤る。' }),
  })),
}

/** A workbook of the sheet is read before its rows: what is no workbook of ours is told so to who may bring one. */
const noWorkbook = formOf({}, { name: 'file.xlsx', content: 'x' })
const aSheetFile = (item: Item, sheet = 'check-sheet') => ({ params: { id: item.procurementId, sheet } })
const aTemplateSlot = { kind: 'specification-annex', language: 'ja' }
const documents: Record<string, Call> = {
  'GET /api/v1/procurements/:id/documents': ofPlace((item) => ({ params: { id: item.procurementId } })),
  'GET /api/v1/procurements/:id/documents/:kind': ofPlace((item) => ({
    params: { id: item.procurementId, kind: 'contract-annex' },
  })),
  'GET /api/v1/procurements/:id/sheets/:sheet.xlsx': ofPlace((item) => aSheetFile(item)),
  'POST /api/v1/procurements/:id/sheets/:sheet/preview': ofPlace((item) => ({ ...aSheetFile(item), ...noWorkbook }), {
    alsoAllowed: [422],
  }),
  'POST /api/v1/procurements/:id/sheets/:sheet/take': ofPlace(
    (item) => ({
      ...aSheetFile(item),
      payload: { sha256: item.sha256, fileName: 'file.xlsx', seen: '0'.repeat(64), choices: {} },
    }),
    { alsoAllowed: [422] },
  ),
  'GET /api/v1/templates': once(),
  'GET /api/v1/templates/:kind/:language': once({ params: aTemplateSlot }),
  'POST /api/v1/templates/:kind/:language': once(
    { params: aTemplateSlot, ...formOf({}, { name: 'file.docx', content: 'x' }) },
    { alsoAllowed: [422] },
  ),
  'POST /api/v1/templates/choice': once({ payload: { ...aTemplateSlot, template: null, seen: null } }),
}

const ofCase = (payload?: unknown, headers: Record<string, string> = {}) =>
  ofPlace((item) => ({ params: { id: item.boardCaseId }, headers, payload }))
type OfBoard = { readonly items?: { readonly id: string }[]; readonly candidates?: { readonly personId: string }[] }
const aMeeting = { number: 4711, heldOn: today, note: '' }
const aSeat = { expertise: { ja: '法律', en: '' }, chair: false, from: today, to: null }
const board: Record<string, Call> = {
  'GET /api/v1/board/cases': list({ query: { limit: '100' } }, (item) => item.boardCaseId),
  'GET /api/v1/board/to-consult': once(),
  'GET /api/v1/systems/:id/board-cases': ofSystem((item) => ({ params: { id: item.boardSystemId } })),
  'GET /api/v1/board/cases/:id': ofCase(),
  'GET /api/v1/board/cases/:id/file': ofCase(),
  'POST /api/v1/board/cases': ofSystem((item) => ({ payload: { systemId: item.unconsultedSystemId } })),
  'PUT /api/v1/board/cases/:id/parts/:part': ofPlace((item) => ({
    params: { id: item.preparingCaseId, part: 'quality' },
    headers: seen,
    payload: { text: '月ごとに確かめる。' },
  })),
  'POST /api/v1/board/cases/:id/submit': ofPlace((item) => ({ params: { id: item.preparingCaseId }, headers: seen }), {
    outcome: (body: { ok: boolean }) => (body.ok ? 'allowed' : 'refused'),
  }),
  'POST /api/v1/board/cases/:id/withdraw': ofPlace((item) => ({
    params: { id: item.preparingCaseId },
    headers: seen,
    payload: { reason: '見直す。' },
  })),
  'POST /api/v1/board/cases/:id/resume': ofPlace((item) => ({ params: { id: item.withdrawnCaseId }, headers: seen })),
  'POST /api/v1/board/cases/:id/declarations': ofCase({ type: 'no-interest', words: '改めて確かめた。' }),
  'POST /api/v1/board/cases/:id/recusals': ofPlace((item) => ({
    params: { id: item.boardCaseId },
    payload: { personId: item.boardMemberId, type: 'recused', words: '親族が勤める。' },
  })),
  'POST /api/v1/board/cases/:id/reminders': ofPlace((item) => ({
    params: { id: item.boardCaseId },
    payload: { personId: item.boardMemberId },
  })),
  'PUT /api/v1/board/cases/:id/opinion-draft': ofCase({ text: '下書き' }, { 'if-match': '"0"' }),
  'POST /api/v1/board/cases/:id/opinions': ofCase({ text: '意見' }),
  'POST /api/v1/board/cases/:id/questions': ofCase({ text: '質問' }),
  'POST /api/v1/board/cases/:id/questions/:questionId/answers': ofPlace((item) => ({
    params: { id: item.boardCaseId, questionId: item.boardQuestionId },
    payload: { text: '答え' },
  })),
  'GET /api/v1/board/cases/:id/precedents': ofCase(),
  'GET /api/v1/board/precedents': list({}, (item) => item.boardCaseId),
  'PUT /api/v1/board/cases/:id/meeting': ofCase({ meetingId: null }),
  'GET /api/v1/board/meetings': once(),
  'POST /api/v1/board/meetings': once({ payload: aMeeting }),
  'PATCH /api/v1/board/meetings/:id': once(
    { params: { id: '00000000-0000-7000-8000-000000000000' }, headers: seen, payload: aMeeting },
    // There is none: what is found first is that the right is there.
    { alsoAllowed: [404] },
  ),
  'GET /api/v1/board/seats': once(),
  'POST /api/v1/board/seats': once(async ({ send }) => {
    const { candidates = [] } = (await send('GET', '/api/v1/board/seats')).json<OfBoard>()
    return { payload: { ...aSeat, personId: candidates[0]?.personId ?? '00000000-0000-7000-8000-000000000000' } }
  }),
  'PATCH /api/v1/board/seats/:id': once(async ({ send }) => {
    const { items = [] } = (await send('GET', '/api/v1/board/seats')).json<OfBoard>()
    const id = items[0]?.id ?? '00000000-0000-7000-8000-000000000000'
    return { params: { id }, headers: seen, payload: aSeat }
  }),
}

/** As they stand in docs/access-matrix.md. */
const aCondition = ({ organisation }: Item) => ({
  text: { ja: '二人で確かめる', en: '' },
  effect: 'blocks',
  stage: 'operation',
  ownerOrganisationId: organisation.id,
  ownerUnit: '',
  dueOn: null,
  evidenceWanted: '',
})
const ofCondition = (conditionId: (item: Item) => string, payload: (item: Item) => unknown) =>
  ofPlace((item) => ({ params: { id: conditionId(item) }, headers: seen, payload: payload(item) }))
const said = { words: '確かめた。' }
const advice: Record<string, Call> = {
  'GET /api/v1/board/cases/:id/advice': ofPlace(({ advisedCaseId: id }) => ({ params: { id } })),
  'PUT /api/v1/board/cases/:id/advice': ofPlace(({ draftCaseId: id }) => ({
    params: { id },
    headers: seen,
    payload: { text: { ja: '進めることが適当です。', en: '' } },
  })),
  'POST /api/v1/board/cases/:id/advice/adoption': ofPlace(({ draftCaseId: id }) => ({ params: { id }, headers: seen })),
  'POST /api/v1/board/cases/:id/advice/conditions': ofPlace((item) => ({
    params: { id: item.draftCaseId },
    payload: aCondition(item),
  })),
  'PUT /api/v1/board/cases/:id/advice/conditions/:conditionId': ofPlace((item) => ({
    params: { id: item.draftCaseId, conditionId: item.draftConditionId },
    headers: seen,
    payload: aCondition(item),
  })),
  'DELETE /api/v1/board/cases/:id/advice/conditions/:conditionId': ofPlace((item) => ({
    params: { id: item.draftCaseId, conditionId: item.draftConditionId },
    headers: seen,
  })),
  'GET /api/v1/board/cases/:id/advice/publication': ofPlace(({ advisedCaseId: id }) => ({ params: { id } })),
  'POST /api/v1/board/cases/:id/advice/publication': ofPlace(({ advisedCaseId: id }) => ({
    params: { id },
    payload: { title: '確かめ方について', about: '照会への回答の下書きです。', withheld: [] },
  })),
  'POST /api/v1/board/cases/:id/advice/publication/withdrawal': ofPlace(
    ({ advisedCaseId: id }) => ({ params: { id }, payload: said }),
    // Nothing is published yet, which comes after the right was asked.
    { alsoAllowed: [409] },
  ),
  'GET /api/v1/board/conditions': list({ query: { limit: '100' } }, ({ conditionId }) => conditionId),
  'GET /api/v1/board/conditions/file': list({ query: { format: 'csv' } }, ({ conditionId }) => conditionId),
  'GET /api/v1/board/conditions/:id': ofPlace(({ conditionId: id }) => ({ params: { id } })),
  'POST /api/v1/board/conditions/:id/report': ofCondition(
    ({ conditionId }) => conditionId,
    () => said,
  ),
  'POST /api/v1/board/conditions/:id/change-request': ofCondition(
    ({ conditionId }) => conditionId,
    () => said,
  ),
  'POST /api/v1/board/conditions/:id/settlement': ofCondition(
    (item) => item.reportedConditionId,
    () => ({ result: 'met', ...said }),
  ),
  'POST /api/v1/board/conditions/:id/revision': ofCondition(
    ({ conditionId }) => conditionId,
    (item) => ({ condition: aCondition(item), ...said }),
  ),
  'POST /api/v1/board/conditions/:id/refusal': ofCondition(
    (item) => item.askedConditionId,
    () => said,
  ),
  'POST /api/v1/board/conditions/:id/withdrawal': ofCondition(
    ({ conditionId }) => conditionId,
    () => said,
  ),
}
const steps: Record<string, Call> = {
  'GET /api/v1/systems/:id/steps': ofSystem(({ systemId: id }) => ({ params: { id } })),
  'POST /api/v1/systems/:id/waivers': ofSystem(({ planningSystemId: id }) => ({
    params: { id },
    payload: { need: 'weigh', step: 'procurement', reason: '試行のため' },
  })),
  'POST /api/v1/systems/:id/waivers/:waiverId/withdrawal': ofSystem(({ planningSystemId: id, waiverId }) => ({
    params: { id, waiverId },
    payload: { reason: '試行をやめた。' },
  })),
}

export const groups: readonly { readonly ja: string; readonly en: string; readonly calls: Record<string, Call> }[] = [
  { ja: 'サインイン、組織、人と役割', en: 'Sign-in, organisations, people and roles', calls: access },
  { ja: '外部の仕組みからの登録（SCIM）', en: 'Provisioning (SCIM)', calls: provisioning },
  { ja: '台帳', en: 'Register', calls: register },
  { ja: '取り込み', en: 'Imports', calls: imports },
  { ja: 'ルール集、高リスク判定、全体の状況', en: 'Catalogs, high-risk finder, overview', calls: judging },
  { ja: '相談窓口、回答・助言集', en: 'Consultation Desk and collection', calls: desk },
  { ja: 'アドバイザリーボード', en: 'Advisory Board', calls: board },
  { ja: '助言と条件', en: 'Advice and conditions', calls: advice },
  { ja: '段階を進めるために必要なもの', en: 'What steps need', calls: steps },
  { ja: '定期報告', en: 'Periodic reports', calls: reports },
  { ja: '調達と契約のチェックシート', en: 'Check sheets of procurement and contract', calls: sheets },
  { ja: '利活用ルール', en: "User's rules", calls: userRules },
  { ja: '事業者の回答', en: 'Tenders', calls: tenders },
  { ja: '利活用ルールの確認', en: "Acknowledgement of user's rules", calls: acknowledging },
  { ja: '調達の文書、ひな形', en: 'Documents of procurement, templates', calls: documents },
  { ja: '証跡、保存', en: 'Evidence, retention', calls: keeping },
  { ja: '通知、処理、Webhook', en: 'Notifications, jobs, webhooks', calls: notices },
  { ja: '操作の記録', en: 'Log of operations', calls: audit },
]
export const calls: Readonly<Record<string, Call>> = Object.assign({}, ...groups.map((group) => group.calls))
