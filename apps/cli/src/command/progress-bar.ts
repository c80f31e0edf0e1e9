/** A bar on one line of a terminal that goes away when it is done. */
export type ProgressBar = {
  readonly tell: (done: number) => void
  readonly clear: () => void
}

const cells = 30
/** A terminal that is written to more often only flickers. */
const leastMs = 80

/**
 * A progress bar: `[#####     ] 120 of 1000`. `write` goes to a terminal; nothing is written before
 * the first `leastMs` are over, so that a short run shows none.
 */
export function createProgressBar(
  write: (text: string) => void,
  { total, nowMs }: { readonly total: number; readonly nowMs: () => number },
): ProgressBar {
  let last = nowMs()
  let isShown = false

  return {
    tell: (done) => {
      if (nowMs() - last < leastMs) {
        return
      }
      last = nowMs()
      isShown = true
      const filled = Math.round((cells * done) / Math.max(1, total))
      write(`\r[${'#'.repeat(filled)}${' '.repeat(cells - filled)}] ${done} of ${total}`)
    },
    clear: () => {
      if (isShown) {
        write('\r\u001b[K')
      }
    },
  }
}
