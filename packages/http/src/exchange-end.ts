/** What is to be done when the body of an answer is over. */
const ends = new WeakMap<Response, () => void>()

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
