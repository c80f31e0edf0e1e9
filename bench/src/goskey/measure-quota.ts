import {
  connectGoskey,
  createOtherOrganisation,
  goskeyRecipient,
  type RestClient,
  samplePdf,
  startTestInstallation,
  type TestInstallation,
} from '@muhr/server/testing'
import { print } from '../figure.ts'
import { controlOf, type SimCall } from './simulator.ts'

const recipients = 500
const perEnvelope = 10
/** What EPGU lets one employee's API-Key start (ru-epgu-goskey §2, quotas). */
const ordersPerWindow = 20
const windowMs = 600_000
/** Clocks are moved to so much after the next slot is free. */
const afterMs = 1_000
/** Longest that sending one window's orders may take, ms of real time. */
const patienceMs = 180_000

type Sent = { readonly organisation: string; readonly at: number }

/**
 * Five hundred recipients of two organisations that share one API-Key: twenty orders in ten minutes. The whole
 * product with its database; its clock and the simulators' stand still but when they are moved, so that nobody waits for
 * ten minutes and a busy machine costs no time. The
 * second organisation sends when the first one's orders are all in the queue.
 */
export async function measureQuota(): Promise<void> {
  const muhr = await startTestInstallation({ isClockStill: true })
  try {
    const calls: SimCall[] = []
    const { control, newCalls, setClock } = controlOf(muhr.ready)
    // Its gateway's states take no time, since no time passes.
    await control('settings', { stepMs: 0 }, 'PUT')
    await control('recipients', { recipients: people() }, 'PUT')
    const [own = { id: '' }] = await muhr.sql<{ id: string }>('select id from organisations')
    const other = await createOtherOrganisation(muhr)
    for (const id of [own.id, other.id]) {
      await connectGoskey(muhr, id, { employees: 1 })
    }
    await sendAll(muhr.api, muhr, { from: 0, to: recipients / 2 })
    await sendAll(await other.withKey(), muhr, { from: recipients / 2, to: recipients })
    let passedMs = 0
    for (let sent = 0; sent < recipients; ) {
      const expected = Math.min(sent + ordersPerWindow, recipients)
      await untilSent(muhr, expected, async () => void calls.push(...(await newCalls())))
      sent = expected
      if (sent < recipients) {
        const ms = (await untilNextSlotMs(muhr)) + afterMs
        passedMs += ms
        // The simulator's first: a call that leaves at once must not come before its time there.
        await setClock(passedMs)
        await muhr.passTime(ms)
      }
    }
    calls.push(...(await newCalls()))
    report(await dispatches(muhr), calls, own.id)
  } finally {
    await muhr.stop()
  }
}

/** Recipients who wait; no SNILS of theirs was ever given out. */
function people() {
  return Array.from({ length: recipients }, (_, index) => ({
    id: `bench-${index}`,
    surname: 'ТЕСТОВ',
    givenName: 'ТЕСТ ТЕСТОВИЧ',
    snils: snilsOf(index),
    behaviour: 'manual',
  }))
}

/** With its check digits (Order 192n): below 001-001-998 none is in use. */
function snilsOf(index: number): string {
  const digits = String(1_000 + index).padStart(9, '0')
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (9 - at), 0)
  const check = String((sum % 101) % 100).padStart(2, '0')

  return `${digits.replace(/^(...)(...)(...)$/, '$1-$2-$3')} ${check}`
}

async function sendAll(
  api: RestClient,
  { ready }: TestInstallation,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const sample = goskeyRecipient(ready, 'anna')
  for (let first = from; first < to; first += perEnvelope) {
    const document = await api.upload(samplePdf(), { fileName: 'contract.pdf' })
    const sent = await api.create({
      title: 'Bench',
      documents: [{ id: document.body.id }],
      recipients: Array.from({ length: perEnvelope }, (_, index) => ({
        ...sample,
        identifiers: { snils: snilsOf(first + index) },
      })),
      send: true,
    })
    if (sent.status !== 201) {
      throw new Error(`answered ${sent.status}: ${JSON.stringify(sent.body)}`)
    }
  }
}

