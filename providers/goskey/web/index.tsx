/**
 * Goskey in the browser: what the forms and lists must know, its texts, the signer's step.
 * @module
 */
export { goskey, loadGoskeyClerkTexts, loadGoskeyMessages } from './descriptor.ts'
export type { GoskeyKey } from './messages/ru.ts'
export { type GoskeyKit, GoskeySignerStep, type GoskeyStepProps } from './signer-step.tsx'
