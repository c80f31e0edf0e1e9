import type { Order } from '../epgu/order.ts'
import { orderView } from '../epgu/order-view.ts'
import { readSignFault } from '../epgu/read-control.ts'
import { closeGoskey, isPending, signOrder } from '../epgu/recipient-acts.ts'
import { SIGN_FAULTS } from '../epgu/sign-fault.ts'
import { type EpguState, nowOf } from '../epgu/state.ts'
import { checkOrigin } from '../http/guard.ts'
import {
  badRequest,
  jsonResponse,
  readJsonBody,
  type SimHandler,
  type SimRequest,
  type SimResponse,
} from '../http/sim-http.ts'

const BASE = '/_sim/goskey/'

/**
 * JSON of the Goskey phone page under `/_sim/goskey/`: `setup`, `orders?recipient=`, `orders/{id}/sign|reject|expire`
 * and `orders/{id}/documents/{index}`. Open to our own page alone (Host and Origin).
 */
export function createGoskeyHandler(state: EpguState, hosts: () => readonly string[]): SimHandler {
  return async (request) => {
    if (!request.path.startsWith(BASE)) return undefined
    checkOrigin(request, hosts())
    state.due.runDue(nowOf(state))
    const [first, id, action, index] = request.path.slice(BASE.length).split('/')
    if (request.method === 'GET' && first === 'setup') return jsonResponse(200, setup(state))
    if (first !== 'orders') return undefined
    if (request.method === 'GET' && id === undefined) {
      return jsonResponse(200, {
        orders: ordersOf(state, request.query.get('recipient') ?? ''),
        now: nowOf(state),
      })
    }
    const order = state.orders.get(Number(id))
    if (order === undefined) throw badRequest('order', 'an order of this start')
    if (request.method === 'GET' && action === 'documents') return document(order, Number(index))

    return request.method === 'POST' ? act(state, { order, action, request }) : undefined
  }
}

function setup({ recipients }: EpguState) {
  return {
    recipients: recipients
      .list()
      .map(({ id, surname, givenName, snils, organisation, behaviour }) => ({
        id,
        surname,
        givenName,
        snils,
        organisation: organisation ?? null,
        behaviour,
      })),
    faults: SIGN_FAULTS,
  }
}

/** How many requests a phone shows: those that wait, and the last that are over. */
const SHOWN = { pending: 200, over: 20 } as const

/** Those that wait first, then the last ones that are over. */
function ordersOf(state: EpguState, recipient: string) {
  const mine = [...state.orders.values()]
    .map((order) => orderView(state, order))
    .filter((view) => view.recipient === recipient && view.stage === 'portal')
    .reverse()

  return [
    ...mine.filter((view) => view.isPending).slice(0, SHOWN.pending),
    ...mine.filter((view) => !view.isPending).slice(0, SHOWN.over),
  ]
}

async function act(
  state: EpguState,
  { order, action, request }: { order: Order; action: string | undefined; request: SimRequest },
): Promise<SimResponse> {
  const body = await readJsonBody(request)
  if (!isPending(order)) throw badRequest('order', 'an order that waits for its recipient')
  const at = nowOf(state)
  if (action === 'sign') {
    const fault = readSignFault(body['fault'])
    await signOrder(state, order, fault === undefined ? {} : { fault })
  } else if (action === 'reject') closeGoskey(state, order, { outcome: 'SIGN_REJECT', at })
  else if (action === 'expire') closeGoskey(state, order, { outcome: 'EXPIRED', at })
  else throw badRequest('action', 'sign, reject or expire')

  return jsonResponse(200, { order: orderView(state, order) })
}

function document(order: Order, index: number): SimResponse | undefined {
  const file = order.attachments.filter(({ hasSignature }) => !hasSignature)[index]
  if (file === undefined) return undefined
  // Only what a browser shows without running it.
  const type = file.mimeType === 'application/pdf' ? 'application/pdf' : 'text/plain; charset=utf-8'

  return {
    status: 200,
    headers: {
      'content-type': type,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    file: file.path,
  }
}
