import { nodeThreads } from './node-threads.ts'
import type { PoolReply, PoolRequest } from './pack-jobs.ts'

/** One worker, of whichever platform. */
export type PoolWorker = {
  /** Sends a request and gives its octets away. */
  readonly post: (request: PoolRequest) => void
  /** Whether the worker keeps the process alive; it does while it has work. */
  readonly keepAlive: (isBusy: boolean) => void
  readonly end: () => Promise<void>
}

export type PoolWorkerEvents = {
  readonly onReply: (reply: PoolReply) => void
  /** It ended by itself or threw: it answers nothing more. */
  readonly onDeath: () => void
}

/** Starts a worker thread of Node, or a module worker of a browser. */
export function startWorker({ onReply, onDeath }: PoolWorkerEvents): PoolWorker {
  const threads = nodeThreads()
  if (threads === undefined) {
    const worker = new Worker(new URL('./pool-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<PoolReply>) => onReply(data))
    worker.addEventListener('error', onDeath)
    worker.addEventListener('messageerror', onDeath)

    return {
      post: (request) => worker.postMessage(request, [request.octets.buffer]),
      keepAlive: () => undefined,
      end: async () => worker.terminate(),
    }
  }
  const worker = new threads.Worker(new URL('./pool-worker.ts', import.meta.url))
  worker.on('message', onReply)
  worker.on('error', onDeath)
  worker.on('exit', onDeath)

  return {
    post: (request) => worker.postMessage(request, [request.octets.buffer]),
    keepAlive: (isBusy) => {
      if (isBusy) worker.ref()
      else worker.unref()
    },
    end: async () => {
      await worker.terminate()
    },
  }
}
