import { SandboxError } from '../error.ts'
import type { EsiaUser } from '../esia/accounts.ts'
import {
  jsonResponse,
  type SimHandler,
  type SimRequest,
  type SimResponse,
} from '../http/sim-http.ts'
import { shortenPath } from '../journal.ts'
import { ordersStatus, updatedAfter } from './bulk-statuses.ts'
import type { FaultCall } from './call-faults.ts'
import { describeOrder } from './describe-order.ts'
import { dictionary } from './dictionary.ts'
import { download, readDownload } from './download.ts'
import { badParameter, EpguRefusal, refuse, refuseWith } from './error.ts'
import { isClosed, type Order } from './order.ts'
import { readMeta } from './read-meta.ts'
import { FormError, readMultipart } from './read-multipart.ts'
import { push, pushChunk } from './receive-upload.ts'
import { moveNotice } from './run-notice.ts'
import { addOrder, type EpguState, nowOf } from './state.ts'
import { syntheticOrder } from './synthetic-orders.ts'

const MAX_BODY_BYTES = 64 * 1024

/** A call by its method and path. */
type Call = {
  readonly name: FaultCall
  readonly run: (state: EpguState, request: SimRequest) => Promise<SimResponse>
}

/** The API of EPGU under `/api/` (ru-epgu-goskey §2 to §4). */
export function createEpguHandler(state: EpguState): SimHandler {
  return async (request) => {
    if (!request.path.startsWith('/api/')) return undefined
    const startedAt = performance.now()
    state.due.runDue(nowOf(state))
    const call = findCall(state, request)
    const { response, note } = await state.faults.apply(call?.name ?? 'any', () =>
      answer(state, request, call),
    )
    state.world.journal.add({
      simulator: 'epgu',
      direction: 'in',
      method: request.method,
      path: shortenPath(request.path),
      status: response.isLost === true ? 'none' : response.status,
      durationMs: Math.round(performance.now() - startedAt),
      note: call === undefined ? note : `${call.name}${note === '' ? '' : `: ${note}`}`,
    })

    return response
  }
}

async function answer(
  state: EpguState,
  request: SimRequest,
  call: Call | undefined,
): Promise<{ readonly response: SimResponse; readonly note: string }> {
  try {
    if (call === undefined) throw refuseWith(404, 'no such method')

    return { response: await call.run(state, request), note: '' }
  } catch (cause) {
    if (cause instanceof EpguRefusal) return { response: cause.response, note: cause.note }
    if (isHungUp(cause)) return { response: { status: 0, isLost: true }, note: 'client hung up' }
    // No code of ours goes out under the name of EPGU.
    if (cause instanceof SandboxError) {
      const { response, note } = badParameter(cause.data.field ?? 'body', cause.message)

      return { response, note }
    }
    state.world.log(`epgu: ${cause instanceof Error ? cause.stack : String(cause)}`)
    const { response, note } = refuse('internal_error', 'Внутренняя ошибка имитатора')

    return { response, note }
  }
}

/** Did the client go away before its body was whole? */
function isHungUp(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNRESET'
}

function findCall(state: EpguState, request: SimRequest): Call | undefined {
  const path = request.path.replace(/\/$/, '')
  const fixed = FIXED[`${request.method} ${path}`]
  if (fixed !== undefined) return fixed
  if (request.method === 'GET') {
    const query = readDownload(request)

    return query === undefined
      ? undefined
      : {
          name: 'download',
          run: authorized(async (_state, user) => download(state, user, { request, query })),
        }
  }
  if (request.method !== 'POST') return undefined
  const code = /^\/api\/nsi\/v1\/dictionary\/([\w.-]+)$/.exec(path)?.[1]
  if (code !== undefined) {
    return { name: 'dictionary', run: () => dictionary(state, code, request) }
  }
  const order = /^\/api\/gusmev\/order\/([^/]+)(\/cancel)?$/.exec(path)
  if (order === null) return undefined
  const id = order[1] ?? ''

  return order[2] === undefined
    ? { name: 'details', run: authorized((_state, user) => details(state, user, { request, id })) }
    : {
        name: 'cancel',
        run: authorized(async (_state, user) => cancel(state, user, { request, id })),
      }
}

const FIXED: Readonly<Record<string, Call>> = {
  'POST /api/gusmev/order': { name: 'order', run: authorized(reserve) },
  'POST /api/gusmev/push': { name: 'push', run: authorized(push) },
  'POST /api/gusmev/push/chunked': { name: 'chunked', run: authorized(pushChunk) },
  'GET /api/gusmev/order/getOrdersStatus': {
    name: 'status',
    run: authorized(async (state, user, { query }) => ordersStatus(state, user, query)),
  },
  'GET /api/gusmev/order/getUpdatedAfter': {
    name: 'updated',
    run: authorized(async (state, user, { query }) => updatedAfter(state, user, query)),
  },
  'POST /api/gusmev/order/getOrdersStatus': { name: 'status', run: authorized(oldOrdersStatus) },
  'POST /api/gusmev/order/getUpdatedAfter': {
    name: 'updated',
    run: authorized(async (state, user, { query }) => {
      if (!state.switches.oldBulkPost) throw refuseWith(405, 'bulk statuses by POST')

      return updatedAfter(state, user, query)
    }),
  },
}

