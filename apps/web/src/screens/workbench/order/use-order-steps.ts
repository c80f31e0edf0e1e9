import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import { asProblem, type ProblemError } from '../../../api/problem.ts'
import { benchOrderQuery } from '../../../api/workbench.ts'
import type { BenchOrderDetail } from '../../../api/workbench-types.ts'
import { newerOrder } from './newer-order.ts'

/** Parts of the order's page: a fault is shown in the part whose step failed. */
export type OrderPart = 'xml' | 'files' | 'package' | 'send' | 'status'

export type OrderSteps = {
  /** The part whose step is under way. */
  readonly busy: OrderPart | undefined
  readonly fault: { readonly part: OrderPart; readonly problem: ProblemError } | undefined
  /** Runs a step that answers with the order; false when it failed, which is then shown. */
  readonly run: (part: OrderPart, step: () => Promise<BenchOrderDetail>) => Promise<boolean>
  /** The same beside whatever a person does, with no button that waits; skipped while one does. */
  readonly runBeside: (part: OrderPart, step: () => Promise<BenchOrderDetail>) => void
}

/** Steps of one order, one at a time; every answer is the order as it then is. */
export function useOrderSteps(id: string): OrderSteps {
  const client = useQueryClient()
  const [busy, setBusy] = useState<OrderPart | undefined>()
  const [fault, setFault] = useState<OrderSteps['fault']>()
  const isBusy = useRef(false)
  const run = useCallback(
    async (part: OrderPart, step: () => Promise<BenchOrderDetail>) => {
      const { queryKey } = benchOrderQuery(id)
      isBusy.current = true
      setBusy(part)
      setFault(undefined)

      try {
        const order = await step()
        client.setQueryData(queryKey, (known) => newerOrder(known, order))
        void client.invalidateQueries({ queryKey: ['bench', 'orders'] })

        return true
      } catch (error) {
        setFault({ part, problem: asProblem(error) })
        // A refused step may have left its mark: a failed call stands in the history.
        void client.invalidateQueries({ queryKey })

        return false
      } finally {
        isBusy.current = false
        setBusy(undefined)
      }
    },
    [client, id],
  )

  const runBeside = useCallback(
    (part: OrderPart, step: () => Promise<BenchOrderDetail>) => {
      if (isBusy.current) return

      step().then(
        (order) => {
          // What a person began meanwhile answers with a newer order.
          if (isBusy.current) return

          client.setQueryData(benchOrderQuery(id).queryKey, (known) => newerOrder(known, order))
        },
        (error: unknown) => setFault({ part, problem: asProblem(error) }),
      )
    },
    [client, id],
  )

  return { busy, fault, run, runBeside }
}
