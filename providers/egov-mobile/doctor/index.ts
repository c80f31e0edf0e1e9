/**
 * What `muhr doctor` can say about eGov Mobile: whether the app can reach this installation.
 * @module
 */
export {
  checkEgovMobile,
  type EgovMobileCheck,
  type EgovMobileFinding,
} from './check-egov-mobile.ts'
