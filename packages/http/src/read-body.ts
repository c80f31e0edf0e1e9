import type { AnswerFault } from './answer-fault.ts'
import { endExchange } from './exchange-end.ts'

export type BodyReading =
  | { readonly ok: true; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly ok: false; readonly reason: AnswerFault }

/** The whole body of an answer, or why not. What is announced as too large is not read at all. */
export async function readBody(response: Response, limitBytes: number): Promise<BodyReading> {
  const announced = Number(response.headers.get('content-length') ?? 0)
  if (announced > limitBytes) {
    await discardBody(response)

    return { ok: false, reason: 'too-large' }
  }

  // What was announced is read into one place: a copy of 25 MB is 25 MB.
  const place = new Uint8Array(announced > 0 ? announced : 0)
  const further: Uint8Array[] = []
  let filled = 0
  let length = 0
  try {
    for await (const piece of response.body ?? []) {
      length += piece.length
      if (length > limitBytes) return { ok: false, reason: 'too-large' }
      if (length <= place.length) {
        place.set(piece, filled)
        filled = length
      } else {
        further.push(piece)
      }
    }
  } catch {
    return { ok: false, reason: 'cut-off' }
  } finally {
    endExchange(response)
  }
  const first = place.subarray(0, filled)

  return { ok: true, bytes: further.length === 0 ? first : join([first, ...further], length) }
}

/** Lets go of an answer whose body nobody reads, so that its connection can serve again. */
export async function discardBody(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined)
  endExchange(response)
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(length)
  let offset = 0
  for (const piece of pieces) {
    joined.set(piece, offset)
    offset += piece.length
  }

  return joined
}
