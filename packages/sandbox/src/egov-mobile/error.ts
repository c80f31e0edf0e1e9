import { MuhrError } from '@muhr/identifiers'

/** Every reason for which the simulated app refuses to go on. */
export type PhoneErrorCode =
  | 'link.unknown-form'
  | 'link.white-space'
  | 'link.parameter'
  | 'link.other-app'
  | 'link.not-a-url'
  | 'host.not-https'
  | 'host.not-allowed'
  | 'http.unreachable'
  | 'http.time-out'
  | 'http.redirect'
  | 'http.status'
  | 'http.too-large'
  | 'json.malformed'
  | 'json.duplicate-key'
  | 'json.limit'
  | 'field.missing'
  | 'field.wrong-case'
  | 'field.wrong-type'
  | 'field.wrong-value'
  | 'field.unexpected'
  | 'request.expired'
  | 'version.too-old'
  | 'method.not-simulated'
  | 'tsa.unavailable'
  | 'fault.not-applicable'
  | 'phone.nothing-opened'
  | 'phone.already-done'
  | 'phone.busy'

/** Where the refused thing stood. */
export type PhonePlace = 'link' | 'api1' | 'api2' | 'put' | 'phone'

/** Typed particulars of a refusal. `field` is a path such as `documentsToSign[0].document.file.mime`. */
export type PhoneErrorData = {
  readonly place: PhonePlace
  readonly field?: string
  /** What stood there instead, when it is a name or a constant of the protocol. Never document content. */
  readonly found?: string
  readonly expected?: string
  readonly status?: number
  /** The service's own `message`, shown only by app versions that show it (kz-egov-mobile §9 step 4). */
  readonly serverMessage?: string
  readonly offset?: number
}

/** A refusal of the simulated eGov Mobile app: which field or step, and what is to be mended in the service. */
export class PhoneError extends MuhrError<PhoneErrorCode, PhoneErrorData> {
  override readonly name = 'PhoneError'
}
