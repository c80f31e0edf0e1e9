import fs from 'node:fs'
import path from 'node:path'
import { root } from './paths.js'
import { prepare } from './prepare.js'
import { pinnedNode, runUnderNode } from './runtime.js'

const everyday = ['unit', 'integration', 'browser']

/**
 * Changes the code of CMS, paths and policies one place at a time and looks whether a test notices. Half an
 * hour on two quiet cores. A process of its own, since its exit code is not yet the last word.
 */
async function runMutations(args) {
  const { spawn } = await import('node:child_process')
  const node =
    Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : pinnedNode(root)
  const child = spawn(node, ['packages/pki/mutation/run.ts', ...args], { stdio: 'inherit' })
  const [status] = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (...ended) => resolve(ended))
  })
  if (status !== 0) {
    process.exitCode = 1
  }
}

/**
 * Runs the tests, all but the long ones; with `--soak` the long ones alone, mutation testing first; with
 * `--mutation` mutation testing alone, of the groups that are named. Other arguments go to vitest:
 * `npm test -- packages/gost`. The exit code is vitest's, the last line `N passed, N failed, N skipped`.
 */
export async function runTests(args) {
  const isMutation = args.includes('--mutation')
  await prepare(root, { needsPages: !isMutation })

  const fixtures = path.resolve(root, '../shared/fixtures')
  if (!process.env.MUHR_FIXTURES && fs.existsSync(fixtures)) {
    process.env.MUHR_FIXTURES = fixtures
  }

  const isSoak = args.includes('--soak')
  const projects = isSoak ? ['soak'] : everyday
  const rest = args.filter((arg) => arg !== '--soak')
  process.chdir(root)
  if (isMutation) {
    await runMutations(rest.filter((arg) => arg !== '--mutation'))
    return
  }
  if (isSoak && rest.length === 0) {
    await runMutations([])
  }
  await runUnderNode(root, path.join(root, 'node_modules/vitest/vitest.mjs'), [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...['default', path.join(root, 'apps/cli/bin/closing-line.js')].map(
      (name) => `--reporter=${name}`,
    ),
    ...rest,
  ])
}
