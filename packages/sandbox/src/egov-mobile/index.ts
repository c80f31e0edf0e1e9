/**
 * Simulator of the eGov Mobile app (kz-egov-mobile §9): scan, check strictly, sign, PUT. Written from the seed;
 * shares no code with the service side that it tests.
 * @module
 */
export {
  type AppAbilities,
  type AppVersion,
  abilitiesOf,
  formatAppVersion,
  KNOWN_APP_VERSIONS,
  parseAppVersion,
} from './app-version.ts'
export { type AskTimeStamp, askTsaOverHttp } from './ask-tsa.ts'
export type { PhoneCall } from './call-service.ts'
export type { CitizenKey, KeyAlgorithm } from './citizen-key.ts'
export { PhoneError, type PhoneErrorCode, type PhoneErrorData } from './error.ts'
export {
  type AlternativeKey,
  FAULT_MODES,
  type FaultMode,
  type Fidelity,
  faultModes,
} from './fault-modes.ts'
export type { DocumentView, OpenedView } from './opened-view.ts'
export {
  type CancelMode,
  createPhone,
  type Phone,
  type PhoneLanguage,
  type PhoneOptions,
  type SignOutcome,
} from './phone.ts'
export type { ReadAnswer } from './read-answer.ts'
export type { SignMethod, SimpleMethod } from './read-api2.ts'
export type { EgovApp } from './read-link.ts'
