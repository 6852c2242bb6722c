import { z } from 'zod'

import { port, seconds, section, text } from './section.ts'

/** How the process runs: where others reach it, how long it takes to stop, what it tells. */
export const running = section(
  {
    /** Address under which people reach the server, `https://tenbin.example.go.jp`; https switches HSTS on. */
    TENBIN_PUBLIC_ADDRESS: z.url({ protocol: /^https?$/ }).optional(),
    /** Addresses of load balancers, separated by commas, whose word on the client's address is taken. */
    TENBIN_TRUSTED_PROXIES: z.string().default(''),
    /** Until the headers of a request must be there, and until the whole of it. */
    TENBIN_HEADERS_WITHIN_SECONDS: z.coerce.number().min(1).max(300).default(20),
    TENBIN_REQUEST_WITHIN_SECONDS: z.coerce.number().min(1).max(3600).default(300),
    /** How long what runs may take to end after SIGTERM, before it is broken off. */
    TENBIN_STOP_WITHIN_SECONDS: seconds(30, 600),
    /** How long `/readyz` says "stopping" before the port closes, so that a load balancer looks elsewhere first. */
    TENBIN_STOP_AFTER_SECONDS: seconds(0, 120),
    /** Port on which a worker answers `/healthz` and `/readyz`. */
    TENBIN_HEALTH_PORT: port.default(3001),
    /** Log that lags further behind than this makes the server not ready. */
    TENBIN_READY_LAG_SECONDS: seconds(60),
    TENBIN_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).optional(),
    /** `json`: one object a line; `line`: for a person at a terminal. */
    TENBIN_LOG_FORMAT: z.enum(['json', 'line']).optional(),
    /** Base address of an OTLP/HTTP receiver; without it no traces or metrics are made. */
    OTEL_EXPORTER_OTLP_ENDPOINT: text,
    OTEL_SERVICE_NAME: z.string().default('tenbin'),
    /** How often metrics are sent, ms (the name is that of the OpenTelemetry specification). */
    OTEL_METRIC_EXPORT_INTERVAL: z.coerce.number().int().min(100).default(60_000),
  },
  (e) => ({
    publicAddress: e.TENBIN_PUBLIC_ADDRESS,
    connection: {
      https: e.TENBIN_PUBLIC_ADDRESS?.startsWith('https:') === true,
      proxies: e.TENBIN_TRUSTED_PROXIES.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()])),
      headersMs: Math.min(e.TENBIN_HEADERS_WITHIN_SECONDS, e.TENBIN_REQUEST_WITHIN_SECONDS) * 1000,
      requestMs: e.TENBIN_REQUEST_WITHIN_SECONDS * 1000,
    },
    stopWithinMs: e.TENBIN_STOP_WITHIN_SECONDS * 1000,
    stopAfterMs: e.TENBIN_STOP_AFTER_SECONDS * 1000,
    healthPort: e.TENBIN_HEALTH_PORT,
    readyLagMs: e.TENBIN_READY_LAG_SECONDS * 1000,
    logLevel: e.TENBIN_LOG_LEVEL,
    logFormat: e.TENBIN_LOG_FORMAT,
    telemetry:
      e.OTEL_EXPORTER_OTLP_ENDPOINT === undefined
        ? undefined
        : {
            endpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT,
            service: e.OTEL_SERVICE_NAME,
            everyMs: e.OTEL_METRIC_EXPORT_INTERVAL,
          },
  }),
)
