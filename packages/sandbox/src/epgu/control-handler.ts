import { checkHostHeader, checkOrigin, checkSecret } from '../http/guard.ts'
import {
  badRequest,
  jsonResponse,
  readJsonBody,
  type SimHandler,
  type SimRequest,
  type SimResponse,
} from '../http/sim-http.ts'
import { isClosed, type Order } from './order.ts'
import { orderView } from './order-view.ts'
import { PORTAL_TITLES, TITLES } from './outcomes.ts'
import {
  readCallFaults,
  readQuotas,
  readRecipients,
  readSettings,
  readSignFault,
  readSwitches,
} from './read-control.ts'
import { closeGoskey, isPending, signOrder } from './recipient-acts.ts'
import { moveNotice } from './run-notice.ts'
import { schemaOf } from './schemas/schema-of.ts'
import { services } from './services.ts'
import { type EpguState, nowOf } from './state.ts'
import { SWITCHES } from './switches.ts'
import { addSynthetic } from './synthetic-orders.ts'

const BASE = '/_sim/epgu/'

/** The control of EPGU under `/_sim/epgu/`, with the secret of the start; README lists the calls. */
export function createEpguControl(state: EpguState, hosts: () => readonly string[]): SimHandler {
  return async (request) => {
    if (!request.path.startsWith(BASE)) return undefined
    checkHostHeader(request, hosts())
    checkOrigin(request, hosts())
    checkSecret(request, state.world.secret)
    state.due.runDue(nowOf(state))
    const [first = '', id, action] = request.path.slice(BASE.length).split('/')
    const route = routes[`${request.method} ${first}`]
    if (route !== undefined) return route(state, request, { id, action })

    return undefined
  }
}

type Route = (
  state: EpguState,
  request: SimRequest,
  path: { readonly id: string | undefined; readonly action: string | undefined },
) => Promise<SimResponse | undefined>

const routes: Readonly<Record<string, Route>> = {
  'GET orders': async (state, { query }, { id }) => {
    if (id !== undefined) return jsonResponse(200, orderView(state, orderOf(state, id)))
    const all = [...state.orders.values()]
    const chosen = query.get('state') === 'pending' ? all.filter(isPending) : all

    return jsonResponse(200, { orders: chosen.slice(-500).map((order) => orderView(state, order)) })
  },
  'POST orders': async (state, request, { id, action }) => {
    const order = orderOf(state, id)
    await act(state, order, { action, body: await readJsonBody(request) })

    return jsonResponse(200, orderView(state, order))
  },
  'GET recipients': async ({ recipients }) => jsonResponse(200, { recipients: recipients.list() }),
  'PUT recipients': async ({ recipients }, request) => {
    recipients.put(readRecipients(await readJsonBody(request, 4_000_000), recipients))

    return jsonResponse(200, { recipients: recipients.list() })
  },
  'GET switches': async ({ switches }) => jsonResponse(200, { switches, known: SWITCHES }),
  'PUT switches': async (state, request) => {
    state.switches = readSwitches(await readJsonBody(request), state.switches)

    return jsonResponse(200, { switches: state.switches })
  },
  'GET faults': async ({ faults }) => jsonResponse(200, { faults: faults.list() }),
  'PUT faults': async ({ faults }, request) => {
    faults.set(readCallFaults(await readJsonBody(request)))

    return jsonResponse(200, { faults: faults.list() })
  },
  'DELETE faults': async ({ faults }) => {
    faults.set([])

    return jsonResponse(200, { faults: [] })
  },
  'GET quotas': async ({ quotas }) => jsonResponse(200, quotas.limits()),
  'PUT quotas': async ({ quotas }, request) => {
    quotas.setLimits(readQuotas(await readJsonBody(request), quotas.limits()))

    return jsonResponse(200, quotas.limits())
  },
  'DELETE quotas': async ({ quotas }) => {
    quotas.reset()

    return jsonResponse(200, quotas.limits())
  },
  'GET settings': async (state) => jsonResponse(200, settingsOf(state)),
  'PUT settings': async (state, request) => {
    const settings = readSettings(await readJsonBody(request), settingsOf(state))
    state.stepMs = settings.stepMs
    state.otherHost = settings.otherHost
    state.signFault = settings.signFault ?? undefined
    state.tokens.setLifetime(settings.tokenLifetimeSeconds)

    return jsonResponse(200, settingsOf(state))
  },
  'DELETE tokens': async ({ tokens }) => {
    tokens.revokeAll()

    return jsonResponse(200, { revoked: true })
  },
  'GET token-key': async ({ tokens }) => ({
    status: 200,
    headers: { 'content-type': 'application/x-pem-file' },
    body: await tokens.publicKey(),
  }),
  'GET services': async () =>
    jsonResponse(200, { services: services.map((each) => ({ ...each, target: `-${each.code}` })) }),
  'GET schemas': async (state, { query }, { id }) => {
    const text = schemaOf(id ?? '', {
      profile: query.get('profile') === '1.8' ? '1.8' : '1.9',
      namespace: query.get('namespace') ?? undefined,
      switches: state.switches,
    })

    return text === undefined
      ? undefined
      : { status: 200, headers: { 'content-type': 'application/xml; charset=utf-8' }, body: text }
  },
  'POST synthetic': async (state, request, { id }) => {
    const body = await readJsonBody(request)

    return id === 'change' ? changeSynthetic(state, body) : makeSynthetic(state, body)
  },
}

