import { randomBytes } from 'node:crypto'
import { makePdf } from '../demo/make-pdf.ts'
import { type ProductPlace, type ProductProcess, startProduct } from '../testing/product-process.ts'
import { type Sent, StubbornClient } from './stubborn-client.ts'

/** A flow takes about this long undisturbed, ms; kills fall anywhere into it. */
const flowMs = 1_500

export type KillRound = {
  readonly round: number
  readonly victim: 'server' | 'database'
  /** After the first request of the flow, ms. */
  readonly atMs: number
  readonly faults: readonly string[]
}

/** Small deterministic generator (xorshift32), so that a failed run can be run again by its seed. */
function createRandom(seed: number): () => number {
  let state = seed | 1

  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5

    return (state >>> 0) / 2 ** 32
  }
}

/**
 * Kills the server or its PostgreSQL with SIGKILL at a random moment of a flow, starts the product again
 * and lets sender and citizen insist. After every round, and at the end for all rounds together, nothing
 * may be lost, doubled or changed.
 */
export async function runKillRounds(input: {
  readonly place: ProductPlace
  readonly rounds: number
  readonly seed: number
  readonly onRound?: (round: KillRound) => void
}): Promise<readonly KillRound[]> {
  const random = createRandom(input.seed)
  let product: ProductProcess = await startProduct(input.place)
  const client = new StubbornClient(() => product)
  const rounds: KillRound[] = []
  const sent: { readonly name: string; readonly sent: Sent }[] = []
  try {
    for (let round = 1; round <= input.rounds; round += 1) {
      const victim = random() < 0.6 ? 'server' : 'database'
      const atMs = Math.floor(random() * flowMs)
      const name = `kill-${input.seed}-${round}`
      const flow = client.sendAndSign(name, [
        makePdf([name, randomBytes(8).toString('hex')]),
        makePdf([`${name} annex`, randomBytes(8).toString('hex')]),
      ])
      flow.catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, atMs))
      if (victim === 'server') {
        await product.kill()
        product = await startProduct(input.place)
      } else {
        await product.killDatabase()
      }
      const done = await flow
      sent.push({ name, sent: done })
      const count = await client.countByTitle(name)
      const faults = [
        ...(await client.inspect(done)),
        ...(count === 1 ? [] : [`${count} envelopes of one send`]),
      ]
      const result = { round, victim, atMs, faults } as const
      rounds.push(result)
      input.onRound?.(result)
    }
    for (const { name, sent: done } of sent) {
      const faults = await client.inspect(done)
      if (faults.length > 0) {
        rounds.push({
          round: 0,
          victim: 'server',
          atMs: 0,
          faults: [`${name} at the end`, ...faults],
        })
      }
    }

    return rounds
  } finally {
    await product.stop()
  }
}
