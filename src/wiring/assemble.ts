import { existsSync } from 'node:fs'
import { join } from 'node:path'

import { openRights } from '#access/policies/rights.ts'
import { scopesBy } from '#access/policies/scope-of.ts'
import { transactions } from '#audit/transaction.ts'
import { loadLibrary } from '#catalog/catalog-library.ts'
import { entryInForce } from '#catalog/in-force.ts'
import { demoPresent } from '#demo/load-demo.ts'
import { loadEvidenceRules } from '#evidence/load-rules.ts'
import { loadAdviceRules } from '#consultation/advice/advice-rules.ts'
import { placeOfCondition } from '#consultation/advice/list-conditions.ts'
import { loadBoardRules } from '#consultation/board/board-rules.ts'
import { placeOfCase } from '#consultation/board/store.ts'
import { tellEvidenceAttempt } from '#consultation/board/tell-evidence-attempt.ts'
import { loadDeskRules } from '#consultation/desk/desk-rules.ts'
import { placeOfConsultation } from '#consultation/desk/store.ts'
import { loadReportRules } from '#consultation/reports/report-rules.ts'
import { editionsOf } from '#finder/editions.ts'
import { loadRetentionRules } from '#keeping/retention-rules.ts'
import { type Database, openEmbeddedDatabase, openPostgres } from '#platform/database.ts'
import { AppError } from '#platform/errors.ts'
import { localFiles } from '#platform/files.ts'
import { newId } from '#platform/ids.ts'
import { type Logger, noLog } from '#platform/logger.ts'
import { prepareDatabase } from '#platform/prepare-database.ts'
import { fromRoot } from '#platform/root.ts'
import { s3Files } from '#platform/s3-files.ts'
import { scanner } from '#platform/scan.ts'
import { asSystem } from '#platform/scope.ts'
import { noTelemetry, type Telemetry } from '#platform/telemetry.ts'
import { pdfConverter } from '#procurement/documents/pdf/convert.ts'
import { guideOf } from '#procurement/sheets/guide.ts'
import { placeOfCheckItem } from '#procurement/sheets/place-of-item.ts'
import { failInterrupted } from '#register/import/across-servers.ts'
import { shippedMaps } from '#register/import/column-maps.ts'
import { tableReader } from '#register/import/read-table.ts'
import { importRunner } from '#register/import/run-import.ts'
import { placeOfAnswer } from '#procurement/tenders/place-of-answer.ts'
import { loadTenderSettings } from '#procurement/tenders/rules.ts'
import { placeOfSystem } from '#register/place-of-system.ts'
import { limits } from '#register/spreadsheet/limits.ts'
import { tidyRegister } from '#register/tidy-register.ts'
import type { Config } from '#settings/config.ts'
import { stageGate } from '#stages/gate.ts'
import { needsEdition } from '#stages/needs-edition.ts'
import { loadAcknowledgementRules } from '#user-rules/acknowledgements/load-rules.ts'
import { guideOf as userRuleGuideOf } from '#user-rules/guide.ts'

import type { AppDeps } from './app.ts'
import { noticesSettings } from './jobs-part.ts'
import { openLog } from './log-part.ts'
import { signInSettings } from './sign-in-settings.ts'
import { traced, whoAsks } from './watching.ts'

export type House = {
  readonly deps: AppDeps
  readonly database: Database
  readonly migrated: readonly string[]
}

/** What sees every request and every piece of work; nothing does in a command or a test. */
export type Watchers = { readonly log: Logger; readonly telemetry: Telemetry }
const unwatched: Watchers = { log: noLog, telemetry: noTelemetry }

/**
 * Opens what the rooms need and puts it together; the server and the command line both start here.
 * @throws AppError `unavailable` when another process holds the data folder, the database is newer than this program,
 *   row-level security could be passed, or a catalog cannot be loaded
 */
