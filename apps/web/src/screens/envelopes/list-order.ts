import type { EnvelopeSummary } from '../../api/types.ts'

/**
 * The order of the list: rows that need a person float to the top (ui.md §4), all else stays as the
 * server gave it, the newest first. What needs one, the server says: its counter counts the same rows.
 */
export function floatAttention(items: readonly EnvelopeSummary[]): readonly EnvelopeSummary[] {
  return [
    ...items.filter(({ needsPerson }) => needsPerson),
    ...items.filter(({ needsPerson }) => !needsPerson),
  ]
}

/** What ends first of an envelope that is open: its own deadline, or what its services wait for. */
export function dueOf({
  state,
  deadline,
  windowEndsAt,
}: Pick<EnvelopeSummary, 'state' | 'deadline' | 'windowEndsAt'>): string | undefined {
  if (state !== 'sent' && state !== 'expired') return undefined
  if (deadline === undefined || windowEndsAt === undefined) return deadline ?? windowEndsAt

  return Date.parse(windowEndsAt) < Date.parse(deadline) ? windowEndsAt : deadline
}

export type ListChange = {
  readonly shown: readonly EnvelopeSummary[]
  /** How many rows would come, go or move if the new order were applied. */
  readonly pending: number
  /** Rows whose words changed. */
  readonly changed: ReadonlySet<string>
}

const mark = (item: EnvelopeSummary) =>
  `${item.state} ${item.version ?? ''} ${item.signings.map(({ state, attention }) => `${state}${attention ?? ''}`).join()}`

/**
 * Takes fresh rows while somebody points at the table: every row keeps its place and takes its new
 * words; moves wait until they are asked for.
 */
export function holdOrder(
  before: readonly EnvelopeSummary[],
  fresh: readonly EnvelopeSummary[],
): ListChange {
  const byId = new Map(fresh.map((item) => [item.id, item]))
  const shown = before.map((item) => byId.get(item.id) ?? item)
  const pending = fresh.filter((item, index) => before[index]?.id !== item.id).length

  return { shown, pending, changed: changedRows(before, fresh) }
}

/** Rows that are in both lists and say something else now. */
export function changedRows(
  before: readonly EnvelopeSummary[],
  fresh: readonly EnvelopeSummary[],
): ReadonlySet<string> {
  const old = new Map(before.map((item) => [item.id, mark(item)]))

  return new Set(
    fresh.filter((item) => old.has(item.id) && old.get(item.id) !== mark(item)).map(({ id }) => id),
  )
}
