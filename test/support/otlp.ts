import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'

type Value = { stringValue?: string; intValue?: number | string; doubleValue?: number; boolValue?: boolean }
type Attribute = { key: string; value: Value }
export type SeenSpan = {
  name: string
  traceId: string
  spanId: string
  parentSpanId?: string
  attributes: Record<string, unknown>
}
export type Seen = {
  readonly spans: SeenSpan[]
  /** Of each metric, the attributes of its points. */
  readonly metrics: Map<string, Record<string, unknown>[]>
  /** Everything that was sent, as it came. */
  readonly text: () => string
}

type TraceBody = {
  resourceSpans: { scopeSpans: { spans: (Omit<SeenSpan, 'attributes'> & { attributes?: Attribute[] })[] }[] }[]
}
type Points = { dataPoints: { attributes?: Attribute[] }[] }
type MetricBody = {
  resourceMetrics: {
    scopeMetrics: { metrics: { name: string; sum?: Points; gauge?: Points; histogram?: Points }[] }[]
  }[]
}

const plain = (attributes: Attribute[] = []) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] as unknown]))

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const whole = Buffer.concat(parts)
  return (request.headers['content-encoding'] === 'gzip' ? gunzipSync(whole) : whole).toString()
}

/** A receiver of OTLP/HTTP with JSON, as a collector has one, on a free port. */
export async function otlpReceiver(): Promise<Seen & { address: string; close: () => Promise<void> }> {
  const spans: SeenSpan[] = []
  const metrics: Seen['metrics'] = new Map()
  let text = ''
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      text += body
      if (request.url === '/v1/traces')
        for (const { scopeSpans } of (JSON.parse(body) as TraceBody).resourceSpans)
          for (const scope of scopeSpans)
            spans.push(...scope.spans.map((span) => ({ ...span, attributes: plain(span.attributes) })))
      else if (request.url === '/v1/metrics')
        for (const { scopeMetrics } of (JSON.parse(body) as MetricBody).resourceMetrics)
          for (const metric of scopeMetrics.flatMap((scope) => scope.metrics)) {
            const points = (metric.sum ?? metric.gauge ?? metric.histogram)?.dataPoints ?? []
            metrics.set(metric.name, [...(metrics.get(metric.name) ?? []), ...points.map((p) => plain(p.attributes))])
          }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    spans,
    metrics,
    text: () => text,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
