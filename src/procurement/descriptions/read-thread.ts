// Runs in a worker thread started by read-in-thread.ts: one file, one answer.
import { parentPort, workerData } from 'node:worker_threads'

import { readDescription } from './read-description.ts'
import type { DescriptionRules } from './rules.ts'

const { bytes, rules } = workerData as { readonly bytes: Uint8Array; readonly rules: DescriptionRules }

parentPort?.postMessage(await readDescription(bytes, rules))
