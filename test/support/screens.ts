import { paths } from '#web/paths.ts'
import type { Role } from '#access/model.ts'
import { ministryCsv } from '#test/imports.ts'
import { screensOfPaper } from '#test/screens-of-paper.ts'
import type { ja } from '#web/texts/ja.ts'
import { signIn } from '#test/server.ts'

/**
 * One screen in one state, and who looks at it: the first person who holds the role, or the one so named. `pressed`: the
 * words of the button that leads to the state where no address does.
 */
export type Screen = readonly [
  name: string,
  address: string,
  role?: Role,
  named?: string,
  pressed?: (texts: typeof ja) => string,
]

type Uses = { items: { useId: string; systemId: string; verdict: string }[] }

/** Every screen, with records of the demonstration and of an import in the ones that show a record. */
export async function screensWith(address: string): Promise<Screen[]> {
  return [...(await screensOfRegister(address)), ...(await screensOfPaper(address))]
}

async function screensOfRegister(address: string): Promise<Screen[]> {
  const who = await signIn(address, 'caio')
  const json = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T
  const { items } = await json<Uses>(who.get('/api/v1/uses?limit=100'))
  const weighed = items.find((use) => use.verdict === 'consult-board')!
  const open = items.find((use) => use.verdict === 'not-reported')!
  const handed = await json<{ sha256: string }>(
    who.upload('/api/v1/import-files', '台帳.csv', Buffer.from(ministryCsv)),
  )
  const reading = { sha256: handed.sha256, fileName: '台帳.csv' }
  const { id } = await json<{ id: string }>(who.send('POST', '/api/v1/imports', reading))
  const { catalogs } = await json<{ catalogs: { id: string; edition: string; lists: { id: string }[] }[] }>(
    who.get('/api/v1/catalogs'),
  )
  const catalog = catalogs[0]!
  const me = await json<{ person: { id: string } }>(who.get('/api/v1/me'))
  return [
    ['overview', paths.overview()],
    ['register', paths.register()],
    ['register, filtered', paths.register({ q: '要約', 'f.stage': 'operation' })],
    ['register, nothing found', paths.register({ q: '魑魅魍魎' })],
    ['register, new', paths.registerNew()],
    ['models', paths.models()],
    ['system, weighed', paths.system(weighed.systemId)],
    ['system, not weighed', paths.system(open.systemId)],
    ['system, edit', paths.systemEdit(weighed.systemId)],
    ['system, history', paths.systemHistory(weighed.systemId)],
    ['finder of a use', paths.useFinder(weighed.useId)],
    ['finder', paths.finder()],
    ['imports', paths.imports()],
    ['import, new', paths.importNew()],
    ['import', paths.import(id)],
    ['not reported', paths.notReported()],
    ['catalogs', paths.catalogs()],
    ['catalog', paths.catalog(catalog.id, catalog.edition)],
    ...catalog.lists
      .slice(0, 1)
      .map((list): Screen => ['catalog list', paths.catalogList(catalog.id, catalog.edition, list.id)]),
    ['account', paths.account()],
    ['people', paths.people()],
    ['people, nobody found', paths.people({ q: '魑魅魍魎' })],
    ['person', paths.person(me.person.id)],
    ['organisations', paths.organisations()],
    ['people with a role', paths.organisations({ show: 'people' })],
    ['rights', paths.organisations({ show: 'rights' })],
    ['policies', paths.organisations({ show: 'policies' })],
    ['log', paths.log()],
    ['log, filtered', paths.log({ type: 'system.registered', from: '2026-01-01', itemKind: 'ai-system' })],
    ['log, nothing found', paths.log({ item: '00000000-0000-4000-8000-000000000000' })],
    ['log, state and verification', paths.log({ show: 'state' })],
    ['notifications', paths.notices()],
    ['about the demonstration', paths.aboutDemo()],
    ['no such screen', '/no-such-screen'],
    ['people, to an administrator', paths.people(), 'administrator'],
    ['person, to an administrator', paths.person(me.person.id), 'administrator'],
    ['organisations, to an administrator', paths.organisations(), 'administrator'],
    ['jobs', paths.jobs(), 'administrator'],
    ['webhooks', paths.webhooks(), 'administrator'],
    ['gallery of the parts', paths.uiGallery()],
  ]
}
