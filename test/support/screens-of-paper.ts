import type { Screen } from '#test/screens.ts'
import { signIn } from '#test/server.ts'
import { paths } from '#web/paths.ts'
import type { ja } from '#web/texts/ja.ts'

type Asked = <T>(role: string, path: string, named?: string) => Promise<T>
type Listed = { items: { id: string; number: string; state: string; title: string }[] }
type Rules = {
  rules: { id: string; level: string; versions: { id: string; number: number; state: string }[] }[]
}

const clauseEdit = (t: typeof ja) => t.userRules.clause.edit

/** From the verdict to the paper: desk, Board, procurement, tenders, user's rules, as each role sees them. */
export async function screensOfPaper(address: string): Promise<Screen[]> {
  const ask: Asked = async (role, path, named) => (await (await signIn(address, role, named)).get(path)).json() as never
  return [
    ...(await ofDesk(ask)),
    ...(await ofReports(ask)),
    ...(await ofBoard(address, ask)),
    ...(await ofProcurement(ask)),
    ...(await ofTenders(ask)),
    ...(await ofRules(address, ask)),
    ...(await ofStaff(ask)),
  ]
}

async function ofDesk(ask: Asked): Promise<Screen[]> {
  const { items } = await ask<Listed>('desk', '/api/v1/consultations')
  const inState = (state: string) => items.find((one) => one.state === state)!.id
  const collection = await ask<{ items: { id: string; kind: string }[] }>('planner', '/api/v1/collection')
  const kinds = [...new Map(collection.items.map(({ kind, id }) => [kind, id]))]
  return [
    ['questions, to who asks', paths.consultations(), 'planner'],
    ['question, new', paths.consultationNew(), 'planner'],
    ['question answered, to who asked', paths.consultation(inState('answered')), 'planner', '三好'],
    ['questions, to the desk', paths.consultations(), 'desk'],
    ...[...new Set(items.map(({ state }) => state))].map((state): Screen => [
      `question ${state}, to the desk`,
      paths.consultation(inState(state)),
      'desk',
    ]),
    ['publication of an answer', paths.publication(inState('answered')), 'desk', '谷'],
    ['publication of an answer already out', paths.publication(inState('closed')), 'desk', '今野'],
    ['published answers', paths.collection(), 'planner'],
    ['published answers, nothing found', paths.collection({ q: '魑魅魍魎' }), 'planner'],
    ...kinds.map(([kind, id]): Screen => [`published ${kind}`, paths.collectionEntry(id), 'planner']),
  ]
}

async function ofReports(ask: Asked): Promise<Screen[]> {
  type Periods = { periods: { rows: { reports: { id: string; state: string }[] }[] }[] }
  const screens: Screen[] = [['periodic reports', paths.reports()]]
  for (const named of ['青葉', '緑川']) {
    const { periods } = await ask<Periods>('caio', '/api/v1/reports', named)
    for (const { id, state } of periods.flatMap(({ rows }) => rows).flatMap(({ reports }) => reports))
      screens.push([`periodic report, ${state}`, paths.report(id), 'caio', named])
  }
  return screens
}

async function ofBoard(address: string, ask: Asked): Promise<Screen[]> {
  const office = await signIn(address, 'caio-office')
  const toConsult = await ask<{ items: { systemId: string }[] }>('caio-office', '/api/v1/board/to-consult')
  await office.send('POST', '/api/v1/board/cases', { systemId: toConsult.items[0]!.systemId })
  const drafted = (await ask<Listed>('caio-office', '/api/v1/board/cases')).items.find(
    ({ state }) => state === 'preparing',
  )!
  const { items } = await ask<Listed>('secretariat', '/api/v1/board/cases')
  const inState = (state: string) => paths.boardCase(items.find((one) => one.state === state)!.id)
  return [
    ['docket, to a planner', paths.docket(), 'planner', '森'],
    ['docket, to the office', paths.docket(), 'caio-office'],
    ['docket, to the Board', paths.docket(), 'board'],
    ['docket, to the secretariat', paths.docket(), 'secretariat'],
    ['docket, nothing in this state', paths.docket({ state: 'preparing' }), 'board'],
    ['case in preparation', paths.boardCase(drafted.id), 'caio-office'],
    ['case, to its planner', inState('submitted'), 'planner', '森'],
    ['case, to the chair', inState('submitted'), 'board', '委員A'],
    ['case, to a member who deliberates', inState('submitted'), 'board', '委員B'],
    ['case, to a recused member', inState('submitted'), 'board', '委員D'],
    ['case, to a member who has not declared', inState('submitted'), 'board', '委員F'],
    ['case, to the secretariat', inState('submitted'), 'secretariat'],
    ['case with advice, to the Board', inState('advised'), 'board', '委員A'],
    ['case with advice, to the ministry', inState('advised'), 'caio'],
    ['case with advice, to the secretariat', inState('advised'), 'secretariat'],
    ['case withdrawn', inState('withdrawn'), 'caio-office'],
    ['conditions, to the ministry', paths.boardConditions(), 'caio'],
    ['conditions, to the secretariat', paths.boardConditions(), 'secretariat'],
    ['earlier cases', paths.precedents(), 'board'],
    ['meetings', paths.meetings(), 'secretariat'],
  ]
}

