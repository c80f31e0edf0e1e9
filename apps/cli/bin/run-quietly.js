import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { StartError } from './start-error.js'

const keptBytes = 200_000

/** The end of what a program printed, for a message. */
export function quoteEnd(output) {
  return output
    .split('\n')
    .slice(-40)
    .map((line) => `  ${line}`)
    .join('\n')
}

/**
 * Runs npm without showing what it prints. Resolves with the exit status and the end of that.
 * Ctrl-C and a stop from outside end npm too.
 */
export function runNpm(args, { cwd }) {
  const { program, before } = findNpm()

  return runQuietly(program, [...before, ...args], { cwd })
}

export async function runQuietly(program, args, { cwd }) {
  const child = spawn(program, args, {
    cwd,
    // Packages for building are wanted whatever the environment says.
    env: {
      ...process.env,
      NODE_ENV: undefined,
      npm_config_omit: undefined,
      FORCE_COLOR: undefined,
      NO_COLOR: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (data) => {
    output = (output + data).slice(-keptBytes)
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)

  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  let stoppedBy
  const stop = (signal) => {
    stoppedBy = signal
    child.kill(signal)
  }
  for (const signal of signals) {
    process.on(signal, stop)
  }

  try {
    const status = await new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', resolve)
    })

    if (stoppedBy !== undefined) {
      throw new StartError(['Stopped. The same command goes on from here.'], { exitCode: 130 })
    }

    return { status, output: stripVTControlCharacters(output).trim() }
  } catch (error) {
    if (error.code === 'ENOENT') {
      throw new StartError([
        `${program} was not found.`,
        'Install npm (it comes with Node.js from https://nodejs.org), then run the command again.',
      ])
    }
    throw error
  } finally {
    for (const signal of signals) {
      process.off(signal, stop)
    }
  }
}

/**
 * The npm that runs us, or the one on the PATH: also when we run under the Node.js of the packages, and
 * an installation that failed has taken it away.
 */
function findNpm() {
  const current = process.env.npm_execpath
  const isNpm = current !== undefined && /^np[mx]-cli\.js$/.test(path.basename(current))

  return isNpm && fs.existsSync(process.execPath)
    ? { program: process.execPath, before: [path.join(path.dirname(current), 'npm-cli.js')] }
    : { program: 'npm', before: [] }
}
