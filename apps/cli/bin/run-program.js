import path from 'node:path'
import { root } from './paths.js'
import { prepare } from './prepare.js'
import { runUnderNode } from './runtime.js'

/** Runs a TypeScript program of the checkout with the packages, and the pages if it shows them. */
export async function runProgram(program, { args, needsPages }) {
  await prepare(root, { needsPages })
  await runUnderNode(root, path.join(root, program), args)
}
