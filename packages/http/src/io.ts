/** What a request of this package is made of. */
export type FetchInit = {
  readonly method: 'GET' | 'POST'
  readonly headers: Record<string, string>
  readonly body?: string | ReadableStream<Uint8Array>
  readonly duplex?: 'half'
  /** Redirects are never followed by `fetch`. `error` with streamed bodies alone. */
  readonly redirect: 'manual' | 'error'
  readonly signal: AbortSignal
}

/** The `fetch` that is passed in: that of Node.js, or one with a proxy, a pinned host or own TLS. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>

/** Everything of the outside world that this package uses. */
export type Io = {
  readonly fetch: Fetch
  readonly now: () => Date
  /** Resolves after that many milliseconds; rejects with the reason of the signal when it fires. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** That many random octets. */
  readonly random: (length: number) => Uint8Array
  /**
   * A signal that fires after that many milliseconds: the limit of one exchange. `over` fires when the
   * exchange is over: a timer that nobody waits for any more would keep its memory until its time.
   */
  readonly timeout: (milliseconds: number, over?: AbortSignal) => AbortSignal
}

/**
 * The world as the platform has it: global `fetch`, the clock of the machine, WebCrypto, timers.
 * Pass what is to differ.
 */
export function systemIo(overrides: Partial<Io> = {}): Io {
  return {
    fetch: (url, init) => globalThis.fetch(url, init),
    now: () => new Date(),
    sleep,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    timeout,
    ...overrides,
  }
}

function timeout(milliseconds: number, over?: AbortSignal): AbortSignal {
  const controller = new AbortController()
  const timer: unknown = setTimeout(() => {
    controller.abort(new DOMException('The exchange took too long.', 'TimeoutError'))
  }, milliseconds)
  // As that of AbortSignal.timeout, it keeps no process of Node.js alive.
  if (hasUnref(timer)) timer.unref()
  over?.addEventListener('abort', () => clearTimeout(timer as number), { once: true })

  return controller.signal
}

const hasUnref = (timer: unknown): timer is { readonly unref: () => void } =>
  typeof timer === 'object' && timer !== null && 'unref' in timer

function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
