import type { HttpReply, HttpRequestView } from '../../provider.ts'
import type { Json } from '../../words.ts'
import { addressesOf, providerIo, sender, viewOf } from './core-io.ts'
import {
  type CoreState,
  changeEnvelope,
  connectionOf,
  enqueue,
  step,
  storedOf,
  type Where,
} from './core-state.ts'
import { CoreCrash } from './core-types.ts'
import { submitCandidates } from './submit.ts'
import { toRequest } from './to-request.ts'
import { openRequestsOf } from './watch.ts'

/**
 * Our public listener as a `fetch`: callbacks under `/cb/{provider}/{token}/{route}`, the signer page
 * under `/s/{token}` (GET shows, POST submits `{"submission"}`, POST `/decline` declines). When the
 * process falls, the caller sees a broken connection, as on a real network.
 */
export function publicDoor(state: CoreState): typeof fetch {
  return async (input, init) => {
    const request = toRequest(input, init)
    const url = new URL(request.url)
    const [area, ...rest] = url.pathname.split('/').slice(1)
    if (!request.url.startsWith(`${state.publicUrl}/`)) {
      throw new TypeError(`nothing listens at ${url.origin}`)
    }
    try {
      if (area === 'cb') {
        return await callback(state, request, rest)
      }
      if (area === 's') {
        return await signerPage(state, request, rest)
      }
    } catch (error) {
      throw error instanceof CoreCrash ? new TypeError('connection broken') : error
    }

    return new Response(null, { status: 404 })
  }
}

