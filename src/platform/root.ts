import { fileURLToPath } from 'node:url'

/** Where the project lies: what is shipped with it is found there, from whatever folder it is started. */
export const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
