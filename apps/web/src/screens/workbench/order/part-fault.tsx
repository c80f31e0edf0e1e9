import { Fault } from '../../../components/fault.tsx'
import { useFaultWords } from '../use-fault-words.ts'
import type { OrderPart, OrderSteps } from './use-order-steps.ts'

/** The fault of one part, shown in that part. */
export function PartFault({
  part,
  steps,
}: {
  readonly part: OrderPart
  readonly steps: OrderSteps
}) {
  const words = useFaultWords()

  if (steps.fault?.part !== part) return null

  return <Fault problem={steps.fault.problem} text={words(steps.fault.problem)} />
}
