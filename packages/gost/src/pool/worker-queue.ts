import type { PoolReply, PoolRequest } from './pack-jobs.ts'
import { PoolError } from './pool-error.ts'
import type { PoolWorker, PoolWorkerEvents } from './start-worker.ts'

/** One being worked on, one waiting: a worker never idles for the time of a message. */
const JOBS_PER_WORKER = 2

type Job = {
  readonly request: Omit<PoolRequest, 'id'>
  readonly resolve: (octets: Uint8Array) => void
  readonly reject: (error: Error) => void
  deaths: number
}

type Slot = { worker: PoolWorker | undefined; readonly jobs: Map<number, Job> }

export type WorkerQueue = {
  /**
   * Has a request done by the worker that has least to do. A worker that dies is replaced and its work
   * done by another one once. The octets are overwritten when it is settled.
   * @throws RangeError that the work threw; PoolError.
   */
  run(request: Omit<PoolRequest, 'id'>): Promise<Uint8Array>
  close(): Promise<void>
}

/** Workers start when there is work for them, and keep no process alive while there is none. */
export function createWorkerQueue(options: {
  readonly size: number
  readonly startWorker: (events: PoolWorkerEvents) => PoolWorker
}): WorkerQueue {
  const slots: readonly Slot[] = Array.from({ length: options.size }, () => ({
    worker: undefined,
    jobs: new Map(),
  }))
  const waiting: Job[] = []
  let nextId = 0
  let isClosed = false

  const workerOf = (slot: Slot): PoolWorker => {
    if (slot.worker !== undefined) return slot.worker
    const worker: PoolWorker = options.startWorker({
      onReply: (reply) => settle(slot, reply),
      onDeath: () => {
        if (slot.worker === worker) lose(slot)
      },
    })
    slot.worker = worker

    return worker
  }

  const settle = (slot: Slot, reply: PoolReply): void => {
    const job = slot.jobs.get(reply.id)
    slot.jobs.delete(reply.id)
    if ('octets' in reply) job?.resolve(reply.octets)
    else job?.reject(new RangeError(reply.rangeError))
    if (slot.jobs.size === 0) slot.worker?.keepAlive(false)
    hand()
  }

  const lose = (slot: Slot): void => {
    void slot.worker?.end()
    slot.worker = undefined
    const lost = [...slot.jobs.values()]
    slot.jobs.clear()
    for (const job of lost) job.deaths++
    for (const job of lost) if (job.deaths > 1) job.reject(new PoolError('pool.worker-died'))
    waiting.unshift(...lost.filter(({ deaths }) => deaths === 1))
    hand()
  }

  const hand = (): void => {
    while (waiting.length > 0) {
      const [slot] = slots.toSorted((a, b) => a.jobs.size - b.jobs.size)
      if (slot === undefined || slot.jobs.size >= JOBS_PER_WORKER) return
      const job = waiting.shift()
      if (job === undefined) return
      const id = nextId++
      slot.jobs.set(id, job)
      try {
        const worker = workerOf(slot)
        worker.keepAlive(true)
        // A copy is given away; the original serves again when the worker dies.
        worker.post({ ...job.request, id, octets: job.request.octets.slice() })
      } catch {
        lose(slot)
      }
    }
  }

  return {
    run: async (request) => {
      try {
        return await new Promise((resolve, reject) => {
          if (isClosed) throw new PoolError('pool.closed')
          waiting.push({ request, resolve, reject, deaths: 0 })
          hand()
        })
      } finally {
        request.octets.fill(0)
      }
    },
    close: async () => {
      isClosed = true
      const ending = slots.map(({ worker }) => worker)
      const refused = [...waiting.splice(0), ...slots.flatMap(({ jobs }) => [...jobs.values()])]
      for (const slot of slots) {
        slot.worker = undefined
        slot.jobs.clear()
      }
      for (const job of refused) job.reject(new PoolError('pool.closed'))
      await Promise.all(ending.map((worker) => worker?.end()))
    },
  }
}
