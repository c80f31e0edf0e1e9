import type { BenchOrderDetail } from '../../../api/workbench-types.ts'

/**
 * The later of two views of an order. The answer of a step and the stream of events come on two
 * connections: what the stream told meanwhile must not be undone by an answer that was on its way. The
 * history only grows.
 */
export function newerOrder(
  known: BenchOrderDetail | undefined,
  come: BenchOrderDetail,
): BenchOrderDetail {
  return known !== undefined && known.history.length > come.history.length ? known : come
}
