import { Worker } from 'node:worker_threads'
import type { XmlFault } from '@muhr/pki'

/** Octets alone: nothing of the server is within the thread's reach. */
export type XmlJob = {
  readonly document: Uint8Array
  /** Undefined: only whether the document is well-formed. */
  readonly schema: Uint8Array | undefined
}

type Refusal = { readonly code: string; readonly message: string; readonly line?: number }

export type XmlOutcome =
  | { readonly kind: 'checked'; readonly faults: readonly XmlFault[] }
  /** The document is hostile or in no known encoding: a code of `@muhr/pki`. */
  | ({ readonly kind: 'refused' } & Refusal)
  | ({ readonly kind: 'bad-schema' } & Refusal)
  /** A schema or document that asks for more work than any real one; its thread was ended. */
  | { readonly kind: 'too-costly' }
  | { readonly kind: 'broken'; readonly name: string }

/** Longest that a thread may work, ms. */
const workMs = 10_000
const maxHeapMb = 256
const maxIdle = 2
const maxUses = 100
const entry = new URL('./xml-thread.ts', import.meta.url)

/** Threads that wait for more, with how often each was used; they keep no process alive. */
const idle: { readonly worker: Worker; readonly uses: number }[] = []

function startThread(thread: URL): Worker {
  const worker = new Worker(thread, {
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, stackSizeMb: 4 },
  })
  worker.unref()

  return worker
}

/**
 * Holds a document against a schema in a thread apart: a schema that multiplies without end cannot stop
 * the server. A thread that answered serves again, since its start costs more than a check; one that did
 * not in time is ended.
 */
export async function runXmlThread(
  job: XmlJob,
  { limitMs = workMs, thread = entry }: { readonly limitMs?: number; readonly thread?: URL } = {},
): Promise<XmlOutcome> {
  const known = thread === entry ? idle.pop() : undefined
  const worker = known?.worker ?? startThread(thread)
  const outcome = await ask(worker, job, limitMs)
  const uses = (known?.uses ?? 0) + 1
  const mayServe = outcome.kind !== 'too-costly' && outcome.kind !== 'broken' && uses < maxUses
  if (mayServe && thread === entry && idle.length < maxIdle) {
    worker.unref()
    idle.push({ worker, uses })
  } else {
    await worker.terminate()
  }

  return outcome
}

async function ask(worker: Worker, job: XmlJob, limitMs: number): Promise<XmlOutcome> {
  const { promise, resolve } = Promise.withResolvers<XmlOutcome>()
  const clock = setTimeout(() => resolve({ kind: 'too-costly' }), limitMs)
  const onError = (error: NodeJS.ErrnoException) =>
    resolve(
      error.code === 'ERR_WORKER_OUT_OF_MEMORY'
        ? { kind: 'too-costly' }
        : { kind: 'broken', name: error.name },
    )
  const onExit = () => resolve({ kind: 'broken', name: 'ThreadExit' })
  worker.ref()
  worker.on('message', resolve)
  worker.on('error', onError)
  worker.on('exit', onExit)
  worker.postMessage(job)
  try {
    return await promise
  } finally {
    clearTimeout(clock)
    worker.off('message', resolve)
    worker.off('error', onError)
    worker.off('exit', onExit)
  }
}
