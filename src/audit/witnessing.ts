import type { Db } from '#platform/database.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import { type Asked, askWitness } from './ask-witness.ts'
import type { StoredCheckpoint } from './store-log.ts'
import { logActor, logItem } from './system-actor.ts'
import type { RunTx } from './transaction.ts'
import type { Witness } from './witnesses.ts'

/** A witness is asked for the newest checkpoint, and not more often than this. */
const everyMs = 5_000

const isAhead = (asked: Asked): boolean => !asked.ok && asked.because === 'ahead'

/** Somebody outside has seen more of this log than there is: it was set back, as by an old backup. */
const tellAhead = (tx: RunTx, witness: string, size: number): Promise<void> =>
  asSystem(() =>
    tx(logActor, (t) =>
      t.append({ type: 'log.witness-ahead', itemKind: 'log-checkpoint', itemId: logItem, detail: { witness, size } }),
    ),
  )

/** Sends new checkpoints to the witnesses that are asked, beside everything else. */
export function witnessing(deps: { db: Db; tx: RunTx; now: Now; witnesses: readonly Witness[]; fetch?: typeof fetch }) {
  const asked = new Map<string, Asked & { readonly at: string }>()
  let newest: StoredCheckpoint | undefined
  let running: Promise<void> | undefined
  let rest: { readonly timer: NodeJS.Timeout; readonly end: () => void } | undefined
  let stopped = false

  const askAll = async (checkpoint: StoredCheckpoint) => {
    for (const witness of deps.witnesses) {
      if (witness.url === undefined) continue
      const { url } = witness
      const result = await askWitness({ fetch, ...deps }, { ...witness, url }, checkpoint).catch(
        // The database is away: asked again with the next checkpoint.
        (): Asked => ({ ok: false, because: 'unreachable' }),
      )
      const before = asked.get(witness.name)
      asked.set(witness.name, { ...result, at: deps.now().toISOString() })
      if (isAhead(result) && !(before && isAhead(before)))
        // Could not be told: asked, and told, again with the next checkpoint.
        await tellAhead(deps.tx, witness.name, checkpoint.size).catch(() => asked.delete(witness.name))
    }
  }
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, everyMs)
      timer.unref()
      rest = { timer, end: resolve }
    })
  const run = async () => {
    while (newest && !stopped) {
      const checkpoint = newest
      newest = undefined
      await askAll(checkpoint)
      if (!stopped) await pause()
    }
    running = undefined
  }
  return {
    tell: (checkpoint: StoredCheckpoint): void => {
      if (stopped || deps.witnesses.every((witness) => witness.url === undefined)) return
      newest = checkpoint
      running ??= run()
    },
    asked: (): ReadonlyMap<string, Asked & { readonly at: string }> => asked,
    stop: async (): Promise<void> => {
      stopped = true
      if (rest) {
        clearTimeout(rest.timer)
        rest.end()
      }
      await running
    },
  }
}
