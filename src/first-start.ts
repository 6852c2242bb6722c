import type { House } from './assemble.ts'

/** On an empty database: the demonstration content, or the least that an office needs to begin. */
export async function firstStart(
  _house: House,
  _options: { demo: boolean; say: (text: string) => void },
): Promise<void> {}
