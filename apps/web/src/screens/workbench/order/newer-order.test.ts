import { expect, it } from 'vitest'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { newerOrder } from './newer-order.ts'

const order = (state: string, events: readonly string[]) =>
  ({ state, history: events.map((type) => ({ type })) }) as unknown as BenchOrderDetail

it('an answer that was on its way undoes nothing of what the stream told meanwhile', () => {
  const sent = order('sent', ['created', 'push-started', 'pushed'])
  const sending = order('sending', ['created', 'push-started'])

  expect(newerOrder(sent, sending)).toBe(sent)
  expect(newerOrder(sending, sent)).toBe(sent)
  expect(newerOrder(undefined, sending)).toBe(sending)
})

it('of two that are equally old the one that came last counts: an upload goes on', () => {
  const before = order('sending', ['created'])
  const after = order('sending', ['created'])

  expect(newerOrder(before, after)).toBe(after)
})
