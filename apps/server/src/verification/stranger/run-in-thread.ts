import { Worker } from 'node:worker_threads'
import type { PolicyName } from '@muhr/pki'
import type { FromThread, StrangerJob, StrangerReport, ToThread } from './messages.ts'

/** What came of a stranger's file. */
export type StrangerOutcome =
  | { readonly kind: 'report'; readonly report: StrangerReport }
  | { readonly kind: 'refused'; readonly code: string; readonly advice: string }
  /** It took more time or memory than any real signature; its thread was ended. */
  | { readonly kind: 'too-costly' }
  | { readonly kind: 'broken'; readonly name: string }

export type ThreadLimits = {
  /** Time that the thread may work; waiting for a revocation answer does not count. */
  readonly workMs: number
  /** Time in all, answers included. */
  readonly totalMs: number
  /** Heap of the thread. */
  readonly maxHeapMb: number
  /** Questions to OCSP hosts for one file. */
  readonly maxQuestions: number
}

export const strangerLimits: ThreadLimits = {
  workMs: 10_000,
  totalMs: 60_000,
  maxHeapMb: 256,
  maxQuestions: 24,
}

const entry = new URL('./verify-thread.ts', import.meta.url)

/**
 * Verifies one file in a thread of its own that ends with it: nothing a stranger sends can stop the
 * server, or be there for the next one. A thread costs some tens of milliseconds of start.
 *
 * @param ask sends an OCSP request (DER) to the host that is configured for a policy
 */
export function runInThread(
  job: StrangerJob,
  {
    ask,
    limits = strangerLimits,
    thread = entry,
  }: {
    readonly ask: (request: Uint8Array, policy: PolicyName) => Promise<Uint8Array | undefined>
    readonly limits?: ThreadLimits
    readonly thread?: URL
  },
): Promise<StrangerOutcome> {
  const worker = new Worker(thread, {
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb, stackSizeMb: 4 },
  })
  const { promise, resolve } = Promise.withResolvers<StrangerOutcome>()
  const clock = createWorkClock(limits, () => resolve({ kind: 'too-costly' }))
  let questions = 0
  const answer = async (question: Extract<FromThread, { kind: 'question' }>) => {
    questions += 1
    if (questions > limits.maxQuestions) {
      resolve({ kind: 'too-costly' })
      return
    }
    clock.pause()
    const bytes = await ask(question.bytes, question.policy).catch(() => undefined)
    clock.resume()
    worker.postMessage({ kind: 'answer', id: question.id, bytes } satisfies ToThread)
  }
  worker.on('message', (message: FromThread) =>
    message.kind === 'question' ? void answer(message) : resolve(message),
  )
  worker.on('error', (error: NodeJS.ErrnoException) =>
    resolve(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? { kind: 'too-costly' }
        : { kind: 'broken', name: error.name },
    ),
  )
  worker.on('exit', () => resolve({ kind: 'broken', name: 'ThreadExit' }))
  worker.postMessage({ kind: 'job', job } satisfies ToThread)

  return promise.finally(() => {
    clock.stop()

    return worker.terminate()
  })
}

/** Counts work apart from waiting, and all of it together. */
function createWorkClock({ workMs, totalMs }: ThreadLimits, onEnd: () => void) {
  let left = workMs
  let since = performance.now()
  let waits = 0
  let work: NodeJS.Timeout | undefined = setTimeout(onEnd, left)
  const total = setTimeout(onEnd, totalMs)

  return {
    pause: () => {
      waits += 1
      if (waits === 1) {
        clearTimeout(work)
        left -= performance.now() - since
      }
    },
    resume: () => {
      waits -= 1
      if (waits === 0) {
        since = performance.now()
        work = setTimeout(onEnd, Math.max(0, left))
      }
    },
    stop: () => {
      clearTimeout(work)
      clearTimeout(total)
      work = undefined
    },
  }
}
