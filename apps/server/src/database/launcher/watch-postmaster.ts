import { startTicksOf } from '../../process/process-identity.js'
import { isRunning } from './cluster-processes.ts'
import { LauncherError } from './error.ts'

const pollMs = 250
const mostRestarts = 5
const restartWindowMs = 60_000

/**
 * Watches a postmaster, child of ours or not, and has it started again when it ends. Five ends within
 * a minute are no accident any more: then, as after a failed start, `onLost` is told and watching ends.
 */
export function watchPostmaster({
  pid,
  restart,
  onLost,
}: {
  readonly pid: number
  readonly restart: () => Promise<number>
  readonly onLost?: ((error: unknown) => void) | undefined
}): { readonly stop: () => Promise<void> } {
  const restarts: number[] = []
  let isStopped = false
  let watched = { pid, startTicks: startTicksOf(pid) }
  let restarting: Promise<void> | undefined

  const timer = setInterval(() => {
    const isGone = !isRunning(watched.pid) || startTicksOf(watched.pid) !== watched.startTicks

    if (isGone && restarting === undefined) {
      restarting = bringBack().finally(() => {
        restarting = undefined
      })
    }
  }, pollMs)
  timer.unref()

  const bringBack = async () => {
    try {
      assertNotTooOften(restarts, watched.pid)
      const next = await restart()
      watched = { pid: next, startTicks: startTicksOf(next) }
    } catch (error) {
      clearInterval(timer)

      if (!isStopped) {
        onLost?.(error)
      }
    }
  }

  return {
    stop: async () => {
      isStopped = true
      clearInterval(timer)
      await restarting
    },
  }
}

function assertNotTooOften(restarts: number[], pid: number): void {
  const now = Date.now()
  restarts.push(now)

  if (restarts.filter((time) => now - time < restartWindowMs).length > mostRestarts) {
    throw new LauncherError({
      code: 'database.start-failed',
      message: `PostgreSQL ended more than ${mostRestarts} times within a minute, last as process ${pid}.`,
      advice: 'Look into postgres.log beside the data, and whether the system is out of memory.',
      data: { folder: '', log: '' },
    })
  }
}