/** Waits, in real time, until so many orders are open in all, and each is with its recipient. */
async function untilSent(
  muhr: TestInstallation,
  count: number,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const end = Date.now() + patienceMs
  for (;;) {
    const [row] = await muhr.sql<{ open: number; closed: number }>(
      `select count(*) filter (where state = 'open')::int as open,
        count(*) filter (where state = 'closed')::int as closed from requests`,
    )
    const { open, closed } = row ?? { open: 0, closed: 0 }
    await meanwhile()
    if (open === count && (await pendingOrders(muhr)) === count) return
    if (open > count || closed > 0 || Date.now() > end) {
      throw new Error(
        `${open} orders are open, ${closed} closed, not ${count}: nothing was measured`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Orders that the simulator has taken, checked, and shown to their recipients. */
async function pendingOrders({ ready }: TestInstallation): Promise<number> {
  const response = await fetch(`${ready.goskey.control}/orders?state=pending`, {
    headers: { 'x-muhr-sim-secret': ready.control.secret },
  })
  // As the simulator answers; it lists no more than these recipients are.
  const { orders } = (await response.json()) as { readonly orders: readonly unknown[] }

  return orders.length
}

/** Until the slot that is held longest is free, ms. */
async function untilNextSlotMs(muhr: TestInstallation): Promise<number> {
  const now = muhr.server.app.now().getTime()
  const since = (await dispatches(muhr)).map(({ at }) => at).filter((at) => at > now - windowMs)

  return Math.min(...since) + windowMs - now
}

/** When each order was made, and whose it is. */
async function dispatches(muhr: TestInstallation): Promise<readonly Sent[]> {
  const rows = await muhr.sql<{ organisation: string; at: Date | string }>(
    `select s.organisation_id as organisation, a.since as at
      from quota_slots s join attempts a on a.id = s.attempt_id where a.state = 'done'
      order by s.granted_at, a.since`,
  )

  return rows.map(({ organisation, at }) => ({ organisation, at: new Date(at).getTime() }))
}

function report(sent: readonly Sent[], calls: readonly SimCall[], own: string): void {
  const orders = calls.filter(({ call }) => call === 'order')
  const refused = orders.filter(({ status }) => status !== 200).length
  if (orders.length - refused !== recipients || sent.length !== recipients) {
    throw new Error(`${orders.length} orders, ${refused} refused: nothing was measured`)
  }
  const metric = `goskey.quota-${recipients}`
  print({ metric: `${metric}.refused-by-quota`, value: refused, unit: 'orders', bar: '0' })
  print({
    metric: `${metric}.unfairness.most`,
    value: unfairness(sent, own),
    unit: 'orders that one organisation was ahead while both waited',
    bar: 'of 20 in a window <= 2',
  })
  const times = sent.map(({ at }) => at)
  const allowedMs = (Math.ceil(recipients / ordersPerWindow) - 1) * windowMs
  const tookMs = Math.max(...times) - Math.min(...times)
  print({
    metric: `${metric}.time-over-allowed`,
    value: (100 * (tookMs - allowedMs)) / allowedMs,
    unit: `% of ${allowedMs / 60_000} min`,
    bar: '<= 5',
  })
}

/** How far apart two organisations came within any window, from the second window until one had no more. */
function unfairness(sent: readonly Sent[], own: string): number {
  let most = 0
  for (let first = ordersPerWindow; first < sent.length; first += ordersPerWindow) {
    const window = sent.slice(first, first + ordersPerWindow)
    const rest = sent.slice(first + ordersPerWindow)
    const bothWait =
      rest.some(({ organisation }) => organisation === own) &&
      rest.some(({ organisation }) => organisation !== own)
    if (bothWait) {
      const ours = window.filter(({ organisation }) => organisation === own).length
      most = Math.max(most, Math.abs(2 * ours - window.length))
    }
  }

  return most
}
