// Runs before every npm script, under whatever Node the system has (20.19 or newer): plain JavaScript, no dependency.
// Installs what is missing and builds the web app when its sources changed. Says what it does on standard error only,
// because the standard output of a command may be read by a program.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const say = (text) => process.stderr.write(`${text}\n`)

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (status !== 0) {
    say(`\n${command} ${args.join(' ')}: 失敗しました / failed (${status})`)
    process.exit(1)
  }
}

const sha = (text) => createHash('sha256').update(text).digest('hex')
const stampOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')

function installWhenNeeded() {
  const wanted = sha(readFileSync('package-lock.json'))
  const stamp = join('node_modules', '.tenbin-installed')
  if (stampOf(stamp) === wanted) return
  say('部品を入れています（初回は1分ほど）… / Installing packages (about a minute the first time)…')
  run('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'])
  writeFileSync(stamp, wanted)
}

/** What the web app is made of: its own folder, and the files of the rooms that it shares with the server. */
function sourcesOf(folder, found = []) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'dist' && entry.name !== 'node_modules') sourcesOf(path, found)
    } else if (!entry.name.includes('.test.')) found.push(path)
  }
  return found
}

function buildWhenChanged() {
  const hash = createHash('sha256')
  for (const file of [...sourcesOf('web'), ...sourcesOf('src'), 'package-lock.json'])
    hash.update(`${file}\0`).update(readFileSync(file))
  const wanted = hash.digest('hex')
  const stamp = join('web', 'dist', '.tenbin-built')
  if (stampOf(stamp) === wanted) return
  say('画面を組み立てています… / Building the web app…')
  run(process.platform === 'win32' ? 'npx.cmd' : join('node_modules', '.bin', 'vite'), [
    'build',
    'web',
    '--logLevel',
    'warn',
  ])
  mkdirSync(join('web', 'dist'), { recursive: true })
  writeFileSync(stamp, wanted)
}

installWhenNeeded()
if (process.argv.includes('--web')) buildWhenChanged()
