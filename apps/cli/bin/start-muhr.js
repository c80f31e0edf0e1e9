import path from 'node:path'
import { tryLock } from '../../server/src/process/process-lock.js'
import { dataDir, requireWritable, root, withAccess } from './paths.js'
import { chosenPort, describeTakenPorts, ports } from './ports.js'
import { prepare } from './prepare.js'
import { runUnderNode } from './runtime.js'
import { StartError } from './start-error.js'
import { stopWithNpm } from './watch-parent.js'

const ownDataAdvice =
  'Start Muhr as the user that the folder belongs to, or keep its data elsewhere: MUHR_DATA=/some/folder npm start'

/**
 * npm start: prepares the checkout and runs `muhr serve --sandbox` until it is stopped. One at a time on
 * a data folder: a second one says where the first is, and ends.
 */
export async function startMuhr(args) {
  stopWithNpm()
  const folder = dataDir()
  requireWritable(folder, ownDataAdvice)
  const lock = takeLock(folder)
  await requirePorts()
  await prepare(root, { needsPages: true, onStep: (step) => lock.update({ step }) })
  lock.update({ step: 'running', url: publicUrl() })
  await runUnderNode(root, path.join(root, 'apps/cli/src/main.ts'), ['serve', '--sandbox', ...args])
}

function takeLock(folder) {
  const lockFolder = path.join(folder, 'start')
  const taken = withAccess(lockFolder, ownDataAdvice, () =>
    tryLock(lockFolder, { step: 'starting' }),
  )

  if (!taken.held) {
    throw new StartError(describeRunning(folder, taken))
  }

  return taken.lock
}

function describeRunning(folder, { owner, info }) {
  const beside =
    'To run another one beside it, give it data and ports of its own: MUHR_DATA=/some/folder MUHR_PORT=… MUHR_SANDBOX_CONSOLE_PORT=… MUHR_SANDBOX_CA_PORT=… npm start'

  return info.url === undefined
    ? [
        `Muhr is being started already, by process ${owner.pid} (${info.step}).`,
        `Wait for it, or end it with: kill ${owner.pid}`,
      ]
    : [
        `Muhr is already running at ${info.url} (process ${owner.pid}, data in ${folder}).`,
        `To stop it, press Ctrl-C where it was started, or: kill ${owner.pid}`,
        beside,
      ]
}

async function requirePorts() {
  const message = await describeTakenPorts(process.env.MUHR_HOST?.trim() || '127.0.0.1')

  if (message !== undefined) {
    throw new StartError([message])
  }
}

function publicUrl() {
  const port = chosenPort(ports[0]) ?? ports[0].standard

  return process.env.MUHR_PUBLIC_URL?.trim() || `http://127.0.0.1:${port}`
}
