import { createServer, type IncomingHttpHeaders } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

export type Got = { readonly headers: IncomingHttpHeaders; readonly body: string; readonly path: string }
export type Receiver = {
  readonly url: string
  readonly got: Got[]
  /** What it answers from now on; `stall` never answers. */
  readonly answer: (status: number | 'stall') => void
  stop(): Promise<void>
}

/** A real receiver of webhooks on this machine. */
export async function receiver(): Promise<Receiver> {
  const got: Got[] = []
  let status: number | 'stall' = 204
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(parts).toString('utf8'), path: request.url ?? '' })
      if (status !== 'stall') response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    got,
    answer: (next) => (status = next),
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
