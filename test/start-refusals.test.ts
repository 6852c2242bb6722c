import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'

const folders: string[] = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenbin-refusal-'))
  folders.push(folder)
  return folder
}
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A start that is to fail: what it says, and how it ends. */
function start(env: NodeJS.ProcessEnv, args: readonly string[] = []) {
  const { status, stderr } = spawnSync(process.execPath, ['src/main.ts', ...args], {
    env: { ...process.env, DATABASE_URL: '', LANG: 'en_GB.UTF-8', TENBIN_DATA_DIR: newFolder(), ...env },
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, said: stderr }
}

it('a start on a port that another program uses names the port and what to do, and leaves nothing open', async () => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
  const address = other.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { status, said } = start({ PORT: String(port) }, ['--no-demo'])
  other.close()
  expect(status).toBe(1)
  expect(said.trim()).toBe(
    `Cannot listen on port ${port} of 127.0.0.1 (another program uses it). Name another by PORT.`,
  )
})

it('a setting that cannot be read is named with its value, in the language of the person', () => {
  expect(start({ PORT: '70000' })).toEqual({ status: 2, said: 'The setting PORT cannot be read: "70000".\n' })
  expect(start({ PORT: 'x', LANG: 'ja_JP.UTF-8' }).said).toBe('設定 PORT の値「x」を読めません。\n')
})

it('sign-in settings that are faulty, or would carry sign-ins unencrypted, refuse the start with what to do', () => {
  const file = join(newFolder(), 'sign-in.yaml')
  const provider = `  - id: aoba
    name: { ja: あおば省, en: Aoba }
    issuer: https://id.aoba.example
    client-id: tenbin
    claims: { person: preferred_username }
`
  const say = (text: string, more: NodeJS.ProcessEnv = {}) => {
    writeFileSync(file, text)
    return start({ TENBIN_SIGN_IN: file, ...more })
  }
  expect(say(`format: tenbin-sign-in/1\nproviders:\n${provider}    secret: x\n`)).toEqual({
    status: 1,
    said: `Not started: the sign-in settings are faulty.\n  ${file}:8: providers.0.secret: There is no such key. Correct its spelling or take it out.\n`,
  })
  const good = `format: tenbin-sign-in/1\nproviders:\n${provider}`
  expect(say(good).said).toContain('TENBIN_PUBLIC_ADDRESS=https://')
  expect(say(good, { TENBIN_PUBLIC_ADDRESS: 'http://tenbin.example' }).said).toContain('unencrypted')
  expect(start({ TENBIN_EVALUATION: 'no' }).said).toContain('Nobody could sign in.')
})

it('evaluation mode beside an address that others reach is refused', () => {
  expect(start({ HOST: '0.0.0.0' }).said).toContain('TENBIN_ALLOW_REMOTE_EVALUATION=yes')
})

it('an unknown option is wrong use', () => {
  const { status, said } = start({}, ['--nodemo'])
  expect(status).toBe(2)
  expect(said).toContain('--nodemo')
})

it('a faulty catalog refuses the start and lists each fault with file, line and key', () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'own'))
  writeFileSync(join(folder, 'own', 'catalog.yaml'), 'format: tenbin-catalog/1\nid: own\nedition: "1"\nwrong-key: 1\n')
  const { status, said } = start({ TENBIN_CATALOGS: folder })
  expect(status).toBe(1)
  expect(said).toMatch(/own\/catalog\.yaml:4: wrong-key: /)
  expect(said).toMatch(/own\/catalog\.yaml:1: title: /)
  expect(said).not.toMatch(/\n\s+at /)
})
