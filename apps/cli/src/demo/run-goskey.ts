import type { SandboxReady } from '@muhr/sandbox'
import { type Api, DemoError, type EnvelopeView, waitFor } from './api.ts'
import type { GoskeyScenario } from './goskey-scenarios.ts'
import { makeDocuments } from './make-documents.ts'

/** How a scenario ended. */
export type GoskeyResult = {
  readonly state: string
  readonly signings: readonly string[]
  readonly evidence?: Uint8Array | undefined
}

/** Whatever is still to come: a package of fifteen goes through several looks at the list of changes. */
const limitMs = 180_000

/** More than the day that Goskey gives a recipient. */
const overADayMs = 25 * 3_600_000

/**
 * Runs scenarios side by side as their people would: the sender over REST; the recipients of the sandbox
 * act by themselves.
 */
export function runGoskeyScenarios(
  api: Api,
  ready: SandboxReady,
  scenarios: readonly GoskeyScenario[],
): Promise<readonly GoskeyResult[]> {
  return Promise.all(
    scenarios.map(async (scenario) => {
      const { id } = await send(api, ready, scenario)

      return resultOf(api, id, scenario)
    }),
  )
}

/**
 * Runs scenarios in which nobody signs: when all their orders wait for the recipient, the sandbox's clock
 * goes past their day, and back at once. Where others' orders wait too, only ours are let expire.
 */
export async function runGoskeyExpiries(
  api: Api,
  ready: SandboxReady,
  scenarios: readonly GoskeyScenario[],
): Promise<readonly GoskeyResult[]> {
  const control = controlOf(ready)
  const before = await control.pendingOrders()
  const sent = []
  for (const scenario of scenarios) {
    sent.push({ scenario, id: (await send(api, ready, scenario)).id })
  }
  const own = await control.waitForPending(before, sent.length)
  for (const { id } of sent) {
    await waitFor(api, id, hasOpenRequest, limitMs)
  }
  if (before.length === 0) {
    const clock = await control.readClock()
    await control.setClock(clock + overADayMs)
    // Looking lets what is due happen.
    await control.pendingOrders()
    await control.setClock(clock)
  } else {
    for (const order of own) await control.expire(order)
  }

  return Promise.all(sent.map(({ scenario, id }) => resultOf(api, id, scenario)))
}

async function send(
  api: Api,
  ready: SandboxReady,
  scenario: GoskeyScenario,
): Promise<EnvelopeView> {
  const recipient = ready.accounts.epgu.recipients.find(({ id }) => id === scenario.recipient)
  if (recipient === undefined) {
    throw new DemoError({
      code: 'demo.no-gateway',
      message: `The sandbox has no recipient ${scenario.recipient}.`,
      advice: 'Start it again with npm start.',
    })
  }
  const documents = []
  for (const { fileName, bytes } of makeDocuments(scenario.name, scenario.documents)) {
    documents.push({ id: (await api.upload(fileName, bytes)).id })
  }
  const { snils, organisation } = recipient
  const ogrn = scenario.method === 'UKEP_LEGAL' ? { ogrn: organisation?.ogrn } : {}

  return api.create({
    title: `Demo: ${scenario.name}`,
    documents,
    recipients: [
      {
        name: `${recipient.surname} ${recipient.givenName}`,
        locale: 'ru',
        identifiers: { snils, ...ogrn },
        methods: [{ provider: 'goskey', method: scenario.method }],
      },
    ],
    send: true,
  })
}

async function resultOf(api: Api, id: string, { expected }: GoskeyScenario): Promise<GoskeyResult> {
  const { state, signings } = await waitFor(
    api,
    id,
    (envelope) =>
      envelope.state !== 'sent' && (expected !== 'completed' || envelope.evidence.timestamped),
    limitMs,
  )

  return {
    state,
    signings: signings.map((signing) => signing.state),
    ...(state === 'completed' ? { evidence: await api.evidence(id) } : {}),
  }
}

function hasOpenRequest({ signings }: EnvelopeView): boolean {
  return signings.every(({ requests }) => requests.some(({ state }) => state === 'open'))
}

function controlOf(ready: SandboxReady) {
  const headers = {
    'x-muhr-sim-secret': ready.control.secret,
    'content-type': 'application/json',
  }
  const call = async (url: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(url, { ...init, headers })
    if (!response.ok) {
      throw new DemoError({
        code: 'demo.http',
        message: `The sandbox answered ${response.status}.`,
        advice: 'Start it again with npm start.',
      })
    }

    return response.json()
  }
  const pendingOrders = async (): Promise<readonly number[]> => {
    const answer = await call(`${ready.goskey.control}/orders?state=pending`)

    return (answer as { readonly orders: readonly { readonly id: number }[] }).orders.map(
      ({ id }) => id,
    )
  }

  return {
    pendingOrders,
    waitForPending: async (before: readonly number[], count: number) => {
      const end = Date.now() + limitMs
      for (;;) {
        const own = (await pendingOrders()).filter((id) => !before.includes(id))
        if (own.length >= count || Date.now() > end) return own
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    expire: (order: number) =>
      call(`${ready.goskey.control}/orders/${order}/expire`, { method: 'POST', body: '{}' }),
    readClock: async () =>
      ((await call(`${ready.epgu}/_sim/clock`)) as { readonly offsetMs: number }).offsetMs,
    setClock: (offsetMs: number) =>
      call(`${ready.epgu}/_sim/clock`, { method: 'PUT', body: JSON.stringify({ offsetMs }) }),
  }
}
