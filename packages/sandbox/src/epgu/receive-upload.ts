import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { EsiaUser } from '../esia/accounts.ts'
import { jsonResponse, type SimRequest, type SimResponse } from '../http/sim-http.ts'
import { badParameter, refuse } from './error.ts'
import type { Order } from './order.ts'
import { processPackage } from './process-order.ts'
import { type Meta, readMeta } from './read-meta.ts'
import { FormError, type FormPart, readMultipart } from './read-multipart.ts'
import { addOrder, type EpguState, nowOf } from './state.ts'
import { MAX_CHUNK_BYTES, MIN_CHUNK_BYTES, UPLOAD_WINDOW_MS, type Upload } from './uploads.ts'

const PARTS_OF_PUSH = ['meta', 'file']
const PARTS_OF_CHUNK = ['meta', 'orderId', 'chunk', 'chunks', 'file']

type Form = {
  readonly parts: readonly FormPart[]
  readonly field: (name: string) => FormPart | undefined
  readonly file: FormPart
  /** Where the octets of `file` lie. */
  readonly path: string
}

/** `chunk` from 0, whatever the sender counts from. */
type ChunkNumbers = { readonly chunk: number; readonly chunks: number; readonly base: 0 | 1 }

/** `POST /api/gusmev/push` (ru-epgu-goskey §3.2): a new order with its whole package. */
export async function push(
  state: EpguState,
  user: EsiaUser,
  request: SimRequest,
): Promise<SimResponse> {
  const form = await readForm(state, request, PARTS_OF_PUSH)
  try {
    const { service, region } = metaOf(form)
    if (form.file.size > MAX_CHUNK_BYTES) {
      throw badParameter('file', `is larger than ${MAX_CHUNK_BYTES} bytes`)
    }
    if (service.needsOrderNumber) {
      throw badParameter('serviceCode', 'is of a service that needs a reserved order number')
    }
    if (state.switches.quotas) state.quotas.countOrder(user.oid, service.code, nowOf(state))
    const order = addOrder(state, { user, service, region, isDraft: false })
    void processPackage(state, order, await keep(form, order))

    return jsonResponse(200, { orderId: order.id })
  } finally {
    await rm(form.path, { force: true })
  }
}

/** `POST /api/gusmev/push/chunked` (§3.3): one chunk of the package of a reserved order. */
export async function pushChunk(
  state: EpguState,
  user: EsiaUser,
  request: SimRequest,
): Promise<SimResponse> {
  const form = await readForm(state, request, PARTS_OF_CHUNK)
  try {
    const order = orderOf(state, user, form.field('orderId'))
    const { chunk, chunks, base } = chunkNumbers(state, form)
    checkMeta(state, form, order)
    if (order.stage !== 'reserved') throw badParameter('orderId', 'was sent already')
    checkChunkSize(form.file.size, { isLast: chunk === chunks - 1 })
    const upload = await openUpload(state, order, { chunk, chunks, base })
    const path = join(state.folder, `${order.id}.chunk-${chunk}`)
    await rename(form.path, path)
    upload.received.set(chunk, { path, size: form.file.size })
    if (chunk < chunks - 1) return jsonResponse(206, { orderId: order.id })
    if (upload.received.size !== chunks) {
      upload.received.delete(chunk)
      throw badParameter('chunk', 'is the last one, and others are still to come')
    }
    // From here on the order is sent: a second last chunk finds it so.
    order.stage = 'processing'
    state.uploads.delete(order.id)
    void processPackage(state, order, await joinChunks(state, order, upload.received))

    return jsonResponse(200, { orderId: order.id })
  } finally {
    await rm(form.path, { force: true })
  }
}

async function readForm(
  state: EpguState,
  request: SimRequest,
  order: readonly string[],
): Promise<Form> {
  const path = join(state.folder, `upload-${randomUUID()}`)
  let parts: readonly FormPart[]
  try {
    parts = await readMultipart(request.stream(), {
      contentType: request.headers['content-type'] ?? '',
      filePath: path,
      maxFileBytes: MAX_CHUNK_BYTES,
      maxFieldBytes: 64 * 1024,
    })
  } catch (cause) {
    await rm(path, { force: true })
    if (cause instanceof FormError) throw badParameter('body', cause.message)
    throw cause
  }
  const names = parts.map(({ name }) => name)
  const file = parts.find(({ name }) => name === 'file')
  if (file === undefined) throw await dropping(path, badParameter('file', 'is not present'))
  if (file.fileName === undefined || file.fileName === '') {
    throw await dropping(path, badParameter('file', 'has no filename'))
  }
  const inOrder = order.filter((name) => names.includes(name))
  if (!state.switches.anyPartOrder && inOrder.join() !== names.join()) {
    throw await dropping(
      path,
      badParameter('body', `must have its parts in order: ${order.join(', ')}`),
    )
  }

  return { parts, field: (name) => parts.find((part) => part.name === name), file, path }
}