function orderOf(state: EpguState, id: string | undefined): Order {
  const order = state.orders.get(Number(id))
  if (order === undefined) throw badRequest('order', 'the number of an order of this start')

  return order
}

/** Acts as the recipient, or as the department where the service is no Goskey. */
async function act(
  state: EpguState,
  order: Order,
  { action, body }: { action: string | undefined; body: Readonly<Record<string, unknown>> },
): Promise<void> {
  const at = nowOf(state)
  if (action === 'status') {
    const statusId = ([1, 2, 3, 4, 10, 21] as const).find((each) => each === body['statusId'])
    if (statusId === undefined || order.service.kind !== 'notice' || isClosed(order)) {
      throw badRequest('statusId', 'a status of an open order that is no Goskey one')
    }
    moveNotice(state, order, { statusId, at })

    return
  }
  if (!isPending(order)) throw badRequest('order', 'an order that waits for its recipient')
  switch (action) {
    case 'sign': {
      const fault = readSignFault(body['fault'])
      await signOrder(state, order, fault === undefined ? {} : { fault })
      break
    }
    case 'reject':
      closeGoskey(state, order, { outcome: 'SIGN_REJECT', at })
      break
    case 'expire':
      closeGoskey(state, order, { outcome: 'EXPIRED', at })
      break
    case 'not-found':
      closeGoskey(state, order, { outcome: 'SNILS_NOT_FOUND', at })
      break
    case 'fail':
      closeGoskey(state, order, { outcome: 'REQUEST_ERROR', at })
      break
    default:
      throw badRequest('action', 'sign, reject, expire, not-found, fail or status')
  }
}

function settingsOf({ stepMs, otherHost, signFault, tokens }: EpguState) {
  return {
    stepMs,
    otherHost,
    signFault: signFault ?? null,
    tokenLifetimeSeconds: tokens.lifetime(),
  }
}

const MAX_SYNTHETIC = 5_000_000

function makeSynthetic(state: EpguState, body: Readonly<Record<string, unknown>>): SimResponse {
  const { count, mnemonic = 'MUHR_TEST' } = body
  if (typeof count !== 'number' || !(count >= 1 && state.index.count + count <= MAX_SYNTHETIC)) {
    throw badRequest('count', `orders, ${MAX_SYNTHETIC} in all`)
  }
  if (typeof mnemonic !== 'string') throw badRequest('mnemonic', 'the mnemonic of a system')
  const first = addSynthetic(state, { count, mnemonic, at: nowOf(state) })

  return jsonResponse(200, { first, count })
}

/** Changes `count` orders from `first` on, `step` apart: 17 again, or a final status. */
function changeSynthetic(state: EpguState, body: Readonly<Record<string, unknown>>): SimResponse {
  const { first, count, step = 1, statusId = 4 } = body
  if (typeof first !== 'number') throw badRequest('first', 'the number of an order')
  if (typeof count !== 'number') throw badRequest('count', 'a number of orders')
  if (typeof step !== 'number') throw badRequest('step', 'a number')
  const title = statusId === 17 ? PORTAL_TITLES[17] : 'Истекло время подписания документов'
  const at = nowOf(state)
  for (let i = 0; i < count; i++) {
    const id = first + i * step
    if (state.orders.has(id) || state.index.get(id) === undefined) {
      throw badRequest('first', 'orders that were made by synthetic')
    }
    state.index.set(id, { statusId: statusId === 17 ? 17 : 4, title: TITLES.indexOf(title), at })
  }

  return jsonResponse(200, { changed: count })
}
