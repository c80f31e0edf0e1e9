import fs from 'node:fs'
import module from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { StartError } from './start-error.js'

/** The oldest Node.js that runs TypeScript as it is. */
const neededMajor = 24

/**
 * Runs a program of the checkout under Node.js 24 or newer: in this very process when it is one, which
 * saves the memory of a second; else in a child, under the copy that was installed with the packages.
 * The exit code becomes ours.
 */
export async function runUnderNode(root, program, args) {
  keepCompiled(root)

  if (Number(process.versions.node.split('.')[0]) >= neededMajor) {
    process.argv = [process.execPath, program, ...args]
    await import(pathToFileURL(program).href)

    return
  }

  await runChild(pinnedNode(root), [program, ...args])
}

/**
 * Lets Node.js keep what it compiled, stripped types included: a start is then shorter by half a second
 * and each process smaller by some 20 MB. Children find the folder in the environment.
 */
function keepCompiled(root) {
  process.env.NODE_COMPILE_CACHE ??= path.join(root, 'node_modules', '.cache', 'compiled')
  module.enableCompileCache?.(process.env.NODE_COMPILE_CACHE)
}

/** The Node.js that package-lock.json pins for this system. */
export function pinnedNode(root) {
  const name = `node-${process.platform}-${process.arch}`
  const file = path.join(root, 'node_modules', name, 'bin', 'node')

  if (!fs.existsSync(file)) {
    throw new StartError([
      `Muhr needs Node.js ${neededMajor} or newer. This is ${process.versions.node}, and npm has no ready copy for ${process.platform}-${process.arch}.`,
      `Install Node.js ${neededMajor} from https://nodejs.org, then run the command again.`,
    ])
  }

  return file
}

/**
 * Runs a child that shares our terminal, and ends as it ends. On a terminal Ctrl-C reaches both of us at
 * once, so it is not sent on a second time; signals to us alone are.
 */
async function runChild(program, args) {
  // Only here: most starts have no child, and are shorter without it.
  const { spawn } = await import('node:child_process')
  const child = spawn(program, args, { stdio: 'inherit' })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const forward = (signal) => {
    if (signal !== 'SIGINT' || process.stdin.isTTY !== true) {
      child.kill(signal)
    }
  }
  for (const signal of signals) {
    process.on(signal, forward)
  }

  const [status, signal] = await new Promise((resolve, reject) => {
    child.once('error', (error) => reject(cannotRun(program, error)))
    child.once('exit', (...ended) => resolve(ended))
  })
  for (const name of signals) {
    process.off(name, forward)
  }

  if (signal === null) {
    process.exitCode = status
  } else {
    // Ended by a signal, as the child was, so that whoever started us sees the same.
    process.exitCode = 128 + os.constants.signals[signal]
    process.kill(process.pid, signal)
  }
}

function cannotRun(program, error) {
  return new StartError([
    `The Node.js that comes with the packages does not run here (${error.code}): ${program}.`,
    `It wants a Linux with glibc and a folder from which programs may run. Or install Node.js ${neededMajor} from https://nodejs.org and run the command again.`,
  ])
}
