import {
  connectGoskey,
  goskeyRecipient,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
} from '@muhr/server/testing'
import { print } from '../figure.ts'
import { copyEnvelope } from './copy-envelopes.ts'
import { controlOf, type SimCall } from './simulator.ts'

const orders = 50_000
/** 0.1 % of them. */
const changed = orders / 1000
const patienceMs = 300_000

/**
 * The whole product with its database, fifty thousand open orders in it: one order is sent, its rows are copied,
 * and the simulator has as many orders. Some of them end; how long until each is recorded, and by which calls.
 */
export async function measureCoreWatch(size = { orders, changed }): Promise<void> {
  const muhr = await startTestInstallation()
  try {
    const { control, newCalls } = controlOf(muhr.ready)
    const [own = { id: '' }] = await muhr.sql<{ id: string }>('select id from organisations')
    await connectGoskey(muhr, own.id, { employees: 1 })
    const envelope = await sendOne(muhr)
    // As the simulator answers.
    const { first } = (await control('synthetic', { count: size.orders })) as {
      readonly first: number
    }
    await copyEnvelope(muhr, { envelope, count: size.orders, firstOrder: first })
    await newCalls()
    const start = performance.now()
    const step = Math.floor(size.orders / size.changed)
    await control('synthetic/change', { first, count: size.changed, step, statusId: 4 })
    const calls = await untilEnded(muhr, size.changed, newCalls)
    report(size, { calls, tookMs: performance.now() - start })
  } finally {
    await muhr.stop()
  }
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

/** Until so many requests have expired, and the calls by then. */
async function untilEnded(
  muhr: TestInstallation,
  count: number,
  newCalls: () => Promise<readonly SimCall[]>,
): Promise<readonly SimCall[]> {
  const calls: SimCall[] = []
  const end = Date.now() + patienceMs
  for (;;) {
    const [row] = await muhr.sql<{ expired: number; closed: number }>(
      `select count(*)::int as closed, count(*) filter (where outcome = 'expired')::int as expired
        from requests where state = 'closed'`,
    )
    calls.push(...(await newCalls()))
    const { expired, closed } = row ?? { expired: 0, closed: 0 }
    if (expired === count && closed === count) return calls
    if (closed > count || Date.now() > end) {
      throw new Error(`${expired} of ${count} orders expired: nothing was measured`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function report(
  size: { readonly orders: number; readonly changed: number },
  { calls, tookMs }: { readonly calls: readonly SimCall[]; readonly tookMs: number },
): void {
  const details = calls.filter(({ call }) => call === 'details').map(({ path }) => path)
  if (new Set(details).size !== size.changed || calls.some(({ status }) => status !== 200)) {
    throw new Error(`${details.length} calls for details: nothing was measured`)
  }
  const metric = `goskey.core-watch-${size.orders}`
  print({
    metric: `${metric}.details-calls-per-changed-order`,
    value: details.length / size.changed,
    unit: 'calls',
    bar: '<= 1',
  })
  print({
    metric: `${metric}.changed-to-recorded`,
    value: tookMs / 1000,
    unit: 's, the pause of 2 s between looks included',
    bar: '<= 30',
  })
}
