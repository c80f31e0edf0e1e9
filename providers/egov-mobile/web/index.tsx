/**
 * eGov Mobile in the browser: what the forms and lists must know, its texts, the signer's step.
 * @module
 */
export { egovMobile, loadEgovMobileMessages } from './descriptor.ts'
export type { EgovMobileKey } from './messages/ru.ts'
export {
  type EgovMobileKit,
  EgovMobileSignerStep,
  type EgovMobileStepProps,
} from './signer-step.tsx'
