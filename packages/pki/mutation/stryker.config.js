import { currentGroup } from './groups.ts'

const { name, mutate } = currentGroup()

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  warnings: { preprocessorErrors: false },
  disableTypeChecks: false,
  packageManager: 'npm',
  testRunner: 'resident',
  plugins: ['./packages/pki/mutation/test-runner.ts', './packages/pki/mutation/ignore-texts.js'],
  ignorers: ['texts'],
  mutate: [...mutate.map((files) => `packages/pki/src/${files}`), '!packages/pki/src/**/*.test.ts'],
  ignorePatterns: ['data', 'out', 'apps/web/dist', '.git'],
  coverageAnalysis: 'perTest',
  ignoreStatic: false,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: `out/mutation/${name}.json` },
  incrementalFile: `out/mutation/${name}.incremental.json`,
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 90, low: 80, break: 80 },
  // Far above what all tests need: a busy machine must not pass for a mutant noticed. What runs without end
  // is found by counting.
  timeoutMS: 300_000,
  tempDirName: `out/stryker-${name}`,
}
