import { context, propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'

import { AppError } from './errors.ts'
import type { Telemetry, TelemetryOptions, Traced } from './telemetry.ts'

/** Seconds; the boundaries that the OpenTelemetry conventions give for http.server.request.duration. */
const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]

/**
 * Traces and metrics over OTLP/HTTP. Names and attributes follow the OpenTelemetry semantic conventions for HTTP servers;
 * addresses, queries and persons stay out, as in the log.
 */
export function otlpTelemetry({ endpoint, service, everyMs }: TelemetryOptions): Telemetry {
  const to = (path: string) => new URL(path, endpoint.endsWith('/') ? endpoint : `${endpoint}/`).href
  const resource = resourceFromAttributes({ 'service.name': service })
  const traces = new NodeTracerProvider({
    resource,
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: to('v1/traces') }), {
        scheduledDelayMillis: Math.min(everyMs, 5000),
      }),
    ],
  })
  // Sets the context of asynchronous calls and W3C traceparent for this process.
  traces.register()
  const metrics = new MeterProvider({
    resource,
    readers: [
      new PeriodicExportingMetricReader({
        exporter: new OTLPMetricExporter({ url: to('v1/metrics') }),
        exportIntervalMillis: everyMs,
        exportTimeoutMillis: Math.min(everyMs, 30_000),
      }),
    ],
  })
  const tracer = traces.getTracer('tenbin')
  const meter = metrics.getMeter('tenbin')
  const seconds = (name: string) =>
    meter.createHistogram(name, { unit: 's', advice: { explicitBucketBoundaries: boundaries } })
  const requests = seconds('http.server.request.duration')
  const works = seconds('tenbin.work.duration')
  const counters = new Map<string, ReturnType<typeof meter.createCounter>>()

  return {
    request(headers, next): Traced {
      const parent = propagation.extract(ROOT_CONTEXT, headers)
      const span = tracer.startSpan('request', { kind: SpanKind.SERVER }, parent)
      context.with(trace.setSpan(parent, span), next)
      return {
        traceId: span.spanContext().traceId,
        end: ({ method, route, status, ms, attributes }) => {
          const http = { 'http.request.method': method, 'http.route': route, 'http.response.status_code': status }
          requests.record(ms / 1000, http)
          span.updateName(`${method} ${route}`).setAttributes({ ...http, ...attributes })
          if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
          span.end()
        },
      }
    },
    span: (name, work) =>
      tracer.startActiveSpan(name, async (span) => {
        const from = performance.now()
        let outcome = 'done'
        try {
          return await work((attributes) => void span.setAttributes(attributes))
        } catch (error) {
          outcome = outcomeOf(error, span)
          throw error
        } finally {
          works.record((performance.now() - from) / 1000, { work: name, outcome })
          span.setAttribute('tenbin.outcome', outcome).end()
        }
      }),
    count(name, attributes) {
      const counter = counters.get(name) ?? meter.createCounter(name)
      counters.set(name, counter)
      counter.add(1, attributes)
    },
    watch(name, unit, read) {
      meter.createObservableGauge(name, { unit }).addCallback(async (result) => {
        const value = await read().catch(() => undefined)
        if (value !== undefined) result.observe(value)
      })
    },
    async stop() {
      await Promise.allSettled([traces.shutdown(), metrics.shutdown()])
    },
  }
}

/** A refusal is an outcome; anything else is an error. The message stays out: it may quote what a person wrote. */
function outcomeOf(error: unknown, span: Span): string {
  if (error instanceof AppError) return error.code
  span.setStatus({ code: SpanStatusCode.ERROR })
  return 'error'
}
