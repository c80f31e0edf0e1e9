import { findBundle, isBundled } from './find-bundle.js'
import { root } from './paths.js'
import { runUnderNode } from './runtime.js'

/** Commands that run until they are stopped. */
const untilStopped = ['sandbox', 'serve']

/**
 * Runs the muhr command: from the bundle where there is one of it and of the sources as they are, which was
 * made when the packages were there; else with everything that this takes.
 */
export async function runMuhr(args) {
  if (untilStopped.includes(args[0])) {
    const { stopWithNpm } = await import('./watch-parent.js')
    stopWithNpm()
  }
  const mayBundle = isBundled(args)
  const bundle = mayBundle ? findBundle(root) : undefined
  if (bundle !== undefined) {
    await runUnderNode(root, bundle, args)

    return
  }
  const { runProgram } = await import('./run-program.js')
  await runProgram('apps/cli/src/main.ts', {
    args,
    needsPages: args[0] === 'serve',
    ...(mayBundle ? { bundle: makeIfPossible } : {}),
  })
}

/** Rolldown needs a newer Node.js than this file does. */
async function makeIfPossible() {
  const { makeBundle } = await import('./build-bundle.js')

  return makeBundle(root)
}
