import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { peakOf } from './memory.ts'

export type Ran = {
  readonly exit: number | null
  readonly out: string
  readonly said: string
  /** Most memory it held, MB. */
  readonly peakMb: number
  /** Standard output as one JSON value. @throws SyntaxError when there is anything else on it */
  readonly json: () => unknown
}

type Asked = {
  readonly dataDir: string
  readonly language?: 'ja' | 'en'
  readonly input?: string
  /** Addresses of a PostgreSQL; without them the embedded database. */
  readonly env?: NodeJS.ProcessEnv
}

/** `tenbin <words>` as a process of its own, as a script of an office runs it. */
export async function tenbin(words: readonly string[], asked: Asked): Promise<Ran> {
  const child = spawn(process.execPath, ['src/cli/main.ts', ...words], {
    env: {
      ...process.env,
      TENBIN_DATA_DIR: asked.dataDir,
      DATABASE_URL: '',
      ...asked.env,
      LANG: asked.language === 'en' ? 'en_GB.UTF-8' : 'ja_JP.UTF-8',
    },
  })
  const peak = peakOf(child.pid!)
  let out = ''
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  child.stdin.end(asked.input ?? '')
  const [exit] = (await once(child, 'close')) as [number | null]
  return { exit, out, said, peakMb: peak(), json: () => JSON.parse(out) as unknown }
}
