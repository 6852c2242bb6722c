import { readConfig } from '#settings/config.ts'
import type { Command, ExitCode, Input, Io } from '../command.ts'

const word = (ja: string, en: string) => ({ ja, en })

export const serveCommand: Command = {
  name: 'serve',
  arguments: '[--only web|worker]',
  words: word(
    '天秤を動かします（npm start と同じ）。止めると、動いているものを終えてから終わります。',
    'Run Tenbin (the same as npm start). When stopped, it ends after what runs is finished.',
  ),
  options: {
    only: {
      type: 'string',
      value: 'web|worker',
      words: word(
        'web（画面とAPI）か worker（ジョブと操作の記録の整列）だけを動かします。PostgreSQLが要ります',
        'run only web (screens and API) or worker (jobs, sequencer of the log); needs PostgreSQL',
      ),
    },
    'no-demo': {
      type: 'boolean',
      words: word('空のデータベースに見本を入れません', 'put no demonstration content into an empty database'),
    },
  },
  takes: [0, 0],
  needs: 'nothing',
  run,
}

async function run(io: Io, { values }: Input): Promise<ExitCode> {
  const only = values['only']
  if (only !== undefined && only !== 'web' && only !== 'worker') {
    io.say(only === 'gateway' ? later[io.language] : wrong[io.language])
    return 2
  }
  const stopping = new AbortController()
  // Before anything is opened: whoever ends the server while it starts ends it as cleanly as later.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => (stopping.signal.aborted ? process.exit(1) : stopping.abort()))
  // Loaded only here: no other command needs the server.
  const { serve } = await import('#wiring/serve.ts')
  const finished = await serve(readConfig(), {
    only,
    demo: values['no-demo'] !== true,
    signal: stopping.signal,
    out: io.out,
  })
  // What was broken off would keep the process: it has had its time.
  if (!finished) process.exit(1)
  return 0
}

const later = word(
  '--only gateway はまだありません。web か worker を指定してください。',
  '--only gateway does not exist yet. Name web or worker.',
)
const wrong = word('--only には web か worker を指定してください。', '--only takes web or worker.')
