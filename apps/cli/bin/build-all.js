import path from 'node:path'
import { makeBundle } from './build-bundle.js'
import { root } from './paths.js'
import { prepare } from './prepare.js'
import { runUnderNode } from './runtime.js'

/**
 * Compiles the WebAssembly modules of packages/gost (all, or those named), proves them by known answers and
 * writes them where they are committed; then builds the pages, and bundles the commands that read files, if
 * their sources changed. A fault of the first ends it.
 */
export async function buildAll(args) {
  await prepare(root)
  await runUnderNode(root, path.join(root, 'packages/gost/assembly/build.ts'), args)

  if (process.exitCode === undefined || process.exitCode === 0) {
    await prepare(root, { needsPages: true })
    await makeBundle(root)
  }
}
