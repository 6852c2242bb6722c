/** All addresses of the web app. Screens build every link with these and never write an address of their own. */

type Query = Readonly<Record<string, string | readonly string[] | undefined>>

/** Empty and missing values leave the address short; a list repeats its key. */
function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    for (const one of typeof value === 'string' ? [value] : (value ?? [])) if (one !== '') search.append(key, one)
  }
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

const part = encodeURIComponent

export const paths = {
  overview: (query?: Query) => withQuery('/', query),
  register: (query?: Query) => withQuery('/register', query),
  registerNew: (query?: Query) => withQuery('/register/new', query),
  models: (query?: Query) => withQuery('/models', query),
  system: (id: string, query?: Query) => withQuery(`/systems/${part(id)}`, query),
  systemEdit: (id: string, query?: Query) => withQuery(`/systems/${part(id)}/edit`, query),
  systemHistory: (id: string, query?: Query) => withQuery(`/systems/${part(id)}/history`, query),
  useFinder: (id: string, query?: Query) => withQuery(`/uses/${part(id)}/finder`, query),
  finder: (query?: Query) => withQuery('/finder', query),
  imports: (query?: Query) => withQuery('/imports', query),
  importNew: (query?: Query) => withQuery('/imports/new', query),
  import: (id: string, query?: Query) => withQuery(`/imports/${part(id)}`, query),
  notReported: (query?: Query) => withQuery('/not-reported', query),
  catalogs: (query?: Query) => withQuery('/catalogs', query),
  catalog: (id: string, edition: string, query?: Query) => withQuery(`/catalogs/${part(id)}/${part(edition)}`, query),
  catalogList: (id: string, edition: string, list: string, query?: Query) =>
    withQuery(`/catalogs/${part(id)}/${part(edition)}/${part(list)}`, query),
  people: (query?: Query) => withQuery('/people', query),
  person: (id: string, query?: Query) => withQuery(`/people/${part(id)}`, query),
  organisations: (query?: Query) => withQuery('/organisations', query),
  log: (query?: Query) => withQuery('/log', query),
  signIn: (query?: Query) => withQuery('/sign-in', query),
  account: (query?: Query) => withQuery('/account', query),
  notices: (query?: Query) => withQuery('/notices', query),
  jobs: (query?: Query) => withQuery('/jobs', query),
  webhooks: (query?: Query) => withQuery('/webhooks', query),
  consultations: (query?: Query) => withQuery('/consultations', query),
  consultationNew: (query?: Query) => withQuery('/consultations/new', query),
  consultation: (id: string, query?: Query) => withQuery(`/consultations/${part(id)}`, query),
  publication: (id: string, query?: Query) => withQuery(`/consultations/${part(id)}/publication`, query),
  collection: (query?: Query) => withQuery('/collection', query),
  collectionEntry: (id: string, query?: Query) => withQuery(`/collection/${part(id)}`, query),
  docket: (query?: Query) => withQuery('/board', query),
  boardConditions: (query?: Query) => withQuery('/board/conditions', query),
  precedents: (query?: Query) => withQuery('/board/precedents', query),
  meetings: (query?: Query) => withQuery('/board/meetings', query),
  boardCase: (id: string, query?: Query) => withQuery(`/board/cases/${part(id)}`, query),
  reports: (query?: Query) => withQuery('/reports', query),
  report: (id: string, query?: Query) => withQuery(`/reports/${part(id)}`, query),
  procurements: (query?: Query) => withQuery('/procurement', query),
  procurement: (id: string, query?: Query) => withQuery(`/procurement/${part(id)}`, query),
  procurementComparison: (id: string, query?: Query) => withQuery(`/procurement/${part(id)}/comparison`, query),
  procurementDocuments: (id: string, query?: Query) => withQuery(`/procurement/${part(id)}/documents`, query),
  procurementImport: (id: string, sheet: string, query?: Query) =>
    withQuery(`/procurement/${part(id)}/import/${part(sheet)}`, query),
  templates: (query?: Query) => withQuery('/templates', query),
  userRules: (query?: Query) => withQuery('/user-rules', query),
  userRule: (id: string, query?: Query) => withQuery(`/user-rules/${part(id)}`, query),
  myRules: (query?: Query) => withQuery('/my-rules', query),
  tell: (query?: Query) => withQuery('/tell', query),
  usableSystems: (query?: Query) => withQuery('/usable-systems', query),
  acknowledgements: (query?: Query) => withQuery('/acknowledgements', query),
  checkQuestions: (id: string, query?: Query) => withQuery(`/check-questions/${part(id)}`, query),
  tenders: (query?: Query) => withQuery('/tenders', query),
  tender: (id: string, query?: Query) => withQuery(`/tenders/${part(id)}`, query),
  aboutDemo: () => '/about-demo',
  uiGallery: (query?: Query) => withQuery('/ui-gallery', query),
} as const

/** An address back into the app: starts at the root, and never leads to another host. */
export const isOwnPath = (address: string): boolean => /^\/(?![/\\])/.test(address)
