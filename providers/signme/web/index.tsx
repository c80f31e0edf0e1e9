/**
 * Sign.Me in the browser: what the forms and lists must know, its texts, the signer's step.
 * @module
 */
export { loadSignmeClerkTexts, loadSignmeMessages, signme } from './descriptor.ts'
export type { SignmeKey } from './messages/ru.ts'
export { type SignmeKit, SignmeSignerStep, type SignmeStepProps } from './signer-step.tsx'
