import fs from 'node:fs'
import path from 'node:path'
import { root } from './paths.js'
import { prepare } from './prepare.js'
import { runUnderNode } from './runtime.js'

const everyday = ['unit', 'integration', 'browser']

/**
 * Runs the tests, all but the long ones; with `--soak` the long ones alone. Other arguments go to vitest:
 * `npm test -- packages/gost`. The exit code is vitest's, the last line `N passed, N failed, N skipped`.
 */
export async function runTests(args) {
  await prepare(root, { needsPages: true })

  const fixtures = path.resolve(root, '../shared/fixtures')
  if (!process.env.MUHR_FIXTURES && fs.existsSync(fixtures)) {
    process.env.MUHR_FIXTURES = fixtures
  }

  const projects = args.includes('--soak') ? ['soak'] : everyday
  const rest = args.filter((arg) => arg !== '--soak')
  process.chdir(root)
  await runUnderNode(root, path.join(root, 'node_modules/vitest/vitest.mjs'), [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...['default', path.join(root, 'apps/cli/bin/closing-line.js')].map(
      (name) => `--reporter=${name}`,
    ),
    ...rest,
  ])
}
