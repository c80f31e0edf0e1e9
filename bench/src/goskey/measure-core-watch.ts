import {
  connectGoskey,
  goskeyRecipient,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
} from '@muhr/server/testing'
import { aliveMb } from '../alive-memory.ts'
import { copyEnvelope } from '../copy-envelopes.ts'
import { median, print } from '../figure.ts'
import { pauseWatch } from '../pause-watch.ts'
import { memoryOf } from '../server/processes.ts'
import { headStartMs, pageSize, pauseMs, type WatchSize } from './measure-watch.ts'
import { controlOf, type SimCall } from './simulator.ts'

/** 0.1 % of a million. */
const full: WatchSize = { orders: 1_000_000, changed: 1_000, cycles: 20 }
const patienceMs = 300_000
/** What has a row, or several, for each order. */
const tables = [
  'envelopes',
  'recipients',
  'signings',
  'requests',
  'request_looks',
  'contents',
  'attempts',
  'seals',
]

type World = {
  readonly muhr: TestInstallation
  readonly control: ReturnType<typeof controlOf>['control']
  readonly newCalls: () => Promise<readonly SimCall[]>
  /** Of the request that was copied. */
  readonly request: string
  readonly first: number
}

type Cycle = {
  readonly lists: number
  readonly byNumber: number
  readonly details: number
  readonly wallMs: number
  readonly cpuMs: number
  readonly aliveMb: number
  readonly rssMb: number
}

/**
 * The whole product with its database and a million open orders in it: one order is sent, its rows are copied, and
 * the simulator has as many orders. Before each cycle some of them end; a cycle is one look of the core, from when
 * it is due until what it found is recorded through the one door. Product and simulator are one process.
 * @throws Error when an order was recorded otherwise than once, or asked for twice
 */
export async function measureCoreWatch(size: WatchSize = full): Promise<void> {
  const muhr = await startTestInstallation()
  try {
    const world = await createWorld(muhr, size)
    const scansBefore = await rowsScanned(muhr)
    const cycles: Cycle[] = []
    for (let cycle = 0; cycle < size.cycles; cycle += 1) {
      cycles.push(await runCycle(world, size, cycle))
    }
    report(size, cycles, (await rowsScanned(muhr)) - scansBefore)
  } finally {
    await muhr.stop()
  }
}

async function createWorld(muhr: TestInstallation, { orders }: WatchSize): Promise<World> {
  const { control, newCalls } = controlOf(muhr.ready)
  const [own = { id: '' }] = await muhr.sql<{ id: string }>('select id from organisations')
  await connectGoskey(muhr, own.id, { employees: 1 })
  const envelope = await sendOne(muhr)
  await pauseWatch(muhr)
  // As the simulator answers.
  const { first } = (await control('synthetic', { count: orders })) as { readonly first: number }
  const started = performance.now()
  // Each under an order number of its own.
  const handle = `jsonb_set(t."handle", '{key}', to_jsonb((${first} + n)::text))`
  await copyEnvelope(muhr, { envelope, count: orders, request: { handle } })
  print({
    metric: `goskey.core-watch-${orders}.rows-inserted`,
    value: (performance.now() - started) / 1000,
    unit: 's, through all constraints and triggers',
  })
  const [row = { id: '' }] = await muhr.sql<{ id: string }>(
    'select id from requests where envelope_id = $1',
    [envelope],
  )
  // The list of changes begins behind the making of the orders.
  await muhr.passTime(headStartMs)
  await muhr.sql('update connections set cursor = null')
  await newCalls()

  return { muhr, control, newCalls, request: row.id, first }
}

async function sendOne(muhr: TestInstallation): Promise<string> {
  const document = await muhr.api.upload(samplePdf(), { fileName: 'contract.pdf' })
  const sent = await muhr.api.create({
    title: 'Bench',
    documents: [{ id: document.body.id }],
    recipients: [goskeyRecipient(muhr.ready, 'anna')],
    send: true,
  })
  await muhr.api.until(
    sent.body.id,
    ({ signings }) => signings[0]?.requests[0]?.state === 'open',
    patienceMs,
  )

  return sent.body.id
}

const pause = () => new Promise((resolve) => setTimeout(resolve, 50))

/** One look: begins when it is due, is over when its lease is given back. */
async function lookOnce(muhr: TestInstallation): Promise<void> {
  const [before] = await muhr.sql<{ at: string }>(
    `update connection_watches set due_at = now() returning coalesce(watched_at, 'epoch')::text as at`,
  )
  const end = Date.now() + patienceMs
  for (;;) {
    const [row] = await muhr.sql<{ at: string; failed: string | null }>(
      `select coalesce(watched_at, 'epoch')::text as at, failed_code as failed from connection_watches`,
    )
    if (row?.failed != null || Date.now() > end) {
      throw new Error(`the look failed, ${row?.failed ?? 'too slow'}: nothing was measured`)
    }
    if (row?.at !== before?.at) return
    await pause()
  }
}

