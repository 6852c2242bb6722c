// `npm test`: everything, in one run, with one last line over all suites: `N passed, N failed, N skipped`.
// Each check that is not a test runner (types, lint, …) counts as one. With CI=true a skip is a failure.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ci = process.env.CI === 'true'
const total = { passed: 0, failed: 0, skipped: 0 }
const reports = mkdtempSync(join(tmpdir(), 'tenbin-test-'))
const print = (text) => process.stdout.write(`${text}\n`)
const head = (text) => print(`\n── ${text} ${'─'.repeat(Math.max(0, 90 - text.length))}`)

function check(name, command, args) {
  head(name)
  const { status } = spawnSync(join('node_modules', '.bin', command), args, { stdio: ['ignore', 'inherit', 'inherit'] })
  total[status === 0 ? 'passed' : 'failed'] += 1
  if (status !== 0) print(`FAILED: ${name}`)
}

function suite(name, args, env = {}) {
  head(name)
  const report = join(reports, `${name.replaceAll(/\W+/g, '-')}.json`)
  const { status } = spawnSync(
    join('node_modules', '.bin', 'vitest'),
    [
      'run',
      '--no-isolate',
      '--pool=threads',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...args,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } },
  )
  if (!existsSync(report)) {
    total.failed += 1
    return
  }
  const r = JSON.parse(readFileSync(report, 'utf8'))
  total.passed += r.numPassedTests
  total.failed += r.numFailedTests
  total.skipped += r.numPendingTests + r.numTodoTests
  // A file that cannot be loaded has no test to count, yet it is a failure.
  if (status !== 0 && r.numFailedTests === 0) total.failed += Math.max(1, r.numFailedTestSuites)
}

function skip(name, why) {
  print(`\n!! SKIPPED / 省略: ${name}\n!! ${why}`)
  total.skipped += 1
}

const chromium = [
  process.env.TENBIN_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && path !== '' && existsSync(path))

check('types: server', 'tsc', ['-p', '.'])
check('types: web', 'tsc', ['-p', 'web'])
check('types: browser tests', 'tsc', ['-p', 'test/browser'])
check('lint', 'oxlint', ['--type-aware', '--quiet'])
check('format', 'oxfmt', ['--check'])
check('dead code', 'knip', [])
suite('unit, property, HTTP, command line, drift', [])
suite('kills, a stopped database, many writers', ['--config', 'vitest.endurance.config.ts'])
if (process.env.TENBIN_TEST_POSTGRES === undefined)
  skip(
    'database tests on PostgreSQL',
    'TENBIN_TEST_POSTGRES names no server (postgres://…); they ran on the embedded engine only.',
  )
if (chromium === undefined)
  skip('browser', 'no Chromium found (Debian: apt-get install chromium, or set TENBIN_CHROMIUM).')
else suite('browser', ['--config', 'vitest.browser.config.ts'], { TENBIN_CHROMIUM: chromium })

rmSync(reports, { recursive: true, force: true })
if (ci && total.skipped > 0) print('\nFAILED: nothing may be skipped with CI=true')
print(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 || (ci && total.skipped > 0) ? 1 : 0
