/**
 * The domain: words, model, inputs, the pure transition function and the Provider contract.
 * @module
 */
export * from './create-envelope.ts'
export * from './ids.ts'
export * from './inputs.ts'
export { checkForward } from './invariants/check-forward.ts'
export { checkInvariants } from './invariants/check-invariants.ts'
export * from './model.ts'
export * from './provider.ts'
export * from './time.ts'
export { needsSlot } from './transition/attempt-rows.ts'
export type { TransitionContext } from './transition/change.ts'
export { isEnvelopeFinal, isFinal } from './transition/order.ts'
export {
  refusalAdvice,
  type TransitionRefusal,
  type TransitionRefusalCode,
} from './transition/refusal.ts'
export { nextRecheck, recheckSchedule, resendDelaysMs } from './transition/schedules.ts'
export { closesAt } from './transition/settle.ts'
export {
  mayCall,
  type TransitionDone,
  type TransitionResult,
  transition,
} from './transition/transition.ts'
export { standingOf } from './transition/verify.ts'
export * from './views.ts'
export * from './words.ts'
