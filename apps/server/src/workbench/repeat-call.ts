import type { DictionaryQuery, Gateway } from '@muhr/epgu'
import type { Caller } from '../auth/authenticate.ts'
import { Problem } from '../http/problems.ts'
import { loadAccount } from './accounts.ts'
import { refreshOrder } from './ask-portal.ts'
import { type CallOperation, type CallRow, listCalls, loadCall } from './calls.ts'
import { loadOrder } from './orders.ts'
import { asPortalCall } from './portal-problem.ts'
import { forOrder } from './record-calls.ts'
import type { Workbench } from './workbench.ts'

/** Calls that change nothing at ESIA and the portal, and so may be made again at will. */
const harmless = [
  'token',
  'order-details',
  'orders-status',
  'updated-after',
  'download',
  'dictionary',
] as const satisfies readonly CallOperation[]
type Harmless = (typeof harmless)[number]

const harmlessOf = (operation: string): Harmless | undefined =>
  harmless.find((each) => each === operation)

export const isHarmless = (operation: string): boolean => harmlessOf(operation) !== undefined

type Call = Pick<CallRow, 'url' | 'request'>

/** What a recorded call asked, asked of the gateway again; a listing by its first page alone. */
const asks: Readonly<
  Record<Exclude<Harmless, 'token'>, (gateway: Gateway, call: Call) => Promise<unknown>>
> = {
  'order-details': (gateway, { url }) => gateway.orderDetails(pathOf(url).at(-1) ?? ''),
  'orders-status': (gateway, { url }) => {
    const query = new URL(url).searchParams

    return firstOf(
      gateway.ordersStatus((query.get('orderIds') ?? '').split(','), pageSizeOf(query)),
    )
  },
  'updated-after': (gateway, { url }) => {
    const query = new URL(url).searchParams

    // The portal counts in Moscow, without saying so.
    return firstOf(
      gateway.updatedAfter(new Date(`${query.get('updatedAfter')}+03:00`), pageSizeOf(query)),
    )
  },
  download: async (gateway, { url }) => {
    const query = new URL(url).searchParams
    const path = pathOf(url)
    const isOld = path.at(-1) === 'download'
    const [objectId = '', objectType = ''] = isOld ? path.slice(-3) : path.slice(-2)
    const { body } = await gateway.downloadFile(
      { objectId, objectType, mnemonic: query.get('mnemonic') ?? '' },
      { route: isOld ? 'old' : 'current', serviceCode: query.get('eserviceCode') ?? '' },
    )
    for await (const _ of body) {
      // Its answer is what is wanted; the file was kept when it was first asked for.
    }
  },
  dictionary: (gateway, { url, request }) =>
    gateway.lookUpDictionary(
      decodeURIComponent(pathOf(url).at(-1) ?? ''),
      JSON.parse(request.body ?? '{}') as DictionaryQuery,
    ),
}

const pathOf = (url: string): readonly string[] => new URL(url).pathname.split('/').filter(Boolean)
const pageSizeOf = (query: URLSearchParams) => ({ pageSize: Number(query.get('pageSize') ?? 100) })

async function firstOf(pages: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of pages) {
    return
  }
}

/**
 * Makes a recorded call again, if it has no effect, with a token of now. A refusal of the portal is an
 * answer too: it stands in the call that this resolves with the id of.
 * @throws Problem `request.not-found`; `workbench.state` for a call with an effect; `workbench.refused`,
 *   `workbench.unavailable`, `workbench.token-seal`, `workbench.key` where no call came of it
 */
export async function repeatCall(
  workbench: Workbench,
  caller: Caller,
  id: string,
): Promise<{ readonly id: string }> {
  const { app, calls, gateways } = workbench
  const { organisationId } = caller
  await calls.settled()
  const call = await loadCall(app, organisationId, id)
  const operation = harmlessOf(call.operation)
  if (operation === undefined) {
    throw new Problem('workbench.state', 'A call with an effect is never repeated from its line.')
  }
  const account = await loadAccount(app, organisationId, call.account_id)
  const order =
    call.order_id === null ? undefined : await loadOrder(app, organisationId, call.order_id)
  const ask = async (): Promise<unknown> => {
    if (operation === 'token') {
      return gateways.token(account, { isNew: true })
    }
    // What the portal says of an order of ours is kept, as when its page asks.
    return operation === 'order-details' && order !== undefined
      ? refreshOrder({ app, gateways, order, caller })
      : asks[operation](gateways.open(account), call)
  }
  const outcome = await asPortalCall(() =>
    order === undefined ? ask() : forOrder(order.id, ask),
  ).then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  await calls.settled()
  const newer = await listCalls(app, organisationId, { order: order?.id, limit: 20 })
  const made = newer.find(
    (each) => each.id > id && each.operation === operation && each.account_id === call.account_id,
  )
  if (made === undefined) {
    throw outcome?.error ?? new Problem('workbench.unavailable', 'No call was made.')
  }

  return { id: made.id }
}
