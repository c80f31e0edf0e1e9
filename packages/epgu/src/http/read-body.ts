import type { AnswerFault } from './answer-fault.ts'

export type BodyReading =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: AnswerFault }

/** The whole body of an answer, or why not. What is announced as too large is not read at all. */
export async function readBody(response: Response, limitBytes: number): Promise<BodyReading> {
  if (Number(response.headers.get('content-length') ?? 0) > limitBytes) {
    await discardBody(response)

    return { ok: false, reason: 'too-large' }
  }

  const pieces: Uint8Array[] = []
  let length = 0
  try {
    for await (const piece of response.body ?? []) {
      length += piece.length
      if (length > limitBytes) return { ok: false, reason: 'too-large' }
      pieces.push(piece)
    }
  } catch {
    return { ok: false, reason: 'cut-off' }
  }

  return { ok: true, bytes: join(pieces, length) }
}

/** Lets go of an answer whose body nobody reads, so that its connection can serve again. */
export async function discardBody(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined)
}

function join(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const joined = new Uint8Array(length)
  let offset = 0
  for (const piece of pieces) {
    joined.set(piece, offset)
    offset += piece.length
  }

  return joined
}
