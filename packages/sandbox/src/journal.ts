/** One call that a simulator took or made. Tokens and long identifiers stand in it shortened. */
export type JournalEntry = {
  /** Counts from 1 for the life of the sandbox; gaps never occur. */
  readonly number: number
  readonly at: string
  readonly simulator: 'egov-mobile' | 'trust' | 'console' | 'esia' | 'epgu' | 'signme'
  readonly direction: 'in' | 'out'
  readonly method: string
  readonly path: string
  readonly status: number | 'none'
  readonly durationMs: number
  readonly sentBytes?: number
  readonly receivedBytes?: number
  /** Which step, fault or answer it was, in a few words of the protocol. */
  readonly note?: string
  /** The phone that made the call, for a page that shows only its own. */
  readonly phone?: string
}

export type Journal = {
  readonly add: (entry: Omit<JournalEntry, 'number' | 'at'>) => void
  /** Entries with a number above `after`, oldest first. */
  readonly since: (after: number) => readonly JournalEntry[]
  readonly clear: () => void
}

const KEPT = 1000

/** A journal of the last 1000 calls, in memory. */
export function createJournal(now: () => Date): Journal {
  let entries: JournalEntry[] = []
  let count = 0

  return {
    add: (entry) => {
      count += 1
      entries.push({ number: count, at: now().toISOString(), ...entry })
      if (entries.length > KEPT) entries = entries.slice(-KEPT)
    },
    since: (after) => entries.filter(({ number }) => number > after),
    clear: () => {
      entries = []
    },
  }
}

/**
 * Path and query of a URL with everything that may be a secret cut to four characters: path segments of 16 and
 * more, and all values of the query (design rule 8).
 */
export function shortenPath(text: string): string {
  const url = URL.parse(text, 'http://sandbox.invalid')
  if (url === null) return '(unreadable)'
  const path = url.pathname
    .split('/')
    .map((segment) => (segment.length >= 16 ? `${segment.slice(0, 4)}…` : segment))
    .join('/')
  const query = [...url.searchParams].map(([name, value]) =>
    value === '' ? name : `${name}=${value.slice(0, 4)}…`,
  )

  return query.length === 0 ? path : `${path}?${query.join('&')}`
}
