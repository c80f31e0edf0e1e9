import { aliveMb } from '../alive-memory.ts'
import { print } from '../figure.ts'
import { memoryOf } from '../server/processes.ts'
import { createLookLog, type LookLog } from './look-log.ts'
import { type OpenWorld, openWorld } from './open-world.ts'

export type WatchSize = {
  readonly requests: number
  /** Over which they were sent. */
  readonly days: number
  /** With answers that really take as long, s. */
  readonly realSeconds: number
  /** In the clock of the product, after every request was asked about once, s. */
  readonly settledSeconds: number
}

const full: WatchSize = { requests: 100_000, days: 14, realSeconds: 120, settledSeconds: 1_500 }
/** What an answer takes, and how many are waited for at the same time. */
const answerMs = 200
const concurrency = 4
const perAnswerMs = answerMs / concurrency
/** How often the clock is put right while answers take no time, ms. */
const stepMs = 100
const patienceMs = 1_800_000

type World = OpenWorld & { readonly log: LookLog }
type Span = { readonly from: number; readonly to: number }

/** A hundred thousand requests are open, all are due at once: how late the watch becomes, and what it takes. */
export async function measureWatch(folder: string, size: WatchSize = full): Promise<void> {
  const started = performance.now()
  const opened = await openWorld(folder, size)
  const metric = `signme.watch-${size.requests}`
  try {
    const log = await createLookLog(opened.muhr)
    const world = { ...opened, log }
    print({
      metric: `${metric}.rows-inserted`,
      value: (performance.now() - started) / 1000,
      unit: 's, start of everything included, through all constraints and triggers',
    })
    await makeDue(world)
    await measureCost(world, metric, size)
    await measureRound(world, metric, size)
  } finally {
    await opened.stop()
  }
}

/** All within a minute, in no order: as after a day on which nothing could be asked. */
async function makeDue({ muhr }: World): Promise<void> {
  const now = muhr.server.app.now().toISOString()
  await muhr.sql(
    `update request_looks set due_at = $1::timestamptz - interval '1 minute' * random()`,
    [now],
  )
  await muhr.sql('analyze request_looks')
  await muhr.sql('update connection_watches set due_at = $1', [now])
}

/** In real time, with answers after 200 ms. */
async function measureCost(
  { answerAfter, log }: World,
  metric: string,
  { realSeconds }: WatchSize,
): Promise<void> {
  await answerAfter(answerMs)
  // What it takes to start is not what it takes to go on.
  await pause(5_000)
  const from = await log.count()
  const start = { wall: performance.now(), cpu: process.cpuUsage() }
  await pause(realSeconds * 1000)
  const { user, system } = process.cpuUsage(start.cpu)
  const seconds = (performance.now() - start.wall) / 1000
  const answers = (await log.count()) - from
  print({
    metric: `${metric}.answers`,
    value: answers / seconds,
    unit: '/s, of 20 that four at a time can give',
  })
  print({
    metric: `${metric}.cpu`,
    value: (user + system) / 1e6 / seconds,
    unit: 'of a core: product, workers and an idle sandbox, without PostgreSQL',
    bar: '<= 0.5',
  })
  await answerAfter(0)
}

/**
 * Answers take no time now, and for each the clock of the product moves as far as it would have taken: hours pass in
 * minutes. Every minute of that clock some are hinted at.
 */
async function measureRound(
  world: World,
  metric: string,
  { requests, settledSeconds }: WatchSize,
): Promise<void> {
  const { log, muhr } = world
  const begin = await log.count()
  const beganAt = muhr.server.app.now().getTime()
  const clock = createClock(world, begin)
  const memory: { readonly alive: number; readonly rss: number }[] = []
  const keepMemory = () => memory.push({ alive: aliveMb(), rss: memoryOf(process.pid, 'Rss') })
  const passed = () => (muhr.server.app.now().getTime() - beganAt) / 1000
  keepMemory()
  let measuredAt = begin
  const goOn = async (isOver: () => Promise<boolean>) => {
    const end = Date.now() + patienceMs
    while (!(await isOver())) {
      if (Date.now() > end) throw new Error('the watch does not go on: nothing was measured')
      await clock.step()
      const count = await log.count()
      if (count - measuredAt >= requests / 10) {
        measuredAt = count
        keepMemory()
      }
    }
  }
  let checkedAt = 0
  await goOn(async () => {
    // The look-up reads all of the log: seldom.
    if ((await log.count()) - begin < requests * 0.9 || Date.now() - checkedAt < 5_000) return false
    checkedAt = Date.now()

    return (await log.unseen()) === 0
  })
  const round = { from: begin, to: await log.count() }
  print({
    metric: `${metric}.round`,
    value: passed() / 60,
    unit: 'min of the product clock, until every request was asked about',
  })
  await reportLate(world, `${metric}.all-due-at-once`, round)
  const settledFrom = passed()
  await goOn(async () => passed() - settledFrom > settledSeconds)
  await reportLate(world, `${metric}.then`, { from: round.to, to: await log.count() })
  const half = Math.floor(memory.length / 2)
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  print({
    metric: `${metric}.memory-growth`,
    value:
      mean(memory.slice(half).map(({ alive }) => alive)) -
      mean(memory.slice(0, half).map(({ alive }) => alive)),
    unit: `MB alive after a collection of garbage, second half of ${memory.length} samples to the first`,
    bar: 'flat',
  })
  print({
    metric: `${metric}.memory.most`,
    value: Math.max(...memory.map(({ rss }) => rss)),
    unit: 'MB RSS',
  })
}

async function reportLate({ log }: World, metric: string, { from, to }: Span): Promise<void> {
  for (const [name, isFresh] of [
    ['fresh-or-hinted', true],
    ['others', false],
  ] as const) {
    const { count, requests, meanLate, p95Late, mostLate } = await log.between(from, to, isFresh)
    print({ metric: `${metric}.${name}.looks`, value: count, unit: `at ${requests} requests` })
    print({ metric: `${metric}.${name}.late.mean`, value: meanLate, unit: 's' })
    print({ metric: `${metric}.${name}.late.p95`, value: p95Late, unit: 's' })
    print({ metric: `${metric}.${name}.late.most`, value: mostLate, unit: 's' })
  }
}

/** So far the clock moves at a time while nothing is due, ms. */
const idleStepMs = 1_000

/**
 * Moves the clock of the product by what answers would have taken, and on to the next time that anything is due; real
 * time that passed counts.
 */
function createClock({ muhr, log, connection }: World, begin: number) {
  const start = muhr.server.app.now().getTime()
  let idleMs = 0
  let hintedAt = start
  const isIdle = async () => {
    const due = await muhr.sql(
      'select 1 from request_looks where connection_id = $1 and due_at <= $2 limit 1',
      [connection, muhr.server.app.now().toISOString()],
    )

    return due.length === 0
  }

  return {
    step: async () => {
      await pause(stepMs)
      if (await isIdle()) idleMs += idleStepMs
      const target = start + ((await log.count()) - begin) * perAnswerMs + idleMs
      const behindMs = target - muhr.server.app.now().getTime()
      if (behindMs > 0) await muhr.passTime(behindMs)
      const now = muhr.server.app.now()
      if (now.getTime() - hintedAt > 60_000) {
        hintedAt = now.getTime()
        // As a push would, which is answered by a question of its own at once; here the watch alone asks.
        await muhr.sql(
          `update request_looks set hinted_at = $1, due_at = $1 where request_id in
            (select request_id from request_looks tablesample system (1) limit 5)`,
          [now.toISOString()],
        )
      }
    },
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
