import { type CurveName, curveOf } from '../curves.ts'
import { assertOctets } from '../octets.ts'
import { type SignDigestInput, signDigest } from '../sign-digest.ts'
import type { Signature } from '../signature.ts'
import { type VerifyDigestInput, verifyDigest } from '../verify-digest.ts'
import {
  canPack,
  type PoolRequest,
  packSign,
  packVerify,
  unpackSignatures,
  unpackVerified,
} from './pack-jobs.ts'
import { PoolError } from './pool-error.ts'
import { type PoolWorker, type PoolWorkerEvents, startWorker } from './start-worker.ts'
import { createWorkerQueue } from './worker-queue.ts'

/** Fewer than these are done sooner on the calling thread than sent away. */
const SMALLEST_BATCH = 8
/** The shared inverse of a batch gains little beyond. */
const LARGEST_BATCH = 64

export type GostPoolOptions = {
  /** Workers at most, 1 to 64; by default one for each core. They start when there is work for them. */
  readonly size?: number
  /** Starts a worker in another way, where a bundler or a policy asks for it. */
  readonly startWorker?: (events: PoolWorkerEvents) => PoolWorker
}

export type GostPool = {
  readonly size: number
  /**
   * What `verifyDigest` says of each, in the same order.
   * @throws RangeError as `verifyDigest` does; PoolError `pool.closed`, `pool.worker-died`.
   */
  verifyDigests(inputs: readonly VerifyDigestInput[]): Promise<readonly boolean[]>
  /**
   * What `signDigest` gives for each, in the same order. Private keys are copied to a worker; the copies
   * are overwritten after use.
   * @throws RangeError as `signDigest` does; PoolError `pool.closed`, `pool.worker-died`.
   */
  signDigests(inputs: readonly SignDigestInput[]): Promise<readonly Signature[]>
  /** Ends all workers; work that is not done is refused by `pool.closed`, and so is more of it. */
  close(): Promise<void>
}

/**
 * Makes a pool. A worker that dies is replaced, and its work is given to another one once; work over
 * which a second worker dies is refused. An idle pool keeps no process alive.
 * @throws RangeError when `size` is not a whole number from 1 to 64.
 */
export function createGostPool(options: GostPoolOptions = {}): GostPool {
  const size = options.size ?? Math.min(64, Math.max(1, navigator.hardwareConcurrency))
  if (!Number.isInteger(size) || size < 1 || size > 64) {
    throw new RangeError('"size" expected a whole number from 1 to 64')
  }
  const queue = createWorkerQueue({ size, startWorker: options.startWorker ?? startWorker })
  let isClosed = false

  /** Results in the order of the inputs; batches of one curve go to workers, the rest is done here. */
  const runAll = async <Input extends { readonly curve: CurveName }, Result>(
    inputs: readonly Input[],
    work: Work<Input, Result>,
  ): Promise<readonly Result[]> => {
    if (isClosed) throw new PoolError('pool.closed')
    const results = new Map<number, Result>()
    const batches = batchesOf(inputs, { size, isSent: work.isSent })
    const packed = batches.sent.map(({ curve, places }) => ({
      places,
      curve,
      octets: work.pack(places.map(({ input }) => input)),
    }))
    const answers = packed.map(async ({ places, curve, octets }) => {
      const answer = await queue.run({ kind: work.kind, curve, octets })
      work.unpack(curve, answer).forEach((result, i) => {
        results.set(places[i]?.index ?? -1, result)
      })
    })
    try {
      for (const { input, index } of batches.kept) results.set(index, work.here(input))
    } finally {
      await Promise.all(answers)
    }

    return inputs.map((_, index) => results.get(index) as Result)
  }

  return {
    size,
    verifyDigests: async (inputs) => {
      for (const { curve, publicKey, digest } of inputs) {
        assertOctets(publicKey, 'publicKey')
        assertOctets(digest, 'digest', curveOf(curve).byteLength)
      }

      return runAll(inputs, verifying)
    },
    signDigests: async (inputs) => {
      for (const { curve, privateKey, digest, extraEntropy } of inputs) {
        const { byteLength } = curveOf(curve)
        assertOctets(privateKey, 'privateKey', byteLength)
        assertOctets(digest, 'digest', byteLength)
        if (extraEntropy !== undefined) assertOctets(extraEntropy, 'extraEntropy')
      }

      return runAll(inputs, signing)
    },
    close: () => {
      isClosed = true

      return queue.close()
    },
  }
}

type Work<Input, Result> = {
  readonly kind: PoolRequest['kind']
  readonly isSent: (input: Input) => boolean
  readonly here: (input: Input) => Result
  readonly pack: (inputs: readonly Input[]) => Uint8Array<ArrayBuffer>
  readonly unpack: (curve: CurveName, octets: Uint8Array) => readonly Result[]
}

const verifying: Work<VerifyDigestInput, boolean> = {
  kind: 'verify',
  isSent: canPack,
  here: verifyDigest,
  pack: packVerify,
  unpack: (_, octets) => unpackVerified(octets),
}

const signing: Work<SignDigestInput, Signature> = {
  kind: 'sign',
  isSent: () => true,
  here: signDigest,
  pack: packSign,
  unpack: (curve, octets) => unpackSignatures(curveOf(curve).byteLength, octets),
}

type Place<Input> = { readonly input: Input; readonly index: number }

/** Batches of one curve each, none longer than is useful, so many that all workers get some. */
function batchesOf<Input extends { readonly curve: CurveName }>(
  inputs: readonly Input[],
  { size, isSent }: { readonly size: number; readonly isSent: (input: Input) => boolean },
) {
  const byCurve = Map.groupBy(
    inputs.map((input, index) => ({ input, index })),
    ({ input }) => (isSent(input) ? input.curve : undefined),
  )
  const kept: Place<Input>[] = []
  const sent: { readonly curve: CurveName; readonly places: readonly Place<Input>[] }[] = []
  for (const [curve, places] of byCurve) {
    if (curve === undefined || places.length < SMALLEST_BATCH) {
      kept.push(...places)
      continue
    }
    const share = Math.ceil(places.length / size)
    const length = Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, share))
    for (let at = 0; at < places.length; at += length) {
      sent.push({ curve, places: places.slice(at, at + length) })
    }
  }

  return { kept, sent }
}
