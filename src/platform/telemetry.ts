export type Attributes = Readonly<Record<string, string | number | boolean>>
export type Note = (attributes: Attributes) => void

/** A request that is being traced. */
export type Traced = {
  /** 32 hexadecimal digits (W3C Trace Context), or nothing when nothing is traced. */
  readonly traceId: string | undefined
  readonly end: (answer: { method: string; route: string; status: number; ms: number; attributes: Attributes }) => void
}

export type Telemetry = {
  /** Begins the span of a request, inside the trace that the headers name, and runs `next` in it. */
  readonly request: (headers: Readonly<Record<string, unknown>>, next: () => void) => Traced
  /** Runs `work` in a span, and measures how long it took. */
  readonly span: <T>(name: string, work: (note: Note) => Promise<T>) => Promise<T>
  readonly count: (name: string, attributes: Attributes) => void
  /** A figure that is read each time metrics are sent; nothing is sent where it cannot be read. */
  readonly watch: (name: string, unit: string, read: () => Promise<number | undefined>) => void
  /** Sends what is still to be sent. */
  readonly stop: () => Promise<void>
}

export const noTelemetry: Telemetry = {
  request: (_headers, next) => {
    next()
    return { traceId: undefined, end: () => {} }
  },
  span: (_name, work) => work(() => {}),
  count: () => {},
  watch: () => {},
  stop: async () => {},
}

export type TelemetryOptions = { readonly endpoint: string; readonly service: string; readonly everyMs: number }

/** Off unless a receiver is named; then, and only then, the libraries are loaded. */
export async function openTelemetry(options: TelemetryOptions | undefined): Promise<Telemetry> {
  if (options === undefined) return noTelemetry
  const { otlpTelemetry } = await import('./telemetry-otlp.ts')
  return otlpTelemetry(options)
}
