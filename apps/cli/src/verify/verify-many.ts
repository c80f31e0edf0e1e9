import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { CommandIo } from '../command/io.ts'
import type { FileResult } from './file-result.ts'
import type { Target } from './find-targets.ts'
import type { VerifyContext } from './verify-file.ts'
import { verifyTarget } from './verify-target.ts'

/** What a thread is started with: everything that crosses is plain data. */
export type ThreadStart = {
  readonly targets: readonly Target[]
  /** One Int32: the next target that nobody has taken. */
  readonly next: SharedArrayBuffer
  readonly anchors: readonly { readonly bytes: Uint8Array; readonly origin: string }[]
  readonly helpers: readonly Uint8Array[]
  /** Path of the document that was named, or its octets from standard input. */
  readonly content: string | Uint8Array | undefined
  readonly policy: string
  readonly atMs: number | undefined
  readonly nowMs: number
  readonly cwd: string
}

/** Results of one thread, with the places of their targets. */
export type ThreadResults = readonly (readonly [index: number, result: FileResult])[]

/** A further thread, and when it is at its end; it waits for a {@link ThreadStart}. */
export type VerifierThread = { readonly worker: Worker; readonly ended: Promise<void> }

/** Below this a second thread costs more than it brings. */
export const minTargetsPerThread = 24
/** Results travel in parcels, since each message costs some microseconds. */
export const resultsPerMessage = 16

/** What one verification leaves behind is short-lived: room for some hundreds of them between collections. */
const youngMb = 64

/** Takes targets until none is left; every thread runs the same loop over the same counter. */
export async function takeTargets(
  { targets, next }: Pick<ThreadStart, 'targets' | 'next'>,
  verify: (target: Target) => Promise<FileResult>,
  onResult: (index: number, result: FileResult) => void,
): Promise<void> {
  const counter = new Int32Array(next)
  for (;;) {
    const index = Atomics.add(counter, 0, 1)
    const target = targets[index]
    if (target === undefined) {
      return
    }
    onResult(index, await verify(target))
  }
}

/**
 * Starts a thread for each core but this one. They load what they need and wait for `verifyMany`; whoever
 * starts them ends them.
 */
export function startThreads(): readonly VerifierThread[] {
  return Array.from({ length: availableParallelism() - 1 }, startThread)
}

/**
 * Verifies many files with all cores: this thread and a worker thread for each further core, as far as
 * there is work for them. Results stand in the order of the targets.
 * @throws CliError `cli.usage`
 */
export async function verifyMany(
  targets: readonly Target[],
  {
    context,
    contentPath,
    io,
    onResult,
    threads = availableParallelism(),
    started = [],
  }: {
    readonly context: VerifyContext
    /** Of the content in `context`, for other threads to open. */
    readonly contentPath?: string | undefined
    readonly io: CommandIo
    readonly onResult?: (result: FileResult, done: number) => void
    readonly threads?: number
    /** By {@link startThreads}; as many as are wanted beyond them are started now. */
    readonly started?: readonly VerifierThread[]
  },
): Promise<readonly FileResult[]> {
  const results = new Map<number, FileResult>()
  const keep = (index: number, result: FileResult) => {
    results.set(index, result)
    onResult?.(result, results.size)
  }
  const start: ThreadStart = {
    targets,
    next: new SharedArrayBuffer(4),
    anchors: context.trust.store.anchors.map(({ certificate, origin }) => ({
      bytes: certificate.bytes,
      origin,
    })),
    helpers: context.trust.helpers,
    content: context.content instanceof Uint8Array ? context.content : contentPath,
    policy: context.policy,
    atMs: context.at?.getTime(),
    nowMs: context.now.getTime(),
    cwd: io.cwd,
  }
  const helpers = Math.min(threads, Math.ceil(targets.length / minTargetsPerThread)) - 1
  const workers = Array.from({ length: helpers }, (_, index) => started[index] ?? startThread())
  for (const worker of workers) {
    giveWork(worker, { start, keep })
  }
  const own = takeTargets(start, (target) => verifyTarget(target, context, io), keep)
  try {
    await Promise.all([own, ...workers.map(({ ended }) => ended)])
  } finally {
    await Promise.all(workers.map(({ worker }) => worker.terminate()))
  }

  return targets.flatMap((_, index) => results.get(index) ?? [])
}

/** Beside this file, in the sources and in the bundle. */
const threadFile = import.meta.url.endsWith('.ts') ? './verify-thread.ts' : './verify-thread.js'

function startThread(): VerifierThread {
  const worker = new Worker(new URL(threadFile, import.meta.url), {
    resourceLimits: { maxYoungGenerationSizeMb: youngMb },
  })
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`a verifier thread ended with ${code}`)),
    )
  })
  // Of one that fails before it has work, `verifyMany` is told when it gives it some.
  ended.catch(() => undefined)

  return { worker, ended }
}

function giveWork(
  { worker }: VerifierThread,
  { start, keep }: { start: ThreadStart; keep: (index: number, result: FileResult) => void },
): void {
  worker.on('message', (results: ThreadResults) => {
    for (const [index, result] of results) {
      keep(index, result)
    }
  })
  worker.postMessage(start)
}
