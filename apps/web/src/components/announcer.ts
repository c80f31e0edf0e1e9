/** Says at most one sentence in this time, so that a screen reader is not drowned (ui.md §16). */
export const speechGapMs = 5000

export type Announcer = {
  /** Queues a sentence; of several that wait, the last one about the same object is said. */
  readonly say: (sentence: string) => void
  readonly stop: () => void
}

/**
 * Merges sentences to at most one each five seconds. `speak` puts the text into the page's polite
 * region; clock and timer are passed in, so that the rule can be tested without waiting.
 */
export function createAnnouncer(options: {
  readonly speak: (text: string) => void
  readonly nowMs: () => number
  readonly later: (task: () => void, delayMs: number) => () => void
}): Announcer {
  let lastMs = Number.NEGATIVE_INFINITY
  let waiting: string[] = []
  let cancel: (() => void) | undefined

  const flush = () => {
    cancel = undefined
    lastMs = options.nowMs()
    options.speak(waiting.join(' '))
    waiting = []
  }

  return {
    say: (sentence) => {
      if (!waiting.includes(sentence)) waiting.push(sentence)
      if (cancel !== undefined) return

      const restMs = lastMs + speechGapMs - options.nowMs()

      if (restMs <= 0) flush()
      else cancel = options.later(flush, restMs)
    },
    stop: () => cancel?.(),
  }
}
