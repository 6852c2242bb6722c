import { existsSync } from 'node:fs'

/** Files that hold signing keys of the log: the key, and the next one while it is handed over. */
export const keyFileNames = (keyFile: string): string[] => [keyFile, `${keyFile}.next`]

export const keysOfLog = (keyFile: string): string[] => keyFileNames(keyFile).filter((file) => existsSync(file))
