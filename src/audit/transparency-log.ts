import type { Db } from '#platform/database.ts'
import type { Now } from '#platform/ids.ts'
import { asSystem } from '#platform/scope.ts'

import type { Asked } from './ask-witness.ts'
import { LogFault } from './log-fault.ts'
import { beginLog, type KeyDeps } from './log-keys.ts'
import { batch, sequence } from './sequence.ts'
import { checkHead, signHead } from './sign-head.ts'
import { type StoredCheckpoint, whatWaits } from './store-log.ts'
import type { RunTx } from './transaction.ts'
import { witnessing } from './witnessing.ts'
import type { Witness } from './witnesses.ts'

/** The sequencer of one server. Any number of servers on one database may run theirs. */
export type TransparencyLog = {
  /** Begins to give leaves their places; the first time it makes the key. What is wrong with the log does not stop the server. */
  start(): Promise<void>
  /** Ends after a last pass. */
  stop(): Promise<void>
  /** Something was committed. */
  wake(): void
  /**
   * Sequences and signs all that is committed now.
   * @throws LogFault why it cannot be signed
   */
  drain(): Promise<void>
  /** Why nothing is signed, while that is so. */
  fault(): LogFault | undefined
  /** What became of the last question to each witness, by its name. */
  asked(): ReadonlyMap<string, Asked & { readonly at: string }>
  readonly witnesses: readonly Witness[]
  readonly keyFile: string
  readonly origin: string | undefined
}

export type LogDeps = {
  readonly db: Db
  readonly tx: RunTx
  readonly now: Now
  readonly keyFile: string
  readonly origin: string | undefined
  readonly witnesses: readonly Witness[]
  readonly fetch?: typeof fetch
  /** Told once when the log stops being signed, and once, with nothing, when it is again. */
  readonly onFault?: (fault: LogFault | undefined) => void
}

/** Long enough for many writers to share a transaction, short enough that nobody notices. */
const gatherMs = 100
/** Finds what others have committed (another server, a command). */
const lookMs = 750
/** The tree itself is not what was signed: nothing is built on it. */
const halts = new Set<LogFault['code']>(['root-differs', 'tiles-differ', 'leaves-missing'])

export function transparencyLog(deps: LogDeps): TransparencyLog {
  const keys: KeyDeps & { now: Now } = deps
  const witnesses = witnessing(deps)
  let fault: LogFault | undefined
  const settle = (now: LogFault | undefined) => {
    if (now?.code !== fault?.code) deps.onFault?.(now)
    fault = now
  }

  let begun = false
  const drain = async (): Promise<void> => {
    try {
      if (!begun) await beginLog(keys)
      begun = true
      const halted = fault !== undefined && halts.has(fault.code)
      // One connection for the whole pass: where writers queue for one, it stands in the queue once.
      const { signed, unsigned } = await asSystem(() =>
        deps.db.connection().execute(async (db) => {
          if (halted) await checkHead(db)
          return pass({ ...keys, db })
        }),
      )
      if (signed) witnesses.tell(signed)
      if (unsigned) throw unsigned
      settle(undefined)
    } catch (error) {
      if (error instanceof LogFault) settle(error)
      throw error
    }
  }
  const loop = looping({ drain, looks: () => asSystem(() => whatWaits(deps.db)), isAtFault: () => fault !== undefined })

  return {
    start: async () => {
      // Before the first leaf is added: is the tree that is here the one that was signed?
      await checkHead(deps.db).catch((error: unknown) => {
        if (!(error instanceof LogFault)) throw error
        settle(error)
      })
      await loop.start()
    },
    stop: async () => {
      await loop.stop()
      await witnesses.stop()
    },
    wake: loop.wake,
    drain: loop.drain,
    fault: () => fault,
    asked: witnesses.asked,
    witnesses: deps.witnesses,
    keyFile: deps.keyFile,
    origin: deps.origin,
  }
}

/** Gives places to all that is committed, and signs. Without its key the log still does the one; on another tree neither. */
async function pass(keys: Omit<KeyDeps, 'tx'> & { now: Now }) {
  let signed: StoredCheckpoint | undefined
  let unsigned: LogFault | undefined
  // A batch that is not full has left nothing behind that was committed before it.
  for (let took = batch; took === batch;) {
    took = await sequence(keys.db)
    try {
      signed = (await signHead(keys)) ?? signed
    } catch (error) {
      if (!(error instanceof LogFault) || halts.has(error.code)) throw error
      unsigned = error
    }
  }
  return { signed, unsigned }
}

type Looks = { readonly size: number; readonly signed: number; readonly waiting: boolean }

/** One pass at a time: soon after a commit, and every now and then. */
function looping(does: { drain: () => Promise<void>; looks: () => Promise<Looks>; isAtFault: () => boolean }) {
  let going = false
  let turn: Promise<void> = Promise.resolve()
  let soon: NodeJS.Timeout | undefined
  let later: NodeJS.Timeout | undefined
  /** Who comes while a pass runs gets one that begins after it. */
  const drain = (): Promise<void> => {
    const mine = turn.then(does.drain)
    turn = mine.catch(() => {})
    return mine
  }
  const look = async () => {
    const { size, signed, waiting } = await does.looks()
    if (waiting || size > signed || does.isAtFault()) await drain()
  }
  // A database that is away, or a fault, which has been told: the next look tries again.
  const quietly = (work: Promise<void>) => work.catch(() => {})
  const lookLater = () => {
    later = setTimeout(() => void quietly(look()).then(() => (going ? lookLater() : undefined)), lookMs)
    later.unref()
  }
  return {
    drain,
    wake: () => {
      if (!going || soon) return
      soon = setTimeout(() => {
        soon = undefined
        void quietly(drain())
      }, gatherMs)
      soon.unref()
    },
    start: async () => {
      going = true
      await quietly(drain())
      lookLater()
    },
    stop: async () => {
      going = false
      clearTimeout(soon)
      clearTimeout(later)
      await quietly(drain())
    },
  }
}
