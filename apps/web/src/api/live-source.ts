/** Live updates broken for this long are told to the reader (ui.md §4). */
export const staleAfterMs = 10_000

const reopenDelaysMs = [1000, 2000, 5000, 10_000, 15_000] as const

export type LiveMessage = { readonly event: string; readonly data: unknown }

/** The part of EventSource that is used; tests pass their own. */
export type EventStream = {
  readonly readyState: number
  onopen: (() => void) | null
  onerror: (() => void) | null
  addEventListener: (type: string, listener: (event: { readonly data: string }) => void) => void
  close: () => void
}

export type LiveOptions = {
  readonly url: string
  /** Names of the events that matter. */
  readonly events: readonly string[]
  readonly onMessages: (messages: readonly LiveMessage[]) => void
  /** True when data has been stale for ten seconds, false as soon as it flows again. */
  readonly onStale: (isStale: boolean) => void
  readonly open: (url: string) => EventStream
  readonly later: (task: () => void, delayMs: number) => () => void
  /** Runs a task before the next frame: any number of messages is one change of the page. */
  readonly nextFrame: (task: () => void) => void
}

const closedState = 2

/**
 * One stream of server-sent events with its own care: the browser resumes a broken stream by the
 * last event id; one that the server refused is opened anew, later and later.
 *
 * @returns a function that ends it
 */
export function openLiveSource(options: LiveOptions): () => void {
  let stream: EventStream | undefined
  let isOver = false
  let failures = 0
  let cancelStale: (() => void) | undefined
  let cancelReopen: (() => void) | undefined
  let batch: LiveMessage[] = []

  const flush = () => {
    const messages = batch
    batch = []

    if (!isOver && messages.length > 0) options.onMessages(messages)
  }
  const alive = () => {
    failures = 0
    cancelStale?.()
    cancelStale = undefined
    options.onStale(false)
  }
  const broken = () => {
    cancelStale ??= options.later(() => options.onStale(true), staleAfterMs)

    if (stream?.readyState !== closedState || cancelReopen !== undefined) return

    const delayMs = reopenDelaysMs[Math.min(failures, reopenDelaysMs.length - 1)] ?? 15_000
    failures += 1
    cancelReopen = options.later(connect, delayMs)
  }

  function connect() {
    cancelReopen = undefined
    stream?.close()
    const opened = options.open(options.url)
    stream = opened
    opened.onopen = alive
    opened.onerror = broken

    for (const event of options.events) {
      opened.addEventListener(event, ({ data }) => {
        if (batch.length === 0) options.nextFrame(flush)

        batch.push({ event, data: parse(data) })
      })
    }
  }

  connect()

  return () => {
    isOver = true
    cancelStale?.()
    cancelReopen?.()
    stream?.close()
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return undefined
  }
}
