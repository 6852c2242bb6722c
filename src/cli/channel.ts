import { createConnection, createServer } from 'node:net'
import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

import type { ExitCode, Io, Language } from './command.ts'

/**
 * The embedded database is open in one process only. While the server holds it, `tenbin <command>` hands its words to the
 * server through a socket in the data folder (readable by the same user only) and prints what comes back.
 */
const socketOf = (dataDir: string) => {
  const path = resolve(join(dataDir, 'tenbin.sock'))
  return process.platform === 'win32' ? `\\\\.\\pipe\\${path}` : path
}

type Asked = { argv: string[]; cwd: string; language: Language }
type Told = { out: string } | { say: string } | { exit: ExitCode }

export type Serve = (argv: readonly string[], io: Io) => Promise<ExitCode>

/** @returns a function that closes the channel */
export async function openChannel(dataDir: string, serve: Serve): Promise<() => void> {
  const path = socketOf(dataDir)
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const server = createServer((socket) => {
    const tell = (told: Told) => void (socket.destroyed || socket.write(`${JSON.stringify(told)}\n`))
    const gone = new AbortController()
    socket.on('error', () => {})
    socket.on('close', () => gone.abort())
    createInterface({ input: socket }).once('line', (line) => {
      const asked = JSON.parse(line) as Asked
      const io: Io = {
        out: (out) => tell({ out }),
        say: (say) => tell({ say }),
        cwd: asked.cwd,
        language: asked.language,
        signal: gone.signal,
      }
      serve(asked.argv, io).then(
        (exit) => tell({ exit }),
        (error: unknown) => {
          tell({ say: String(error) })
          tell({ exit: 1 })
        },
      )
    })
  })
  const before = process.umask(0o077)
  await new Promise<void>((done, fail) => server.once('error', fail).listen(path, done))
  process.umask(before)
  return () => void server.close()
}

/** @returns the exit code, or nothing when no server is there */
export function askServer(dataDir: string, argv: readonly string[], io: Io): Promise<ExitCode | undefined> {
  return new Promise((done) => {
    const socket = createConnection(socketOf(dataDir))
    let exit: ExitCode | undefined
    let connected = false
    socket.on('error', () => done(connected ? 1 : undefined))
    // Broken off here, the server hears it by the end of the connection.
    io.signal?.addEventListener('abort', () => socket.end())
    socket.on('connect', () => {
      connected = true
      socket.write(`${JSON.stringify({ argv, cwd: io.cwd, language: io.language })}\n`)
    })
    const lines = createInterface({ input: socket })
    // readline hands on the errors of its input; the socket's own handler has answered already.
    lines.on('error', () => {})
    lines.on('line', (line) => {
      const told = JSON.parse(line) as Told
      if ('out' in told) io.out(told.out)
      else if ('say' in told) io.say(told.say)
      else {
        exit = told.exit
        socket.end()
      }
    })
    lines.on('close', () => done(connected ? (exit ?? 1) : undefined))
  })
}
