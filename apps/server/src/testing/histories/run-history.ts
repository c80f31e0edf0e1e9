import { isEnvelopeFinal } from '@muhr/envelope'
import { sweepOwed } from '../../jobs/sweep-owed.ts'
import type { TestInstallation } from '../start-test-installation.ts'
import { step } from './moves.ts'
import { judge, judgeRest } from './oracle.ts'
import { createWorld, type HistoryWorld } from './world.ts'

export type History = {
  readonly problems: readonly string[]
  readonly trace: readonly string[]
  /** How many envelopes ended in each state. */
  readonly ends: ReadonlyMap<string, number>
}

/**
 * Plays one history over two servers, the real database and the real adapter, and looks at everything
 * after each step; then lets all of it come to its end. Stops at the first problem.
 */
export async function runHistory(
  muhr: TestInstallation,
  options: { readonly seed: number; readonly steps: number },
): Promise<History> {
  const world = await createWorld(muhr, options.seed)
  for (let index = 0; index < options.steps && world.problems.length === 0; index += 1) {
    await step(world)
    await judge(world)
  }
  if (world.problems.length === 0) {
    await comeToRest(world)
  }
  const ends = new Map<string, number>()
  for (const { last } of world.envelopes) {
    const state = last?.envelope.state ?? 'none'
    ends.set(state, (ends.get(state) ?? 0) + 1)
  }

  return { problems: world.problems, trace: world.trace, ends }
}

/** Trust comes back, what is still open is voided, and everything owed is done. */
async function comeToRest(world: HistoryWorld): Promise<void> {
  const { muhr } = world
  await muhr.phone.faults({ ocsp: 'none', tsa: 'none' })
  await muhr.passTime(3_700_000)
  for (const { id, last } of world.envelopes) {
    if (last !== undefined && !isEnvelopeFinal(last.envelope.state)) {
      await muhr.api.call(`/v1/envelopes/${id}/void`, { method: 'POST', json: { reason: 'end' } })
    }
  }
  for (let round = 0; round < 40; round += 1) {
    await muhr.passTime(120_000)
    const owed = await sweepOwed(muhr.server.app, { patienceMs: 0 })
    const [row] = await muhr.sql<{ count: number }>(
      `select count(*)::int as count from pgboss.job
        where state in ('created', 'active', 'retry') and start_after <= now() + interval '1 minute'`,
    )
    if (owed === 0 && row?.count === 0) {
      break
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  await judge(world)
  await judgeRest(world)
}
