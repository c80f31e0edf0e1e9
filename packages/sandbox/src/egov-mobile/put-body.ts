/** A request body as `fetch` takes it. */
export type PutBody = {
  readonly body: Uint8Array | ReadableStream<Uint8Array>
  /** Bytes that this body hands over before it ends or breaks. */
  readonly sentBytes: number
}

const PIECES = 10

/** The first half: no longer JSON, though a whole HTTP message. */
export function truncatedBody(bytes: Uint8Array): PutBody {
  const body = bytes.subarray(0, bytes.length >> 1)

  return { body, sentBytes: body.length }
}

/** The whole body in ten pieces with `pauseMs` before each. */
export function slowBody(
  bytes: Uint8Array,
  options: { pauseMs: number; delay: (ms: number) => Promise<void> },
): PutBody {
  const size = Math.max(1, Math.ceil(bytes.length / PIECES))
  let offset = 0
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await options.delay(options.pauseMs)
      controller.enqueue(bytes.subarray(offset, offset + size))
      offset += size
      if (offset >= bytes.length) controller.close()
    },
  })

  return { body, sentBytes: bytes.length }
}

/** Half of the body, after which the connection breaks. */
export function droppedBody(bytes: Uint8Array): PutBody {
  const half = bytes.subarray(0, bytes.length >> 1)
  let isSent = false
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (isSent) controller.error(new Error('the simulated phone lost its connection'))
      else controller.enqueue(half)
      isSent = true
    },
  })

  return { body, sentBytes: half.length }
}
