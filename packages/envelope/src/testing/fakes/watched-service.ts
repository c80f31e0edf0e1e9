import type { Instant } from '../../ids.ts'
import { instantAfter } from '../../time.ts'
import type { Counterpart, SignerAct, SignerAnswer } from '../contract/subject.ts'
import type { TestClock } from '../core/core-types.ts'
import { toRequest } from '../core/to-request.ts'
import { fakePerson } from './fake-subject.ts'
import { toySign } from './toy-crypto.ts'

const dayMs = 86_400_000

type Status = 'waiting' | 'seen' | 'signed' | 'declined' | 'expired' | 'cancelled'

export type OrderNews = {
  readonly seq: number
  readonly number: number
  readonly ref: string
  readonly status: Status
  readonly opensAt: Instant
  readonly expiresAt: Instant
}

type Order = {
  readonly number: number
  readonly ref: string
  readonly documents: readonly string[]
  readonly opensAt: Instant
  readonly expiresAt: Instant
  status: Status
  signatures: readonly string[]
}

type Service = {
  readonly clock: TestClock
  readonly cancel: 'call' | 'none'
  readonly orders: Map<number, Order>
  readonly news: OrderNews[]
  next: number
  lost: number
}

function setStatus(service: Service, order: Order, status: Status): void {
  order.status = status
  service.news.push({
    seq: service.news.length + 1,
    number: order.number,
    ref: order.ref,
    status,
    opensAt: order.opensAt,
    expiresAt: order.expiresAt,
  })
}

/** Orders end by the service's own clock, whether or not anybody looks. */
function expireOrders(service: Service): void {
  for (const order of service.orders.values()) {
    const isOpen = order.status === 'waiting' || order.status === 'seen'
    if (isOpen && order.expiresAt <= service.clock.now()) {
      setStatus(service, order, 'expired')
    }
  }
}

type PushBody = {
  readonly ref: string
  readonly documents: readonly string[]
  readonly number?: number
}

function takeNumber(service: Service): number {
  service.next += 1

  return service.next
}

/** Under a number the second upload finds the order there; without one each call makes a new order. */
function push(service: Service, body: PushBody): Order {
  const known = body.number === undefined ? undefined : service.orders.get(body.number)
  if (known !== undefined) {
    return known
  }
  const now = service.clock.now()
  const order: Order = {
    number: body.number ?? takeNumber(service),
    ref: body.ref,
    documents: body.documents,
    opensAt: now,
    expiresAt: instantAfter(now, dayMs),
    status: 'waiting',
    signatures: [],
  }
  service.orders.set(order.number, order)
  setStatus(service, order, 'waiting')

  return order
}

function cancel(service: Service, order: Order | undefined): Response {
  if (service.cancel === 'none' || order === undefined) {
    return new Response(null, { status: 405 })
  }
  if (order.status === 'cancelled') {
    return Response.json({})
  }
  if (order.status !== 'waiting' && order.status !== 'seen') {
    return new Response(null, { status: 409 })
  }
  setStatus(service, order, 'cancelled')

  return Response.json({})
}

async function answer(service: Service, request: Request): Promise<Response> {
  expireOrders(service)
  const url = new URL(request.url)
  const [area, number, action] = url.pathname.split('/').slice(1)
  const order = service.orders.get(Number(number))
  if (area === 'reserve') {
    return Response.json({ number: takeNumber(service) })
  }
  if (area === 'push') {
    const { signatures: _, ...made } = push(service, (await request.json()) as PushBody)

    return Response.json(made)
  }
  if (area === 'updates') {
    const after = Number(url.searchParams.get('after'))

    return Response.json({ news: service.news.filter((each) => each.seq > after) })
  }
  if (action === 'cancel') {
    return cancel(service, order)
  }

  return order?.status === 'signed'
    ? Response.json({ signatures: order.signatures })
    : new Response(null, { status: 404 })
}

function doAct(service: Service, order: Order | undefined, act: SignerAct): SignerAnswer {
  expireOrders(service)
  if (order === undefined || (order.status !== 'waiting' && order.status !== 'seen')) {
    return 'gone'
  }
  switch (act.kind) {
    case 'look':
      if (order.status === 'waiting') {
        setStatus(service, order, 'seen')
      }
      return 'later'
    case 'decline':
      setStatus(service, order, 'declined')
      return 'later'
    case 'sign':
      order.signatures = order.documents.map((data) => {
        const bytes = Buffer.from(act.over === 'other' ? `other than ${data}` : data, 'base64')

        return Buffer.from(toySign(fakePerson(act.person), bytes)).toString('base64')
      })
      setStatus(service, order, 'signed')
      return 'later'
    case 'repeat':
    case 'forge':
      return 'gone'
  }
}

/** The service on the other side: orders, news with a cursor, the signer's app, lost answers. */
export function createWatchedService(options: {
  readonly clock: TestClock
  readonly cancel: 'call' | 'none'
}): { readonly fetch: typeof fetch; readonly counterpart: Required<Omit<Counterpart, 'overrun'>> } {
  const service: Service = { ...options, orders: new Map(), news: [], next: 1000, lost: 0 }
  const find = (ref: string) => [...service.orders.values()].filter((each) => each.ref === ref)

  return {
    fetch: async (input, init) => {
      const request = toRequest(input, init)
      const response = await answer(service, request)
      if (request.method === 'POST' && service.lost > 0) {
        service.lost -= 1
        throw new TypeError('the answer was lost')
      }

      return response
    },
    counterpart: {
      act: async ({ request }, act) => doAct(service, find(request.id).at(-1), act),
      lookUp: (request) => {
        const order = find(request.id).at(-1)

        return order === undefined ? undefined : { number: order.number }
      },
      asked: (request) => find(request.id).length,
      isSigned: (request) => find(request.id).some((order) => order.status === 'signed'),
      loseReplies: (count) => {
        service.lost += count
      },
    },
  }
}
