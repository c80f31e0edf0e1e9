/** What is to be done when the body of an answer is over. */
const ends = new WeakMap<Response, () => void>()

/**
 * A signal that fires as soon as one of these does, until `over` fires. `AbortSignal.any` would be held in memory
 * by the longest lived of its signals, each call of a long watch with all that it has.
 */
export function firstSignal(signals: readonly AbortSignal[], over: AbortSignal): AbortSignal {
  const controller = new AbortController()
  for (const signal of signals) {
    const follow = () => controller.abort(signal.reason)
    if (signal.aborted) follow()
    signal.addEventListener('abort', follow, { once: true })
    over.addEventListener('abort', () => signal.removeEventListener('abort', follow), {
      once: true,
    })
  }

  return controller.signal
}

/** Has a function called once when {@link endExchange} is told of the answer. */
export function whenOver(response: Response, end: () => void): void {
  ends.set(response, end)
}

/**
 * Nothing more is read of an answer: its limit of time is given up, and the memory of it. Whoever reads a
 * body by themselves calls it when they are done; `readBody` and `discardBody` do.
 */
export function endExchange(response: Response): void {
  ends.get(response)?.()
  ends.delete(response)
}
