/** Runs something again and again, never twice at once; `stop` waits for the run that is on. */
export function repeat(options: {
  readonly everyMs: number
  readonly run: () => Promise<unknown>
  readonly onError: (error: unknown) => void
}): { readonly stop: () => Promise<void> } {
  let running: Promise<unknown> = Promise.resolve()
  let isRunning = false
  const timer = setInterval(() => {
    if (!isRunning) {
      isRunning = true
      running = options
        .run()
        .catch(options.onError)
        .finally(() => {
          isRunning = false
        })
    }
  }, options.everyMs)

  return {
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}
