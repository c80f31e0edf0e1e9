/**
 * Passes the items of a source on until `signal` aborts, then throws its reason at once: a source that
 * has stalled for ever is left then, not waited for.
 */
export async function* untilAborted<Item>(
  source: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item> {
  if (signal === undefined) {
    yield* source

    return
  }

  const iterator = source[Symbol.asyncIterator]()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const abort = () => reject(signal.reason)
  aborted.catch(() => undefined)
  signal.addEventListener('abort', abort, { once: true })
  let isDone = false

  try {
    for (;;) {
      signal.throwIfAborted()
      const next = await Promise.race([iterator.next(), aborted])

      if (next.done === true) {
        isDone = true

        return
      }
      yield next.value
    }
  } finally {
    signal.removeEventListener('abort', abort)

    if (!isDone) {
      // Not awaited: a stalled source answers this no sooner than it answered `next`.
      iterator.return?.().catch(() => undefined)
    }
  }
}
