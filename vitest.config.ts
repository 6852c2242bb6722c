import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      'src/**/*.test.ts',
      'test/**/*.test.ts',
      'web/**/*.test.{ts,tsx}',
      'bench/**/*.test.ts',
      'scripts/**/*.test.ts',
    ],
    exclude: ['node_modules/**', 'web/dist/**', 'test/browser/**', 'test/endurance/**'],
    pool: 'threads',
    globalSetup: ['test/support/global.ts'],
    isolate: false,
    // Many tests wait for a server or a database of their own: two at once fill two cores.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
