import { AsyncLocalStorage } from 'node:async_hooks'
import type { Fetch, FetchInit } from '@muhr/epgu'
import type { CallJournal, CallOperation, KeptRequest, RecordedCall } from './calls.ts'

/** Octets of an answer, and of the head of a request, that are kept. */
const keptBytes = 64 * 1024

/** The order whose work is being done: a gateway serves many, and its calls are noted by order. */
const orderAtWork = new AsyncLocalStorage<string>()

/** Notes all calls that `work` makes as calls of an order. */
export function forOrder<T>(order: string, work: () => Promise<T>): Promise<T> {
  return orderAtWork.run(order, work)
}

type Subject = { readonly organisationId: string; readonly account: string }

/** A `fetch` that notes what was asked and answered; what it gives back is as it came. */
export function recordCalls(
  journal: CallJournal,
  { organisationId, account }: Subject,
  { fetch, now }: { readonly fetch: Fetch; readonly now: () => Date },
): Fetch {
  return async (url, init) => {
    const order = orderAtWork.getStore()
    const at = now()
    const begun = performance.now()
    const { sent, request } = noteRequest(init)
    const operation = operationOf(new URL(url).pathname)
    const note = (outcome: Outcome) =>
      journal.write(organisationId, {
        account,
        order,
        operation,
        method: init.method,
        url: withoutSecrets(url),
        request: request(),
        at,
        elapsedMs: Math.round(performance.now() - begun),
        ...outcome,
      })
    try {
      const response = await fetch(url, sent)

      return noteAnswer(response, operation, note)
    } catch (error) {
      note({ ...nothing, fault: init.signal.aborted ? 'aborted' : systemCodeOf(error) })
      throw error
    }
  }
}

type Outcome = Pick<RecordedCall, 'status' | 'fault' | 'mediaType' | 'answerBytes' | 'answer'>

const nothing: Outcome = {
  status: undefined,
  fault: undefined,
  mediaType: undefined,
  answerBytes: undefined,
  answer: undefined,
}

const paths: readonly (readonly [RegExp, CallOperation])[] = [
  [/\/tkn$/, 'token'],
  [/\/gusmev\/order\/?$/, 'reserve'],
  [/\/gusmev\/push$/, 'push'],
  [/\/gusmev\/push\/chunked$/, 'push-chunk'],
  [/\/getOrdersStatus\/?$/, 'orders-status'],
  [/\/getUpdatedAfter\/?$/, 'updated-after'],
  [/\/gusmev\/order\/\d+\/cancel$/, 'cancel'],
  [/\/gusmev\/order\/\d+$/, 'order-details'],
  [/\/(?:gusmev\/files|storage)\//, 'download'],
  [/\/nsi\/v1\/dictionary\//, 'dictionary'],
]

const operationOf = (path: string): CallOperation =>
  paths.find(([form]) => form.test(path))?.[1] ?? 'other'

/** The API-Key stands in the path of the token call, its signature in the query. */
const withoutSecrets = (url: string): string =>
  url
    .replace(/(\/ext-app\/)[^/]+(\/tkn)/, '$1{apiKey}$2')
    .replace(/([?&]signature=)[^&]*/, '$1{signature}')

const hidden: Readonly<Record<string, string>> = {
  authorization: 'Bearer {token}',
  cookie: '{cookie}',
}

/** A JWT: three parts in base64url, the first an object. */
const token = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g

/** The request as it is sent, and what is known of it once it was. */
function noteRequest(init: FetchInit): {
  readonly sent: FetchInit
  readonly request: () => KeptRequest
} {
  const headers = Object.fromEntries(
    Object.entries(init.headers).map(([name, value]) => [name, hidden[name] ?? value]),
  )
  const { body } = init
  if (body === undefined || typeof body === 'string') {
    return { sent: init, request: () => (body === undefined ? { headers } : { headers, body }) }
  }
  let head: Uint8Array = new Uint8Array()
  const seen = watched(body, {
    // The first piece of a multipart body holds its fields and the head of its file.
    onPiece: (piece) => {
      head = head.length === 0 ? piece.slice(0, keptBytes) : head
    },
    onEnd: () => undefined,
  })
  const bytes = Number(init.headers['content-length'])

  return {
    sent: { ...init, body: seen },
    request: () => ({
      headers,
      bytes,
      ...partsOf(new TextDecoder().decode(head), init.headers['content-type'] ?? ''),
    }),
  }
}

function partsOf(head: string, contentType: string): Pick<KeptRequest, 'fields' | 'file'> {
  const boundary = /boundary=([^;]+)/.exec(contentType)?.[1]
  if (boundary === undefined) {
    return {}
  }
  const parts = head
    .split(`--${boundary}\r\n`)
    .slice(1)
    .map((part) => {
      const [lines = '', ...value] = part.split('\r\n\r\n')

      return {
        name: /name="([^"]*)"/.exec(lines)?.[1] ?? '',
        fileName: /filename="([^"]*)"/.exec(lines)?.[1],
        contentType: /content-type: (\S+)/i.exec(lines)?.[1],
        value: value.join('\r\n\r\n').replace(/\r\n$/, ''),
      }
    })
  const file = parts.find(({ fileName }) => fileName !== undefined)

  return {
    fields: parts
      .filter(({ fileName }) => fileName === undefined)
      .map(({ name, value, contentType }) => ({ name, value, contentType })),
    file:
      file?.fileName === undefined
        ? undefined
        : {
            name: file.name,
            fileName: file.fileName,
            contentType: file.contentType ?? 'application/octet-stream',
          },
  }
}

/** Notes an answer when its text was read; of files, whose bytes are kept elsewhere, at once. */
function noteAnswer(
  response: Response,
  operation: CallOperation,
  note: (outcome: Outcome) => void,
): Response {
  const { status, headers, body } = response
  const mediaType = headers.get('content-type') ?? undefined
  const announced = headers.get('content-length')
  const isFile = operation === 'download' && response.ok
  const known: Outcome = {
    ...nothing,
    status,
    mediaType,
    answerBytes: announced === null ? undefined : Number(announced),
  }
  if (body === null || isFile) {
    note(known)

    return response
  }
  const pieces: Uint8Array[] = []
  let length = 0
  const seen = watched(body, {
    onPiece: (piece) => {
      if (length < keptBytes) {
        pieces.push(piece.slice(0, keptBytes - length))
      }
      length += piece.length
    },
    onEnd: () => {
      const text = Buffer.concat(pieces).toString('utf8').replaceAll(token, '{token}')
      note({ ...known, answerBytes: length, answer: text })
    },
  })

  return new Response(seen, { status, headers })
}

/** The same stream, one piece for each that is asked for; `onEnd` once, however it ends. */
function watched(
  stream: ReadableStream<Uint8Array>,
  on: { readonly onPiece: (piece: Uint8Array) => void; readonly onEnd: () => void },
): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  let isOver = false
  const end = () => {
    if (!isOver) {
      isOver = true
      on.onEnd()
    }
  }

  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read()
          if (done) {
            end()
            controller.close()
          } else {
            on.onPiece(value)
            controller.enqueue(value)
          }
        } catch (error) {
          end()
          controller.error(error)
        }
      },
      cancel: async (reason) => {
        end()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

/** Such as `ECONNRESET`; what `fetch` says itself may hold the address, and so a secret. */
function systemCodeOf(error: unknown, depth = 0): string {
  if (typeof error !== 'object' || error === null || depth > 4) {
    return 'lost'
  }
  const code: unknown = Reflect.get(error, 'code')

  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code)
    ? code
    : systemCodeOf(Reflect.get(error, 'cause'), depth + 1)
}
