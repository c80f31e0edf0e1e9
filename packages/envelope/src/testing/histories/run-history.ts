import type { EnvelopeState } from '../../words.ts'
import type { Guard } from '../core/core-types.ts'
import { clerk } from '../samples.ts'
import { actOn, moveOnce, type Play, resolutionOf } from './moves.ts'
import { judgeHistory, judgeRest } from './oracle.ts'
import { createRandom } from './random.ts'
import { createScheduler } from './scheduler.ts'
import { createWorld } from './world.ts'

export type History = {
  readonly seed: number
  readonly problems: readonly string[]
  readonly end: EnvelopeState
  /** What happened, one line each; empty unless asked for. */
  readonly trace: readonly string[]
}

/** Most processes that stand about at the same time. */
const mostStanding = 4

/**
 * Plays one history: random moves of people, services, workers and time, with processes overtaking each
 * other and falling between any two steps; then calm, so that everything may come to its end. The same
 * seed plays the same history.
 */
export async function runHistory(options: {
  readonly seed: number
  readonly without?: ReadonlySet<Guard> | undefined
  readonly traced?: boolean | undefined
}): Promise<History> {
  const random = createRandom(options.seed)
  const trace: string[] = []
  const log = (line: string) => {
    if (options.traced) {
      trace.push(line)
    }
  }
  const scheduler = createScheduler({
    random,
    pauseChance: random.pick([0, 0.1, 0.3]) ?? 0,
    crashChance: random.pick([0, 0.01, 0.05]) ?? 0,
    log,
  })
  const world = createWorld({
    random,
    onStep: scheduler.onStep,
    without: options.without ?? new Set(),
  })
  const play: Play = { world, random, scheduler, log }
  if (random.chance(0.9)) {
    await scheduler.start('send', () =>
      world.core.command(world.envelope, { kind: 'send', actor: clerk }),
    )
  }
  const moves = 20 + random.int(60)
  for (let move = 0; move < moves; move += 1) {
    const isFull = scheduler.standing() >= mostStanding
    if (isFull || (scheduler.standing() > 0 && random.chance(0.4))) {
      await scheduler.resumeOne()
    } else {
      await moveOnce(play)
    }
  }
  await scheduler.calm()
  world.withholdTrust(false)
  // The end is played as one more process: where a guard was taken away it may fail, which is a find.
  await scheduler.start('the end', async () => {
    if (random.chance(0.7)) {
      await signAll(play)
    }
    await endAll(play)
  })
  const failures = scheduler.failures().map((error) => `a process failed: ${String(error)}`)

  return {
    seed: options.seed,
    problems: [...failures, ...(await judgeHistory(world)), ...judgeRest(world)],
    end: world.aggregate().envelope.state,
    trace,
  }
}

/** Everything that is due is done, by everybody. */
async function settleAll({ world }: Play): Promise<void> {
  world.core.redeliver()
  await world.core.settle()
  for (const seal of world.aggregate().seals) {
    if (seal.state === 'wanted') {
      await world.core.makeSeal(world.envelope, seal.id)
    }
  }
  await world.core.settle()
  await world.core.makeKeptSeals()
  await world.core.settle()
  for (const connection of world.connections) {
    await world.core.watch(connection)
  }
  await world.core.settle()
  for (const request of world.aggregate().requests) {
    if (request.state === 'unknown' && request.traits.idempotency === 'none') {
      await world.core.command(world.envelope, resolutionOf(world, request))
    }
  }
  await world.core.settle()
}

/** Every signer that is still asked signs as they should. */
async function signAll(play: Play): Promise<void> {
  const { world } = play
  await world.core.command(world.envelope, { kind: 'send', actor: clerk })
  for (let round = 0; round < 4; round += 1) {
    await settleAll(play)
    for (const request of world.aggregate().requests) {
      if (request.state === 'open') {
        const { signings, recipients } = world.aggregate()
        const signing = signings.find((each) => each.id === request.signing)
        const person = recipients.findIndex((each) => each.id === signing?.recipient)
        await actOn(play, request, { kind: 'sign', person })
        await settleAll(play)
      }
    }
    world.clock.pass(31_000)
  }
}

/** Time passes until nothing changes any more: windows, graces, resends, rechecks, seals, later groups. */
async function endAll(play: Play): Promise<void> {
  const { world } = play
  for (const ms of [60_000, 600_000, hourMs, hourMs]) {
    await settleAll(play)
    world.clock.pass(ms)
  }
  for (let round = 0, calm = 0; round < 20 && calm < 2; round += 1) {
    const before = world.aggregate()
    await settleAll(play)
    world.clock.pass(30 * hourMs)
    await settleAll(play)
    calm = world.aggregate() === before ? calm + 1 : 0
  }
}

const hourMs = 3_600_000
