/** What a part lacks to do its work: a code and what words it; the page and the command line word it. */
export type Lack = { readonly code: string; readonly params?: Readonly<Record<string, unknown>> }

/**
 * A piece of a running process: the web server, the runner of jobs, the sequencer of the log. A process is a list of
 * parts, started in their order and stopped in the opposite one.
 */
export type Part = {
  /** Kebab-case; stands in the log and in `/readyz`. */
  readonly name: string
  /** Resolves when the part works. @throws AppError when it cannot; the process then stops what was started and ends */
  readonly start: () => Promise<void>
  /** Takes nothing new, resolves when what runs is finished. May be called when `start` failed or never ran. */
  readonly stop: () => Promise<void>
  /** What it lacks now; without it a started part counts as ready. Must answer within a second or throw. */
  readonly lacks?: () => Promise<readonly Lack[]>
}

/** Starts the parts in order. When one fails, those before it are stopped and its error is thrown. */
export async function startParts(parts: readonly Part[]): Promise<void> {
  for (const [i, part] of parts.entries()) {
    try {
      await part.start()
    } catch (error) {
      await stopParts(parts.slice(0, i + 1)).catch(() => {})
      throw error
    }
  }
}

/** Stops the parts in the opposite order; one that fails does not keep the others. @throws the first error, at the end */
export async function stopParts(parts: readonly Part[]): Promise<void> {
  const failed: unknown[] = []
  for (const part of parts.toReversed()) await part.stop().catch((error: unknown) => failed.push(error))
  if (failed.length > 0) throw failed[0]
}
