/** What bulk statuses say of an order. */
export type IndexedOrder = {
  readonly id: number
  /** Gateway knows the order, the portal does not: NOT_FOUND with a null status. */
  readonly isOnPortal: boolean
  readonly statusId: number
  readonly title: number
  readonly updated: number
}

/**
 * All orders in columns, and a log of their changes by time: a million orders take some 30 MB, and finding
 * what changed after a moment costs what changed, not what there is.
 */
export class OrderIndex {
  readonly #firstId: number
  #count = 0
  #status = new Uint8Array(INITIAL)
  /** Number of the title in `titles`; 0 for an order that the portal does not know. */
  #title = new Uint8Array(INITIAL)
  #system = new Uint16Array(INITIAL)
  #updated = new Float64Array(INITIAL)
  /** Where in the log the last change of an order stands. */
  #last = new Uint32Array(INITIAL)
  #logTime = new Float64Array(INITIAL)
  #logOrder = new Uint32Array(INITIAL)
  #logCount = 0
  #isSorted = true

  constructor(firstId: number) {
    this.#firstId = firstId
  }

  /** The number that the next order will have. */
  get nextId(): number {
    return this.#firstId + this.#count
  }

  get count(): number {
    return this.#count
  }

  /** A new order of a system, on the portal or not; gives its number. */
  add(system: number, at: number): number {
    if (this.#count === this.#status.length) this.#growOrders()
    const place = this.#count
    this.#count += 1
    this.#system[place] = system
    this.#log(place, at)

    return this.#firstId + place
  }

  /** Sets what bulk statuses say; `title` 0 takes the order off the portal. */
  set(id: number, { statusId, title, at }: { statusId: number; title: number; at: number }): void {
    const place = id - this.#firstId
    this.#status[place] = statusId
    this.#title[place] = title
    this.#log(place, at)
  }

  get(id: number): (IndexedOrder & { readonly system: number }) | undefined {
    const place = id - this.#firstId
    if (!Number.isInteger(place) || place < 0 || place >= this.#count) return undefined
    const title = this.#title[place] ?? 0

    return {
      id,
      isOnPortal: title !== 0,
      statusId: this.#status[place] ?? 0,
      title,
      updated: this.#updated[place] ?? 0,
      system: this.#system[place] ?? 0,
    }
  }

  /**
   * A page of the orders of a system that changed after a moment, the last change first, and how many there
   * are in all.
   */
  changedAfter(query: {
    readonly system: number
    readonly after: number
    readonly skip: number
    readonly take: number
  }): { readonly total: number; readonly orders: readonly IndexedOrder[] } {
    this.#sort()
    const orders: IndexedOrder[] = []
    let total = 0
    for (let at = this.#logCount - 1; at >= 0; at--) {
      const time = this.#logTime[at] ?? 0
      if (time <= query.after) break
      const place = this.#logOrder[at] ?? 0
      // Only the last change of an order counts; the log keeps the earlier ones until it is compacted.
      if (this.#system[place] !== query.system || this.#last[place] !== at) continue
      if (total >= query.skip && orders.length < query.take) {
        const order = this.get(this.#firstId + place)
        if (order !== undefined) orders.push(order)
      }
      total += 1
    }

    return { total, orders }
  }

  #log(place: number, at: number): void {
    if (this.#logCount === this.#logTime.length) this.#makeRoomInLog()
    // A clock that is set back writes out of order; the next query sorts.
    if (this.#logCount > 0 && at < (this.#logTime[this.#logCount - 1] ?? 0)) this.#isSorted = false
    this.#updated[place] = at
    this.#logTime[this.#logCount] = at
    this.#logOrder[this.#logCount] = place
    this.#last[place] = this.#logCount
    this.#logCount += 1
  }

  /** Drops entries that are not the last of their order; grows only when that is not enough. */
  #makeRoomInLog(): void {
    this.#compact()
    if (this.#logCount * 2 <= this.#logTime.length) return
    this.#logTime = grown(this.#logTime, new Float64Array(this.#logTime.length * 2))
    this.#logOrder = grown(this.#logOrder, new Uint32Array(this.#logOrder.length * 2))
  }

  #compact(): void {
    let to = 0
    for (let from = 0; from < this.#logCount; from++) {
      const place = this.#logOrder[from] ?? 0
      if (this.#last[place] === from) this.#put(to++, { time: this.#logTime[from] ?? 0, place })
    }
    this.#logCount = to
  }

  #sort(): void {
    if (this.#isSorted) return
    this.#compact()
    const times = this.#logTime.slice(0, this.#logCount)
    const places = this.#logOrder.slice(0, this.#logCount)
    const order = Uint32Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0))
    for (const [to, from] of order.entries()) {
      this.#put(to, { time: times[from] ?? 0, place: places[from] ?? 0 })
    }
    this.#isSorted = true
  }

  #put(at: number, { time, place }: { time: number; place: number }): void {
    this.#logTime[at] = time
    this.#logOrder[at] = place
    this.#last[place] = at
  }

  #growOrders(): void {
    const length = this.#status.length * 2
    this.#status = grown(this.#status, new Uint8Array(length))
    this.#title = grown(this.#title, new Uint8Array(length))
    this.#system = grown(this.#system, new Uint16Array(length))
    this.#updated = grown(this.#updated, new Float64Array(length))
    this.#last = grown(this.#last, new Uint32Array(length))
  }
}

const INITIAL = 1024

function grown<Column extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
  from: Column,
  to: Column,
): Column {
  to.set(from)

  return to
}
