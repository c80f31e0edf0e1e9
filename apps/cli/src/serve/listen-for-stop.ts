/** A Ctrl-C and its echo: npm sends on to us what the terminal has sent us already. */
const echoMs = 700

export type StopRequest = {
  /** Aborts at the first request; what is being started then is given up. */
  readonly signal: AbortSignal
  /** Settles at the first request. */
  readonly requested: Promise<NodeJS.Signals>
}

/**
 * Turns Ctrl-C (SIGINT), a stop from outside (SIGTERM) and a closed terminal (SIGHUP) into one request,
 * from the first moment on. A second Ctrl-C ends the process at once, unless it comes so soon that it is
 * the first one again.
 */
export function listenForStop({
  onRequest,
  source = process,
  exit = (code) => process.exit(code),
  now = () => performance.now(),
}: {
  readonly onRequest: (signal: NodeJS.Signals) => void
  readonly source?: Pick<NodeJS.EventEmitter, 'on'>
  readonly exit?: (code: number) => void
  readonly now?: () => number
}): StopRequest {
  const controller = new AbortController()
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>()
  let firstMs: number | undefined

  const request = (signal: NodeJS.Signals) => {
    if (firstMs === undefined) {
      firstMs = now()
      onRequest(signal)
      controller.abort()
      resolve(signal)
    } else if (signal === 'SIGINT' && now() - firstMs > echoMs) {
      exit(130)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    source.on(signal, () => request(signal))
  }

  return { signal: controller.signal, requested: promise }
}