async function runCycle(
  { muhr, control, newCalls, request, first }: World,
  { orders, changed }: WatchSize,
  cycle: number,
): Promise<Cycle> {
  const step = Math.floor(orders / changed)
  const places = Array.from({ length: changed }, (_, index) => cycle + index * step)
  await control('synthetic/change', { first: first + cycle, count: changed, step, statusId: 4 })
  // Two cycles in a minute would be more calls than the portal allows, and the second would wait for it.
  await muhr.passTime(pauseMs)
  const calls: SimCall[] = [...(await newCalls())]
  const start = { wall: performance.now(), cpu: process.cpuUsage() }
  const looking = lookOnce(muhr)
  let isOver = false
  const over = looking.finally(() => {
    isOver = true
  })
  // The journal forgets: it is read on the way.
  while (!isOver) {
    calls.push(...(await newCalls()))
    await pause()
  }
  await over
  const { user, system } = process.cpuUsage(start.cpu)
  const wallMs = performance.now() - start.wall
  await pauseWatch(muhr)
  calls.push(...(await newCalls()))
  await expectRecorded(muhr, { request, places, calls })
  const count = (name: string) => calls.filter(({ call }) => call === name).length

  return {
    lists: count('updated'),
    byNumber: count('status'),
    details: count('details'),
    wallMs,
    cpuMs: (user + system) / 1000,
    aliveMb: aliveMb(),
    rssMb: memoryOf(process.pid, 'Rss'),
  }
}

/** Every order that ended is recorded, by one call for its details; every call was answered. */
async function expectRecorded(
  muhr: TestInstallation,
  cycle: {
    readonly request: string
    readonly places: readonly number[]
    readonly calls: readonly SimCall[]
  },
): Promise<void> {
  const { request, places, calls } = cycle
  const [row] = await muhr.sql<{ expired: number }>(
    `select count(*)::int as expired from requests
      where id = any($1::text[]) and state = 'closed' and outcome = 'expired'`,
    [places.map((place) => `${request}_${place}`)],
  )
  const details = calls
    .filter(({ call }) => call === 'details')
    .map(({ path }) => path.split('?')[0])
  if (
    row?.expired !== places.length ||
    details.length !== places.length ||
    new Set(details).size !== details.length ||
    calls.some(({ status }) => status !== 200)
  ) {
    throw new Error(
      `of ${places.length} orders ${row?.expired} are recorded, ${details.length} details: nothing was measured`,
    )
  }
}

/** Rows that were read one after the other for want of an index, of tables that grow with the orders. */
async function rowsScanned(muhr: TestInstallation): Promise<number> {
  const [row] = await muhr.sql<{ read: number }>(
    `select coalesce(sum(seq_tup_read), 0)::float8 as read from pg_stat_user_tables
      where relname = any($1::text[])`,
    [tables],
  )

  return row?.read ?? Number.NaN
}

function report(size: WatchSize, all: readonly Cycle[], scanned: number): void {
  const metric = `goskey.core-watch-${size.orders}`
  const most = (of: (cycle: Cycle) => number) => Math.max(...all.map(of))
  print({
    metric: `${metric}.list-calls-per-cycle.most`,
    value: most(({ lists }) => lists),
    unit: 'calls',
    bar: `<= ${size.changed / pageSize + 2}`,
  })
  print({
    metric: `${metric}.calls-by-number-per-cycle.most`,
    value: most(({ byNumber }) => byNumber),
    unit: 'calls',
  })
  print({
    metric: `${metric}.details-calls-per-changed-order.most`,
    value: most(({ details }) => details / size.changed),
    unit: 'calls',
    bar: '<= 1',
  })
  print({
    metric: `${metric}.cycle.wall`,
    value: median(all.map(({ wallMs }) => wallMs)) / 1000,
    unit: 's, the pause of up to 1 s before a look included',
    bar: '<= 30',
  })
  print({
    metric: `${metric}.cycle.wall.most`,
    value: most(({ wallMs }) => wallMs) / 1000,
    unit: 's',
    bar: '<= 30',
  })
  print({
    metric: `${metric}.cycle.cpu`,
    value: median(all.map(({ cpuMs }) => cpuMs)) / 1000,
    unit: 's CPU of product and simulator, without PostgreSQL',
  })
  print({
    metric: `${metric}.rows-read-without-index-per-cycle`,
    value: scanned / size.cycles,
    unit: 'rows',
    bar: `< ${size.orders}`,
  })
  const half = Math.floor(all.length / 2)
  const alive = (cycles: readonly Cycle[]) => median(cycles.map((cycle) => cycle.aliveMb))
  print({
    metric: `${metric}.memory-growth-per-cycle`,
    value: (alive(all.slice(-half)) - alive(all.slice(0, half))) / (all.length - half),
    unit: 'MB alive after a collection of garbage',
    bar: 'flat',
  })
  print({
    metric: `${metric}.memory.most`,
    value: most(({ rssMb }) => rssMb),
    unit: 'MB RSS of product and simulator',
  })
}