async function ofProcurement(ask: Asked): Promise<Screen[]> {
  type Listing = { procurements: { id: string; state: string; system: { id: string } }[] }
  const { procurements } = await ask<Listing>('planner', '/api/v1/procurements', '森')
  const inState = (state: string) => procurements.find((one) => one.state === state)!
  const [drafting, contracted] = [inState('drafting'), inState('contracted')]
  const planner = (name: string, path: string): Screen => [name, path, 'planner', '森']
  return [
    planner('procurements', paths.procurements()),
    planner('sheet in drafting', paths.procurement(drafting.id)),
    planner('sheet out to tender', paths.procurement(inState('tendering').id)),
    planner('sheet, a row opened', paths.procurement(contracted.id, { open: 'p-06' })),
    planner(
      'contract sheet, a row opened',
      paths.procurement(contracted.id, { sheet: 'contract-check', open: 'c-03' }),
    ),
    planner('comparison', paths.procurementComparison(contracted.id)),
    planner('comparison, an item opened', paths.procurementComparison(contracted.id, { item: 'p-06' })),
    planner('comparison, out to tender', paths.procurementComparison(inState('tendering').id)),
    planner('documents', paths.procurementDocuments(contracted.id)),
    planner('sheet import', paths.procurementImport(drafting.id, 'procurement-check')),
    ['templates', paths.templates(), 'caio-office'],
    ['templates, to a planner', paths.templates(), 'planner'],
    planner('system, its next step', paths.system(contracted.system.id)),
    planner('system in drafting, its next step', paths.system(drafting.system.id)),
    ['system, its next step, to the CAIO', paths.system(contracted.system.id), 'caio', '緑川'],
  ]
}

async function ofTenders(ask: Asked): Promise<Screen[]> {
  const { items } = await ask<Listed>('supplier', '/api/v1/tenders', '南')
  return [
    ['tenders', paths.tenders(), 'supplier', '南'],
    ['tenders, invited to none', paths.tenders(), 'supplier'],
    ...items.map(({ id, title }): Screen => [`own answers: ${title}`, paths.tender(id), 'supplier', '南']),
    ['way in by a link', '/tenders/enter', 'supplier'],
  ]
}

async function ofRules(address: string, ask: Asked): Promise<Screen[]> {
  const office = await signIn(address, 'caio-office', '北見')
  const midori = (await ask<Rules>('caio-office', '/api/v1/user-rules', '北見')).rules.find(
    ({ level }) => level === 'ministry',
  )!
  await office.send('POST', `/api/v1/ministry-rules/${midori.id}/versions`)
  const { rules } = await ask<Rules>('caio', '/api/v1/user-rules')
  const ministry = rules.find(({ level }) => level === 'ministry')!
  const review = ministry.versions.find(({ state }) => state === 'review')!
  const version = String(review.number)
  const ofSystem = (await ask<Rules>('planner', '/api/v1/user-rules', '森')).rules.find(
    ({ level }) => level === 'system',
  )!
  return [
    ["user's rules", paths.userRules()],
    ["user's rules, to a planner", paths.userRules(), 'planner', '森'],
    ['rule, written', paths.userRule(ministry.id, { version })],
    ['rule, a clause opened', paths.userRule(ministry.id, { version, clause: 'u-03' })],
    ['rule, against the version before', paths.userRule(ministry.id, { version, view: 'difference' })],
    ['rule, whole text', paths.userRule(ministry.id, { version, view: 'text' })],
    ['rule in force', paths.userRule(ministry.id, { version: String(review.number - 1) })],
    ['rule, drafted', paths.userRule(midori.id, { clause: 'u-06' }), 'caio-office', '北見'],
    ['rule, a clause written', paths.userRule(midori.id, { clause: 'u-06' }), 'caio-office', '北見', clauseEdit],
    ['rule of a system', paths.userRule(ofSystem.id), 'planner', '森'],
  ]
}

async function ofStaff(ask: Asked): Promise<Screen[]> {
  const { rules } = await ask<{ rules: { versionId: string }[] }>('caio', '/api/v1/acknowledgements/rules')
  return [
    ['own rules, to staff', paths.myRules(), 'user'],
    ['own rules, to staff who hold them already', paths.myRules(), 'user', '沢田'],
    ['own rules, to a planner', paths.myRules(), 'planner'],
    ['usable AI', paths.usableSystems(), 'user'],
    ['telling of a risk case', paths.tell(), 'user'],
    ['acknowledgements', paths.acknowledgements()],
    ['acknowledgements, who has not yet', paths.acknowledgements({ show: 'missing' })],
    ['acknowledgements, who did', paths.acknowledgements({ show: 'this' })],
    ['check questions', paths.checkQuestions(rules[0]!.versionId)],
  ]
}
