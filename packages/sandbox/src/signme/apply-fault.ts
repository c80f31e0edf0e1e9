import { setTimeout as pause } from 'node:timers/promises'
import type { SimRequest, SimResponse } from '../http/sim-http.ts'
import type { CallFault } from './faults.ts'

export type Answered = { readonly response: SimResponse; readonly note: string }

const PROXY_PAGE =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n'

/**
 * Plays a fault of the connection or of what stands before the service. Whatever the fault, the call is run when
 * `isDone` says so: a request may have been made that nobody was told of.
 */
export async function applyFault(
  fault: CallFault,
  request: SimRequest,
  run: () => Promise<Answered>,
): Promise<Answered> {
  if (fault.delayMs > 0) await pause(fault.delayMs)
  const lost: SimResponse = { status: 0, isLost: true }
  switch (fault.fault) {
    case 'drop-before-body':
      return { response: lost, note: 'fault: cut before the body' }
    case 'drop-during-body':
      await readHalf(request)

      return { response: lost, note: 'fault: cut during the body' }
    case 'delay': {
      const { response, note } = await run()

      return { response, note: `fault: ${fault.delayMs} ms (${note})` }
    }
    case 'drop-after-body':
      await request.body(Number.MAX_SAFE_INTEGER)
      break
    default:
      break
  }
  const needsAnswer = ['drop-answer', 'truncated', 'quoted'].includes(fault.fault)
  const done = needsAnswer || fault.isDone ? await run() : undefined

  return {
    response: spoil(fault, request, done?.response),
    note: `fault: ${fault.fault}${done === undefined ? ', nothing done' : ` (${done.note})`}`,
  }
}

function spoil(
  fault: CallFault,
  request: SimRequest,
  response: SimResponse = { status: 200, body: '' },
): SimResponse {
  const text = textOf(response)
  switch (fault.fault) {
    case 'drop-answer':
      return { ...response, cutAt: Math.floor(Buffer.byteLength(text) / 2) }
    case 'truncated':
      return { ...response, body: text.slice(0, Math.ceil(text.length / 2)) }
    case 'quoted':
      return { ...response, body: JSON.stringify(text) }
    case 'text':
      return {
        status: fault.status ?? 200,
        headers: { 'content-type': 'text/plain; charset=utf-8' },
        body: fault.text ?? '',
      }
    case 'html':
      return {
        status: fault.status ?? 502,
        headers: { 'content-type': 'text/html' },
        body: fault.text ?? PROXY_PAGE,
      }
    case 'redirect':
      return { status: fault.status ?? 302, headers: { location: request.path } }
    default:
      return { status: 0, isLost: true }
  }
}

const textOf = ({ body = '' }: SimResponse): string =>
  typeof body === 'string' ? body : Buffer.from(body).toString('latin1')

/** Takes in half of the body as it was announced, or its first piece. */
async function readHalf(request: SimRequest): Promise<void> {
  const half = Number(request.headers['content-length'] ?? 0) / 2
  let size = 0
  for await (const piece of request.stream()) {
    size += piece.length
    if (size >= half) return
  }
}