async function callback(
  state: CoreState,
  request: Request,
  [providerId, token, ...route]: readonly string[],
): Promise<Response> {
  const http: HttpRequestView = {
    method: request.method,
    route: route.join('/'),
    query: new URL(request.url).search.slice(1),
    headers: Object.fromEntries(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
  }
  const provider = state.options.providers.find((each) => each.describe().id === providerId)
  if (token === 'c') {
    return takeNotice(state, providerId, route[0] ?? '', http)
  }
  const where = state.requestByToken.get(token ?? '')
  const row =
    where &&
    storedOf(state, where.envelope).aggregate.requests.find((each) => each.id === where.request)
  if (
    provider?.receive === undefined ||
    where === undefined ||
    row === undefined ||
    row.provider !== providerId
  ) {
    const refusal = provider?.refuse?.({ reason: 'unknown-request', http })

    return refusal === undefined ? new Response(null, { status: 404 }) : respond(refusal)
  }
  const { connection } = connectionOf(state, row.connection)
  const reception = await provider.receive({
    connection,
    sender,
    request: viewOf(storedOf(state, where.envelope).aggregate, where.request),
    addresses: addressesOf(state, row.provider, where.request),
    http,
    io: providerIo(state, row.connection),
  })
  for (const observation of reception.observations) {
    await changeEnvelope(state, where.envelope, {
      kind: 'observed',
      request: where.request,
      observation,
    })
  }
  const { candidates, submission } = reception
  const outcome =
    candidates.length > 0 && submission !== undefined
      ? await submitCandidates(state, { ...where, candidates, submission })
      : undefined
  if (reception.look === true) {
    hint(state, where)
  }
  await step(state, 'before-reply', 'callback')

  return respond(reception.reply(outcome))
}

function hint(state: CoreState, { envelope, request }: Where): void {
  state.hinted.set(request, state.options.clock.now())
  enqueue(state, envelope, [{ kind: 'look', request }])
}

/** A call to the address of a connection. */
async function takeNotice(
  state: CoreState,
  providerId: string | undefined,
  id: string,
  http: HttpRequestView,
): Promise<Response> {
  const known = state.options.connections.find(
    (each) => each.id === id && each.provider === providerId,
  )
  const called = known && connectionOf(state, known.id)
  if (known === undefined || called?.provider.notice === undefined) {
    return new Response(null, { status: 404 })
  }
  const { requests, reply } = await called.provider.notice({
    connection: called.connection,
    http,
    open: openRequestsOf(state, known.id),
    io: providerIo(state, known.id),
  })
  for (const [envelope, { aggregate }] of state.stored) {
    for (const row of aggregate.requests.filter((each) => requests.includes(each.id))) {
      hint(state, { envelope, request: row.id })
    }
  }

  return respond(reply)
}

async function signerPage(
  state: CoreState,
  request: Request,
  [token, action]: readonly string[],
): Promise<Response> {
  const where = state.requestByToken.get(token ?? '')
  if (where === undefined) {
    return Response.json({ outcome: 'gone' }, { status: 404 })
  }
  if (request.method === 'GET') {
    await changeEnvelope(state, where.envelope, {
      kind: 'observed',
      request: where.request,
      observation: { kind: 'opened' },
    })
    const { requests } = storedOf(state, where.envelope).aggregate
    const isOpen = requests.some((each) => each.id === where.request && each.state === 'open')

    return Response.json(showContents(state, where), { status: isOpen ? 200 : 410 })
  }
  const body = (await request.json()) as { readonly submission?: Json; readonly reason?: string }
  if (action === 'decline') {
    return declineOnPage(state, where, body.reason)
  }

  return acceptOnPage(state, where, body.submission ?? null)
}

function showContents(state: CoreState, where: Where): Json {
  const view = viewOf(storedOf(state, where.envelope).aggregate, where.request)

  return view.contents.map((content) => ({
    content: content.id,
    data: Buffer.from(state.blobs.get(content.sha256) ?? []).toString('base64'),
  }))
}

async function declineOnPage(
  state: CoreState,
  where: Where,
  reason: string | undefined,
): Promise<Response> {
  const { aggregate } = storedOf(state, where.envelope)
  const row = aggregate.requests.find((each) => each.id === where.request)
  if (row === undefined || row.state === 'closed') {
    return Response.json({ outcome: 'gone' }, { status: 410 })
  }
  const declined = await changeEnvelope(state, where.envelope, {
    kind: 'decline',
    signing: row.signing,
    actor: { kind: 'signer', id: row.signing },
    reason,
  })
  await step(state, 'before-reply', 'decline')

  return Response.json({ outcome: declined.ok ? 'accepted' : 'gone' })
}

async function acceptOnPage(state: CoreState, where: Where, submission: Json): Promise<Response> {
  const { aggregate } = storedOf(state, where.envelope)
  const row = aggregate.requests.find((each) => each.id === where.request)
  if (row === undefined) {
    return Response.json({ outcome: 'gone' }, { status: 404 })
  }
  const { provider, connection } = connectionOf(state, row.connection)
  const view = viewOf(aggregate, where.request)
  const accepted = provider.accept?.({
    connection,
    request: view,
    submission: { body: submission },
  })
  if (accepted === undefined || accepted.kind === 'refused') {
    return Response.json({ outcome: 'refused' }, { status: 422 })
  }
  const known = view.submissions.find((each) => each.digest === accepted.submission)
  const isOver =
    view.closed || (row.window !== undefined && row.window.expiresAt <= state.options.clock.now())
  // A page may repeat itself after a broken connection, also when the request is over by then.
  if (isOver && known === undefined) {
    const outcome = row.outcome === 'signed' ? 'conflict' : 'gone'

    return Response.json({ outcome }, { status: outcome === 'conflict' ? 409 : 410 })
  }
  const outcome = await submitCandidates(state, { ...where, ...accepted })
  await step(state, 'before-reply', 'accept')

  return Response.json(
    { outcome: outcome.kind },
    { status: outcome.kind === 'refused' ? 422 : 200 },
  )
}

async function respond(reply: HttpReply): Promise<Response> {
  const { status, headers, body } = reply
  const bytes = body instanceof Uint8Array ? body : await allBytes(body)

  return new Response(bytes.length === 0 ? null : new Uint8Array(bytes), { status, headers })
}

async function allBytes(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const read: Uint8Array[] = []
  for await (const part of parts) {
    read.push(part)
  }

  return Buffer.concat(read)
}
