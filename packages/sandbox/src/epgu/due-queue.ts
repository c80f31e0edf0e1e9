/** Something that happens to an order when its time has come. */
export type DueEvent = { readonly at: number; readonly run: () => void }

/** Events by time, earliest first: a binary heap. Equal times keep the order in which they were added. */
export type DueQueue = {
  readonly add: (event: DueEvent) => void
  /** Runs everything due at `now` (ms), also what those add. */
  readonly runDue: (now: number) => void
  readonly clear: () => void
}

export function createDueQueue(): DueQueue {
  let heap: (DueEvent & { readonly number: number })[] = []
  let count = 0
  const isBefore = (a: number, b: number): boolean => {
    const [first, second] = [heap[a], heap[b]]
    if (first === undefined || second === undefined) return false

    return first.at < second.at || (first.at === second.at && first.number < second.number)
  }
  const swap = (a: number, b: number): void => {
    const [first, second] = [heap[a], heap[b]]
    if (first === undefined || second === undefined) return
    heap[a] = second
    heap[b] = first
  }
  const rise = (start: number): void => {
    let at = start
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isBefore(at, parent)) return
      swap(at, parent)
      at = parent
    }
  }
  const sink = (): void => {
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const smaller = isBefore(left + 1, left) ? left + 1 : left
      if (!isBefore(smaller, at)) return
      swap(smaller, at)
      at = smaller
    }
  }

  return {
    add: (event) => {
      count += 1
      heap.push({ ...event, number: count })
      rise(heap.length - 1)
    },
    runDue: (now) => {
      for (;;) {
        const [next] = heap
        if (next === undefined || next.at > now) return
        swap(0, heap.length - 1)
        heap.pop()
        sink()
        next.run()
      }
    },
    clear: () => {
      heap = []
    },
  }
}
