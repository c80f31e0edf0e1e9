import path from 'node:path'
import { root } from './paths.js'
import { prepare } from './prepare.js'
import { runUnderNode } from './runtime.js'

/**
 * Runs a TypeScript program of the checkout with the packages, and the pages if it shows them.
 *
 * @param bundle makes a bundle of the program and gives its path, or undefined: then the sources run
 */
export async function runProgram(program, { args, needsPages, bundle = () => undefined }) {
  await prepare(root, { needsPages })
  await runUnderNode(root, (await bundle()) ?? path.join(root, program), args)
}
