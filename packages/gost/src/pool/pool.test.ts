import { afterEach, describe, expect, it } from 'vitest'
import {
  type CurveName,
  curveOf,
  derivePublicKey,
  type SignDigestInput,
  signDigest,
  type VerifyDigestInput,
  verifyDigest,
} from '../index.ts'
import { createGostPool, type GostPool, type GostPoolOptions } from './index.ts'
import { startWorker } from './start-worker.ts'

const pools: GostPool[] = []
const poolOf = (options: GostPoolOptions): GostPool => {
  const pool = createGostPool(options)
  pools.push(pool)

  return pool
}

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

const octetsOf = (seed: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => seed * 17 + i * 29 + 3)

const keyOf = (curve: CurveName, seed: number): Uint8Array => {
  const key = octetsOf(seed, curveOf(curve).byteLength)
  key[key.length - 1] = 1

  return key
}

const toSign = (curve: CurveName, seed: number): SignDigestInput => ({
  curve,
  privateKey: keyOf(curve, seed),
  digest: octetsOf(seed + 1, curveOf(curve).byteLength),
  ...(seed % 2 === 0 ? {} : { extraEntropy: octetsOf(seed, seed) }),
})

const toVerify = (curve: CurveName, seed: number): VerifyDigestInput => {
  const { privateKey, digest } = toSign(curve, seed)

  return {
    curve,
    publicKey: derivePublicKey(curve, privateKey),
    digest,
    signature: signDigest({ curve, privateKey, digest }),
  }
}

const many = <T>(count: number, make: (i: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, i) => make(i))

/** Good ones of two curves, and every kind of bad one, so that no two neighbours have the same answer. */
const mixed = (): readonly VerifyDigestInput[] =>
  many(24, (i) => toVerify(i % 5 === 0 ? 'tc26-256-A' : 'cryptopro-A', i)).map((input, i) => {
    const { signature, publicKey } = input
    const faults: readonly VerifyDigestInput[] = [
      { ...input, signature: { ...signature, r: signature.r ^ 1n } },
      { ...input, signature: { ...signature, s: 0n } },
      { ...input, signature: { ...signature, r: -1n } },
      { ...input, signature: { ...signature, s: 1n << 300n } },
      { ...input, signature: { ...signature, byteLength: 64 } },
      { ...input, publicKey: publicKey.subarray(1) },
      { ...input, publicKey: new Uint8Array(64) },
    ]

    return i % 2 === 0 ? input : (faults[i % faults.length] ?? input)
  })

/** A worker that dies at its first request, as often as is said; later ones are real. */
const dying = (deaths: number): Required<Pick<GostPoolOptions, 'startWorker'>> => {
  let left = deaths

  return {
    startWorker: (events) => {
      if (left === 0) return startWorker(events)
      left--

      return {
        post: () => queueMicrotask(events.onDeath),
        keepAlive: () => undefined,
        end: async () => undefined,
      }
    },
  }
}

describe('a pool of workers', () => {
  it('verifies as the calling thread does, the good and the bad, in order', async () => {
    const inputs = mixed()
    const answers = await poolOf({ size: 2 }).verifyDigests(inputs)
    expect(answers).toEqual(inputs.map(verifyDigest))
    expect(answers.filter(Boolean)).toHaveLength(12)
  })

  it('signs as the calling thread does, with and without entropy', async () => {
    const inputs = many(20, (i) => toSign(i < 10 ? 'cryptopro-A' : 'test-256', i))
    expect(await poolOf({ size: 2 }).signDigests(inputs)).toEqual(inputs.map(signDigest))
  })

  it('takes the inputs as they are when it is called', async () => {
    const inputs = many(10, (i) => toVerify('cryptopro-A', i))
    const answers = poolOf({ size: 1 }).verifyDigests(inputs)
    for (const { digest } of inputs) digest.fill(0)
    expect(await answers).toEqual(new Array(10).fill(true))
  })

  it('starts no worker for a few signatures, nor before there is work', async () => {
    const pool = poolOf({
      size: 2,
      startWorker: () => {
        throw new Error('a worker was started')
      },
    })
    expect(await pool.verifyDigests([toVerify('cryptopro-A', 1)])).toEqual([true])
    expect(await pool.verifyDigests([])).toEqual([])
  })

  it('refuses wrong arguments as the calling thread does', async () => {
    const pool = poolOf({ size: 1 })
    const input = toVerify('cryptopro-A', 1)
    await expect(
      pool.verifyDigests([{ ...input, digest: input.digest.subarray(1) }]),
    ).rejects.toThrow(RangeError)
    const zero = many(9, (i) => ({ ...toSign('cryptopro-A', i), privateKey: new Uint8Array(32) }))
    await expect(pool.signDigests(zero)).rejects.toThrow('"privateKey" is not between 0 and q')
    expect(() => createGostPool({ size: 0 })).toThrow(RangeError)
    expect(() => createGostPool({ size: 1.5 })).toThrow(RangeError)
  })

  it('replaces a worker that dies and repeats its work', async () => {
    const inputs = mixed()
    const pool = poolOf({ size: 1, ...dying(1) })
    expect(await pool.verifyDigests(inputs)).toEqual(inputs.map(verifyDigest))
  })

  it('notices the end of a real worker in the middle of its work', async () => {
    const inputs = mixed()
    let isFirst = true
    const pool = poolOf({
      size: 1,
      startWorker: (events) => {
        const worker = startWorker(events)
        if (!isFirst) return worker
        isFirst = false

        return {
          ...worker,
          post: (request) => {
            worker.post(request)
            void worker.end()
          },
        }
      },
    })
    expect(await pool.verifyDigests(inputs)).toEqual(inputs.map(verifyDigest))
    expect(isFirst).toBe(false)
  })

  it('refuses work over which a second worker dies, and goes on with other work', async () => {
    const inputs = many(9, (i) => toVerify('cryptopro-A', i))
    const pool = poolOf({ size: 1, ...dying(2) })
    await expect(pool.verifyDigests(inputs)).rejects.toMatchObject({ code: 'pool.worker-died' })
    expect(await pool.verifyDigests(inputs)).toEqual(new Array(9).fill(true))
  })

  it('refuses work where no worker can be started', async () => {
    const pool = poolOf({
      size: 2,
      startWorker: () => {
        throw new Error('forbidden by policy')
      },
    })
    const inputs = many(9, (i) => toVerify('cryptopro-A', i))
    await expect(pool.verifyDigests(inputs)).rejects.toMatchObject({ code: 'pool.worker-died' })
  })

  it('is closed with its work refused, and stays closed', async () => {
    const pool = poolOf({ size: 1 })
    const inputs = many(40, (i) => toVerify('cryptopro-A', i % 4))
    const open = pool.verifyDigests(inputs)
    const refused = expect(open).rejects.toMatchObject({ code: 'pool.closed' })
    await pool.close()
    await refused
    await expect(pool.verifyDigests(inputs)).rejects.toMatchObject({ code: 'pool.closed' })
    await expect(pool.signDigests([toSign('cryptopro-A', 1)])).rejects.toMatchObject({
      code: 'pool.closed',
    })
  })
})
