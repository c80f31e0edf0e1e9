import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Starts nothing: names a folder where the first test that needs PostgreSQL starts one for the whole run.
const globalSetup = ['apps/server/src/database/testing/global-setup.ts']

export default defineConfig({
  test: {
    // One for each core: the default leaves a core to a watcher that nobody runs here.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'providers/**/*.test.ts', 'apps/**/*.test.ts'],
          exclude: [
            '**/node_modules/**',
            '**/*.integration.test.ts',
            '**/*.browser.test.ts',
            '**/*.soak.test.ts',
          ],
          testTimeout: 60_000,
          // Some compile AssemblyScript before their tests.
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup,
          testTimeout: 180_000,
          hookTimeout: 120_000,
          // Shared machines pause for seconds; what is polled for still has to come.
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['**/*.browser.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'soak',
          include: ['**/*.soak.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup,
          testTimeout: 7_200_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
