import fs from 'node:fs'
import path from 'node:path'
import { waitForLock } from '../../server/src/process/process-lock.js'
import { arePagesBuilt, buildPages } from './build-pages.js'
import { install, isInstalled } from './install.js'
import { requireWritable } from './paths.js'
import { StartError } from './start-error.js'

const longestWaitMs = 30 * 60_000

/**
 * Brings a checkout to where it can run: installs packages when they are missing, half there, or not those
 * of package-lock.json; builds the pages when their sources changed. Nothing to do takes some
 * milliseconds and writes nothing. One process at a time does it; others wait.
 *
 * @param onStep told what is about to be done
 */
export async function prepare(root, { needsPages = false, onStep = () => undefined } = {}) {
  if (isReady(root, needsPages)) {
    return
  }

  const advice =
    'Run the command as the user that the folder belongs to, or give all of it to this user.'
  const lockFolder = path.join(root, '.muhr')
  requireWritable(root, advice)
  requireWritable(lockFolder, advice)
  const taken = await waitForLock(lockFolder, {
    waitMs: longestWaitMs,
    onWait: ({ owner }) =>
      console.error(`Waiting for process ${owner.pid}, which is preparing the same folder.`),
  })

  if (!taken.held) {
    throw new StartError([
      `Process ${taken.owner.pid} has been preparing ${root} for half an hour.`,
      'End that process, then run the command again.',
    ])
  }

  try {
    if (!isInstalled(root)) {
      onStep('installing packages')
      requireModulesWritable(root)
      await install(root)
    }

    if (needsPages && !arePagesBuilt(root)) {
      onStep('building the pages')
      await buildPages(root)
    }
  } finally {
    taken.lock.release()
  }
}

function isReady(root, needsPages) {
  return isInstalled(root) && (!needsPages || arePagesBuilt(root))
}

/** Packages that another user installed cannot be taken away: npm would stop half-way. */
function requireModulesWritable(root) {
  const modules = path.join(root, 'node_modules')

  if (fs.existsSync(modules)) {
    requireWritable(
      modules,
      'Run the command as the user that installed the packages, or have that user remove node_modules.',
    )
  }
}
