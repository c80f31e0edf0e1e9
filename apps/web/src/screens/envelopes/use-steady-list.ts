import { useEffect, useRef, useState } from 'react'
import type { EnvelopeSummary } from '../../api/types.ts'
import { changedRows, floatAttention, holdOrder, type ListChange } from './list-order.ts'

/** A changed row flashes for this long. */
const flashMs = 1200
const nothing: ReadonlySet<string> = new Set()

/**
 * Keeps rows still while the pointer or the focus is inside the table; the new order waits behind a
 * button. `key` names the filter: another filter is another list, with nothing to keep.
 */
export function useSteadyList(
  items: readonly EnvelopeSummary[],
  key: string,
): ListChange & {
  readonly apply: () => void
  readonly hold: (isInside: boolean) => void
} {
  const fresh = floatAttention(items)
  const [state, setState] = useState<ListChange & { readonly key: string }>(() => ({
    shown: fresh,
    pending: 0,
    changed: nothing,
    key,
  }))
  const isInside = useRef(false)
  const latest = useRef(fresh)

  useEffect(() => {
    const list = floatAttention(items)
    latest.current = list
    setState((before) => {
      if (before.key !== key || before.shown.length === 0) {
        return { shown: list, pending: 0, changed: nothing, key }
      }
      // A longer list is the next page: it only adds below.
      const isLonger = list.length > before.shown.length + 1

      if (isInside.current && !isLonger) return { ...holdOrder(before.shown, list), key }

      return { shown: list, pending: 0, changed: changedRows(before.shown, list), key }
    })
  }, [items, key])

  useEffect(() => {
    if (state.changed.size === 0) return

    const timer = setTimeout(() => setState((now) => ({ ...now, changed: nothing })), flashMs)

    return () => clearTimeout(timer)
  }, [state.changed])

  const apply = () => setState({ shown: latest.current, pending: 0, changed: nothing, key })

  return {
    ...state,
    apply,
    hold: (inside) => {
      isInside.current = inside
    },
  }
}