export async function assemble(config: Config, onBug: AppDeps['onBug'], watchers = unwatched): Promise<House> {
  const database =
    config.databaseUrl === undefined
      ? await openEmbeddedDatabase(join(config.dataDir, 'database'))
      : await openPostgres(config.databaseUrl, config.database)
  try {
    const migrated = await prepareDatabase(database, config.databaseOwnerUrl)
    const deps = assembleOn(database, config, onBug, watchers)
    return { deps, database, migrated }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** What the rooms need, on a database that is open and migrated. */
export function assembleOn(
  database: Database,
  config: Config,
  onBug: AppDeps['onBug'],
  { log, telemetry }: Watchers = unwatched,
): AppDeps {
  const core = openCore(database, config, { log, telemetry })
  const { library, editions, checkSheets, userRuleGuide, needsInForce } = loadCatalogs(config.catalogFolders)
  const signIn = signInSettings(config)
  return {
    ...core,
    newId,
    ...config.people,
    ...keepingOn(core, config),
    ...importsOn(core, database, onBug),
    library,
    editions,
    checkSheets,
    userRuleGuide,
    needsInForce,
    stageGate: stageGate({ needsInForce }),
    ...presetsIn(config.presetFolders),
    shipped: shippedMaps(config.mapFolders),
    engine: database.engine,
    ...signIn,
    notices: noticesSettings(config, signIn.evaluation),
    ...(config.documents.pdf ? { convertToPdf: pdfConverter(config.documents.pdf) } : {}),
    demoPresent,
    finderInForce: () => {
      const { catalog, edition, content } = editions.inForce()
      return { catalog, edition, title: { ja: wordsOf(content.title, 'ja'), en: wordsOf(content.title, 'en') } }
    },
    maxUploadBytes: limits.fileBytes,
    onBug,
    watching: { log, telemetry, who: whoAsks },
    connection: config.running.connection,
    webFolder: existsSync(fromRoot('web/dist/index.html')) ? fromRoot('web/dist') : undefined,
  }
}

/** What every room stands on: reading and writing, who may do what, the log, files. */
function openCore(database: Database, config: Config, { log, telemetry }: Watchers) {
  const now = () => new Date()
  const db = database.scoped
  const rights = openRights(config.policyFolders)
  const committed = () => transparency.wake()
  const tx = traced(telemetry, transactions({ db, now, newId, scopeOf: scopesBy(rights), committed }))
  const transparency = openLog({ db: database.aside, tx, now }, config, log)
  const { s3 } = config.keeping
  const files = s3 ? s3Files(s3) : localFiles(join(config.dataDir, 'files'))
  return { db, tx, now, rights, may: rights.may, transparency, files }
}

type Core = ReturnType<typeof openCore>

/** Evidence, legal holds, retention. A ministry's own rules take the place of those shipped. */
function keepingOn({ db, tx, now, files }: Core, { dataDir, keeping }: Config) {
  const items = {
    system: placeOfSystem,
    consultation: placeOfConsultation,
    'board-case': placeOfCase,
    condition: placeOfCondition,
    'check-item': placeOfCheckItem,
    'tender-answer': placeOfAnswer,
  }
  return {
    evidence: {
      rules: loadEvidenceRules(keeping.evidenceRules ?? fromRoot('keeping/evidence.yaml')),
      items,
      ...(keeping.scan ? { scan: scanner(keeping.scan) } : {}),
      notShown: tellEvidenceAttempt({ db, tx }),
      staging: join(dataDir, 'staging'),
    },
    holdItems: items,
    retention: {
      db,
      tx,
      files,
      now,
      rules: loadRetentionRules(keeping.retentionRules ?? fromRoot('keeping/retention.yaml')),
    },
  }
}

function importsOn({ db, tx, may, now, files }: Core, database: Database, onBug: AppDeps['onBug']) {
  const readTable = tableReader({ files })
  const severalServers = database.engine === 'postgresql'
  const tidy = () => tidyRegister(database.db)
  return { readTable, imports: importRunner({ db, tx, may, now, newId, readTable, tidy, severalServers, onBug }) }
}

/** Deadlines, weights and words that are our proposal: a ministry's own file takes the place of the shipped one. */
function presetsIn(folders: readonly string[]) {
  const file = (name: string) => join(folders.findLast((folder) => existsSync(join(folder, name))) ?? '', name)
  return {
    acknowledging: loadAcknowledgementRules(file('acknowledgements.yaml')),
    reportRules: loadReportRules(file('periodic-report.yaml')),
    deskRules: loadDeskRules(file('consultation-desk.yaml')),
    adviceRules: loadAdviceRules(file('board-advice.yaml')),
    boardRules: loadBoardRules(file('advisory-board.yaml')),
    tenders: loadTenderSettings(file('tenders.yaml'), file('model-descriptions.yaml')),
  }
}

/** A catalog that cannot be loaded stops the start: judging by half a rule is worse than not judging. */
function loadCatalogs(folders: readonly string[]) {
  const { library, faults } = loadLibrary(folders)
  if (faults.length > 0) throw new AppError('unavailable', { reason: 'catalog-faulty', faults })
  return {
    library,
    editions: editionsOf(library, entryInForce(folders, library, 'finder')),
    checkSheets: { guide: guideOf(entryInForce(folders, library, 'procurement')) },
    userRuleGuide: userRuleGuideOf(entryInForce(folders, library, 'user-rules')),
    needsInForce: needsEdition(entryInForce(folders, library, 'stages')),
  }
}

/**
 * An import that ran when its process ended has stored nothing; it is marked so. The embedded database is open here
 * alone, so that none can be running elsewhere.
 */
export const settleInterrupted = ({ deps }: Pick<House, 'deps'>): Promise<number> =>
  asSystem(() => failInterrupted(deps.db, deps.now(), deps.engine === 'pglite' ? 'all' : 'silent'))

/** A foreign catalog may have one language; then that one is shown. */
const wordsOf = (text: Readonly<Record<string, unknown>>, language: string): string =>
  [text[language], text['ja'], text['en'], ...Object.values(text)].find((word) => typeof word === 'string') ?? ''
