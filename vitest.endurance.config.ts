import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/endurance/**/*.test.ts'],
    pool: 'threads',
    isolate: false,
    // One load at a time: they measure a server, not the machine.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
})
