import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Instant, Json, ProviderIo } from '@muhr/envelope'
import { goskeyProvider } from '@muhr/provider-goskey/server'
import { openSoftwareKey } from '@muhr/signer-key'
import { aliveMb } from '../alive-memory.ts'
import { median, print } from '../figure.ts'
import { memoryOf } from '../server/processes.ts'
import { createOrderTable, type OrderTable } from './order-table.ts'
import { type SimCall, type Simulator, startSimulator } from './simulator.ts'

/** How many orders are open, and how many others of them end before each cycle. */
export type WatchSize = {
  readonly orders: number
  readonly changed: number
  readonly cycles: number
}

/** 0.1 % of a million. */
const full: WatchSize = { orders: 1_000_000, changed: 1_000, cycles: 20 }
/** Between two cycles: a thousand details and more in each, of two thousand calls in a minute. */
export const pauseMs = 60_000
/** As the provider asks for its lists. */
export const pageSize = 100
/** Long enough that the list of changes begins behind the making of the orders. */
export const headStartMs = 3_600_000

type World = {
  readonly simulator: Simulator
  readonly connection: Json
  readonly table: OrderTable
  readonly first: number
  readonly io: Omit<ProviderIo, 'signal'>
  readonly passTime: (ms: number) => Promise<void>
}

/** What one look took, and its calls by their kinds. */
export type Cycle = {
  /** Of the list of changes. */
  readonly lists: number
  /** For orders that no list named for long. */
  readonly byNumber: number
  readonly details: number
  readonly wallMs: number
  readonly cpuMs: number
  /** What is alive after a collection of garbage. */
  readonly heapMb: number
  readonly rssMb: number
}

/** A million open orders: what one look at them takes. */
export async function measureWatch(folder: string): Promise<void> {
  report(await watchOrders(folder, full), full)
}

/**
 * The watch of the provider over so many open orders in the simulator, some of which end before each cycle. Its
 * calls are counted by the journal of the simulator; which orders are ours and open, columns in memory answer in
 * place of the database. The simulator is another process; clocks are moved.
 * @throws Error when an order was told of twice, or not at all, or was asked for twice
 */
export async function watchOrders(folder: string, size: WatchSize): Promise<readonly Cycle[]> {
  const { orders, changed, cycles } = size
  const simulator = await startSimulator(folder)
  try {
    const world = await createWorld(simulator, orders)
    const measured: Cycle[] = []
    let cursor: Json | undefined
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const first = world.first + cycle
      const step = Math.floor(orders / changed)
      await simulator.control('synthetic/change', { first, count: changed, step, statusId: 4 })
      await world.passTime(pauseMs)
      const look = await lookOnce(world, cursor)
      expectCycle(
        look,
        Array.from({ length: changed }, (_, index) => first + index * step),
      )
      cursor = look.cursor
      measured.push(look.cost)
    }
    const again = await lookOnce(world, cursor)
    if (again.cost.details > 0 || world.table.openCount() !== orders - cycles * changed) {
      throw new Error('orders were asked for twice, or lost: nothing was measured')
    }

    return measured
  } finally {
    simulator.stop()
  }
}

async function createWorld(simulator: Simulator, orders: number): Promise<World> {
  let offsetMs = 0
  const now = () => new Date(Date.now() + offsetMs)
  const passTime = async (ms: number) => {
    offsetMs += ms
    await simulator.setClock(offsetMs)
  }
  const { esia, epgu, accounts, keys } = simulator.ready
  const sender = accounts.epgu.organisations.find(({ id }) => id === 'sender')
  const file = keys.find(
    (key) =>
      'format' in key &&
      key.format === 'pkcs12' &&
      key.account === 'sender' &&
      key.algorithm === 'ru-2012-256' &&
      key.state === 'valid',
  )
  if (sender === undefined || file === undefined) {
    throw new Error('the sandbox has no organisation that sends')
  }
  const parsed = goskeyProvider.parseConnection({
    esiaUrl: esia,
    epguUrl: epgu,
    mnemonic: sender.mnemonic,
    organisationName: sender.name,
    organisationInn: sender.inn,
    organisationOgrn: sender.ogrn,
    apiKeys: sender.apiKeys.map(({ apiKey, employee }) => ({ apiKey, name: employee })),
  })
  if (!parsed.ok) {
    throw new Error(parsed.refusals.map(({ field }) => field).join(', '))
  }
  const key = await openSoftwareKey({
    files: new Uint8Array(await readFile(file.file)),
    pin: file.pin,
  })
  const since = now().getTime()
  // As the simulator answers.
  const { first } = (await simulator.control('synthetic', {
    count: orders,
    mnemonic: sender.mnemonic,
  })) as { readonly first: number }
  await passTime(headStartMs)
  const nothing = () => {
    throw new Error('a watch reads no content')
  }

  return {
    simulator,
    connection: parsed.connection,
    table: createOrderTable({ first, count: orders, since }),
    first,
    passTime,
    io: {
      fetch,
      now,
      random: (length) => new Uint8Array(randomBytes(length)),
      read: nothing,
      open: nothing,
      md5: nothing,
      keptSeal: ({ bytes }) => key.signDetached(bytes, { signingTime: now() }),
    },
  }
}