/** Runs a call for whom the bearer token speaks; counts it against the quotas of the system. */
function authorized(
  run: (state: EpguState, user: EsiaUser, request: SimRequest) => Promise<SimResponse>,
): Call['run'] {
  return async (state, request) => {
    const token = /^Bearer +(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1]
    const user = token === undefined ? undefined : await state.tokens.check(token)
    if (user === undefined) throw refuseWith(401, 'token absent, not ours, or over')
    if (state.switches.quotas) state.quotas.countRequest(user.organisation.mnemonic, nowOf(state))
    if (user.refusal !== undefined && user.refusal !== 'access_denied_personal_data') {
      throw refuse(user.refusal, 'Отказано по сценарию этого API-ключа')
    }

    return run(state, user, request)
  }
}

/** `POST /api/gusmev/order` (§3.1). */
async function reserve(
  state: EpguState,
  user: EsiaUser,
  request: SimRequest,
): Promise<SimResponse> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw badParameter('Content-Type', 'must be application/json')
  }
  const { service, region } = readMeta(Buffer.from(await request.body(MAX_BODY_BYTES)).toString())
  if (state.switches.quotas) state.quotas.countOrder(user.oid, service.code, nowOf(state))
  const order = addOrder(state, { user, service, region, isDraft: true })

  return jsonResponse(200, { orderId: order.id })
}

/** `POST /api/gusmev/order/{id}` (§4.1). */
async function details(
  state: EpguState,
  user: EsiaUser,
  { request, id }: { readonly request: SimRequest; readonly id: string },
): Promise<SimResponse> {
  const { switches } = state
  const body = await request.body(MAX_BODY_BYTES)
  if (request.query.has('embed') && !switches.embedOnDetails) {
    throw badParameter('embed', 'is not known')
  }
  if (body.length > 0 && !switches.bodyOnDetails) throw badParameter('body', 'must be empty')
  const order = ownOrder(state, user, id)
  const isShown = order.stage === 'reserved' || order.stage === 'portal'
  const described = describeOrder(order)
  const shapes = { string: JSON.stringify(described), object: described, null: null } as const
  const { messageIdKey, orderAs } = switches

  return jsonResponse(200, {
    code: isShown ? 'OK' : order.gateway.code,
    message: isShown ? null : order.gateway.message,
    ...(messageIdKey === 'absent' ? {} : { [messageIdKey]: order.messageId }),
    order: isShown ? shapes[orderAs] : null,
  })
}

/** `POST /api/gusmev/order/{id}/cancel` (§3.5): never for Goskey. */
function cancel(
  state: EpguState,
  user: EsiaUser,
  { request, id }: { readonly request: SimRequest; readonly id: string },
): SimResponse {
  const order = ownOrder(state, user, id)
  if (state.switches.cancelReason && !request.query.has('reason')) {
    throw refuse(
      'bad_request',
      "Required request parameter 'reason' for method parameter type String is not present",
    )
  }
  const current = order.history.at(-1)
  if (!order.service.canCancel || isClosed(order) || current?.canCancel !== true) {
    throw refuse('cancel_not_allowed', 'Отмена заявления в текущем статусе невозможна')
  }
  moveNotice(state, order, { statusId: 10, at: nowOf(state) })

  return { status: 200 }
}

/** @throws {EpguRefusal} 204 for an order that nobody has, order_access for one of another organisation */
function ownOrder(state: EpguState, user: EsiaUser, id: string): Order {
  const order = state.orders.get(Number(id)) ?? syntheticOrder(state, Number(id))
  if (order === undefined || !/^\d+$/.test(id)) throw refuseWith(204, 'no such order')
  if (order.user.organisation.id !== user.organisation.id) {
    throw refuse('order_access', 'Заявление принадлежит другой организации')
  }

  return order
}

/** The ids in the form field `meta`, as in v1.10. */
async function oldOrdersStatus(
  state: EpguState,
  user: EsiaUser,
  request: SimRequest,
): Promise<SimResponse> {
  if (!state.switches.oldBulkPost) throw refuseWith(405, 'bulk statuses by POST')
  const query = new URLSearchParams(request.query)
  try {
    const parts = await readMultipart(request.stream(), {
      contentType: request.headers['content-type'] ?? '',
      filePath: '/dev/null',
      maxFileBytes: 0,
      maxFieldBytes: MAX_BODY_BYTES,
    })
    const ids = parts.find(({ name }) => name === 'meta')?.text ?? ''
    query.set('orderIds', ids.replace(/[[\]\s]/g, ''))
  } catch (cause) {
    if (cause instanceof FormError) throw badParameter('meta', cause.message)
    throw cause
  }

  return ordersStatus(state, user, query)
}
