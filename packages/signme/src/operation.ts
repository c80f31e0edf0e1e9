/** A call of the API, by its section in the text of Sign.Me. */
export type Operation =
  /** 1.1 */
  | 'sign'
  /** 2.1 */
  | 'sign-files'
  /** 1.2 */
  | 'check'
  /** 1.3 */
  | 'result-page'
  /** 2.4 */
  | 'group-result-page'
  /** 1.4 */
  | 'status'
  /** 2.2 */
  | 'group-status'
  /** 1.5 */
  | 'reject'
  /** 2.3 */
  | 'group-reject'
  /** 3 */
  | 'container'
  /** Of the newer API, not in the text (spec §11). */
  | 'precheck'

/**
 * Calls that share their error codes (spec §5): `error 1` means three different things.
 */
export type ErrorGroup =
  | 'sign'
  | 'check'
  | 'result'
  | 'status'
  | 'reject'
  | 'container'
  | 'precheck'

/** The group of each call. */
export const groupOf = {
  sign: 'sign',
  'sign-files': 'sign',
  check: 'check',
  'result-page': 'result',
  'group-result-page': 'result',
  status: 'status',
  'group-status': 'status',
  reject: 'reject',
  'group-reject': 'reject',
  container: 'container',
  precheck: 'precheck',
} as const satisfies Record<Operation, ErrorGroup>

/**
 * What a call leaves behind. `request`: something that a person is told of, and a second call makes a
 * second one. `rejection`: a second call is answered `already_rejected`. `nothing`: reads, and pages
 * that nobody opens.
 */
export const effectOf = {
  sign: 'request',
  'sign-files': 'request',
  check: 'nothing',
  'result-page': 'nothing',
  'group-result-page': 'nothing',
  status: 'nothing',
  'group-status': 'nothing',
  reject: 'rejection',
  'group-reject': 'rejection',
  container: 'nothing',
  precheck: 'nothing',
} as const satisfies Record<Operation, 'request' | 'rejection' | 'nothing'>