type Look = {
  readonly cursor: Json | undefined
  /** Numbers of the orders that were said to have ended. */
  readonly ended: readonly number[]
  readonly calls: readonly SimCall[]
  readonly cost: Cycle
}

async function lookOnce(world: World, cursor: Json | undefined): Promise<Look> {
  const { table, simulator } = world
  const io = { ...world.io, signal: new AbortController().signal }
  const calls: SimCall[] = []
  // Those before the look are not its own.
  await simulator.newCalls()
  const ended: number[] = []
  let next = cursor
  const start = { wall: performance.now(), cpu: process.cpuUsage() }
  const items =
    goskeyProvider.watch?.({
      connection: world.connection,
      cursor,
      now: io.now().toISOString() as Instant,
      io,
      open: {
        ...table.open,
        // Once for each page: before the journal forgets.
        find: async (keys) => {
          calls.push(...(await simulator.newCalls()))

          return table.open.find(keys)
        },
      },
    }) ?? []
  for await (const item of items) {
    const number = table.take(item)
    if (number !== undefined) ended.push(number)
    if (item.kind === 'cursor') next = item.cursor
  }
  const { user, system } = process.cpuUsage(start.cpu)
  const wallMs = performance.now() - start.wall
  calls.push(...(await simulator.newCalls()))
  const count = (name: string) => calls.filter(({ call }) => call === name).length

  return {
    cursor: next,
    ended,
    calls,
    cost: {
      lists: count('updated'),
      byNumber: count('status'),
      details: count('details'),
      wallMs,
      cpuMs: (user + system) / 1000,
      heapMb: aliveMb(),
      rssMb: memoryOf(process.pid, 'Rss'),
    },
  }
}

/** Every order that ended is told of, once, by one call for its details; every call was answered. */
function expectCycle({ ended, calls }: Look, changed: readonly number[]): void {
  const expected = new Set(changed)
  const details = calls.filter(({ call }) => call === 'details').map(({ path }) => path)
  const isRight =
    ended.length === expected.size &&
    new Set(ended).size === expected.size &&
    ended.every((number) => expected.has(number)) &&
    new Set(details.map((path) => path.split('?')[0])).size === details.length &&
    details.length === expected.size &&
    calls.every(({ status }) => status === 200)
  if (!isRight) {
    throw new Error(
      `of ${expected.size} orders ${ended.length} ended, ${details.length} details: nothing was measured`,
    )
  }
}

function report(all: readonly Cycle[], { changed }: WatchSize): void {
  const metric = 'goskey.watch-1m'
  // The first cycle fetches a token and compiles what it runs.
  const warm = all.slice(1)
  const most = (of: (cycle: Cycle) => number) => Math.max(...all.map(of))
  print({
    metric: `${metric}.list-calls-per-cycle.most`,
    value: most(({ lists }) => lists),
    unit: 'calls',
    bar: `<= ${changed / pageSize + 2}`,
  })
  print({
    metric: `${metric}.calls-by-number-per-cycle.most`,
    value: most(({ byNumber }) => byNumber),
    unit: 'calls',
  })
  print({
    metric: `${metric}.details-calls-per-changed-order.most`,
    value: most(({ details }) => details / changed),
    unit: 'calls',
    bar: '<= 1',
  })
  print({
    metric: `${metric}.cycle.wall`,
    value: median(all.map(({ wallMs }) => wallMs)) / 1000,
    unit: 's',
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
    value: median(warm.map(({ cpuMs }) => cpuMs)),
    unit: 'ms CPU',
  })
  const half = Math.floor(warm.length / 2)
  const growth = (of: (cycle: Cycle) => number) =>
    (median(warm.slice(-half).map(of)) - median(warm.slice(0, half).map(of))) / (warm.length - half)
  print({
    metric: `${metric}.memory-growth-per-cycle`,
    value: growth(({ heapMb }) => heapMb),
    unit: 'MB alive after a collection of garbage',
    bar: 'flat',
  })
  print({
    metric: `${metric}.memory.most`,
    value: most(({ rssMb }) => rssMb),
    unit: 'MB RSS of the process',
  })
}