async function dropping(path: string, refusal: Error): Promise<Error> {
  await rm(path, { force: true })

  return refusal
}

function metaOf({ field }: Form): Meta {
  const part = field('meta')
  if (part === undefined) throw badParameter('meta', 'is not present')
  // The binding of the server goes by the type of the part.
  if (!/^application\/json\b/i.test(part.contentType ?? '')) {
    throw badParameter('meta', 'must have Content-Type application/json')
  }

  return readMeta(part.text)
}

function checkMeta({ switches }: EpguState, form: Form, order: Order): void {
  if (form.field('meta') === undefined && switches.metaOptional) return
  if (metaOf(form).service.code !== order.service.code) {
    throw badParameter('meta', 'names another service than the order was reserved for')
  }
}

function orderOf(state: EpguState, user: EsiaUser, part: FormPart | undefined): Order {
  if (part === undefined) throw badParameter('orderId', 'is not present')
  const order = state.orders.get(Number(part.text))
  if (order === undefined) throw badParameter('orderId', 'is not known')
  if (order.user.organisation.id !== user.organisation.id) {
    throw refuse('order_access', 'Заявление принадлежит другой организации')
  }

  return order
}

/** Counted from 0; without both numbers the one chunk is the whole. */
function chunkNumbers({ switches, uploads }: EpguState, { field }: Form): ChunkNumbers {
  const [chunkPart, chunksPart] = [field('chunk'), field('chunks')]
  if (chunkPart === undefined && chunksPart === undefined) return { chunk: 0, chunks: 1, base: 0 }
  if (chunkPart === undefined) throw badParameter('chunk', 'is not present')
  if (chunksPart === undefined) throw badParameter('chunks', 'is not present')
  const chunks = wholeNumber('chunks', chunksPart.text)
  const given = wholeNumber('chunk', chunkPart.text)
  if (chunks < 1) throw badParameter('chunks', 'must be at least 1')
  const base =
    uploads.get(Number(field('orderId')?.text))?.base ??
    (switches.acceptOneBased && given === 1 ? 1 : 0)
  const chunk = given - base
  if (chunk < 0) throw badParameter('chunk', `must not be below ${base}`)
  if (chunk >= chunks) throw badParameter('chunk', `must be from 0 to ${chunks - 1}`)

  return { chunk, chunks, base }
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,6}$/.test(text.trim())) throw badParameter(name, 'must be a whole number')

  return Number(text)
}

function checkChunkSize(size: number, { isLast }: { readonly isLast: boolean }): void {
  if (size > MAX_CHUNK_BYTES) throw badParameter('file', `is larger than ${MAX_CHUNK_BYTES} bytes`)
  if (!isLast && size < MIN_CHUNK_BYTES) {
    throw badParameter('file', `is smaller than ${MIN_CHUNK_BYTES} bytes and not the last chunk`)
  }
  if (size === 0) throw badParameter('file', 'is empty')
}

async function openUpload(
  state: EpguState,
  order: Order,
  { chunk, chunks, base }: ChunkNumbers,
): Promise<Upload> {
  const now = nowOf(state)
  const known = state.uploads.get(order.id)
  if (known !== undefined && now - known.startedAt > UPLOAD_WINDOW_MS) {
    state.uploads.delete(order.id)
    // Gone before new ones come under their names.
    for (const { path } of known.received.values()) await rm(path, { force: true })
    if (chunk !== 0) throw badParameter('chunk', 'came more than 5 minutes after the first')
  }
  const upload = state.uploads.get(order.id)
  if (upload !== undefined) {
    if (upload.chunks !== chunks) throw badParameter('chunks', `was ${upload.chunks} before`)

    return upload
  }
  if (chunk !== 0) throw badParameter('chunk', 'must be 0 first')
  const started: Upload = { startedAt: now, chunks, base, received: new Map() }
  state.uploads.set(order.id, started)

  return started
}

async function keep({ path }: Form, order: Order): Promise<string> {
  const archive = `${order.folder}.zip`
  await rename(path, archive)

  return archive
}

/** One archive of all chunks, a piece at a time. */
async function joinChunks(
  state: EpguState,
  order: Order,
  received: ReadonlyMap<number, { readonly path: string }>,
): Promise<string> {
  const archive = join(state.folder, `${order.id}.zip`)
  const paths = [...received].sort(([a], [b]) => a - b).map(([, { path }]) => path)
  await pipeline(
    async function* () {
      for (const path of paths) yield* createReadStream(path)
    },
    createWriteStream(archive, { mode: 0o600 }),
  )
  for (const path of paths) await rm(path, { force: true })

  return archive
}
