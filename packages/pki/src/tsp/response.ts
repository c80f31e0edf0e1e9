import {
  type Asn1Node,
  bitsOf,
  der,
  expectEnd,
  expectSequence,
  isUniversal,
  readBer,
  smallIntegerOf,
  stringOf,
  universalTag,
} from '../asn1/index.ts'
import { PkiError } from '../error.ts'

/** PKIStatus (RFC 3161 §2.4.2), by number. */
export const timeStampStatuses = [
  'granted',
  'granted-with-mods',
  'rejection',
  'waiting',
  'revocation-warning',
  'revocation-notification',
] as const

/** The name of a PKIStatus. */
export type TimeStampStatus = (typeof timeStampStatuses)[number]

/** PKIFailureInfo bits that RFC 3161 §2.4.2 names. */
const failureBits = {
  'bad-algorithm': 0,
  'bad-request': 2,
  'bad-data-format': 5,
  'time-not-available': 14,
  'unaccepted-policy': 15,
  'unaccepted-extension': 16,
  'add-info-not-available': 17,
  'system-failure': 25,
} as const

/** Why a TSA refused. */
export type TimeStampFailure = keyof typeof failureBits

/** TimeStampResp (RFC 3161 §2.4.2). */
export type TimeStampResponse = {
  readonly status: TimeStampStatus
  /** What the TSA says to people. */
  readonly statusTexts: readonly string[]
  readonly failures: readonly TimeStampFailure[]
  /** The token as encoded; present exactly when the status is granted. */
  readonly token: Uint8Array | undefined
}

const parseFailures = (node: Asn1Node): readonly TimeStampFailure[] => {
  const { bytes } = bitsOf(node)
  return (Object.keys(failureBits) as TimeStampFailure[]).filter((name) => {
    const bit = failureBits[name]
    return (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1
  })
}

const parseStatus = (node: Asn1Node | undefined) => {
  const [statusNode, ...rest] = expectSequence(node)
  const status = timeStampStatuses[smallIntegerOf(statusNode)]
  if (status === undefined) {
    throw new PkiError({ code: 'tsp.malformed', message: 'The status is not one of RFC 3161.' })
  }
  const texts = isUniversal(rest[0], universalTag.sequence) ? rest.shift() : undefined
  const failure = isUniversal(rest[0], universalTag.bitString) ? rest.shift() : undefined
  expectEnd(rest, 0)
  return {
    status,
    statusTexts: texts === undefined ? [] : texts.children.map(stringOf),
    failures: failure === undefined ? [] : parseFailures(failure),
  }
}

/**
 * Reads a TimeStampResp. A granted one without token, or a refused one with token, is refused.
 * The token itself is not looked into. Throws `tsp.malformed`, `asn1.*`.
 */
export const parseTimeStampResponse = (bytes: Uint8Array): TimeStampResponse => {
  const parts = expectSequence(readBer(bytes))
  const [statusInfo, token] = parts
  expectEnd(parts, 2)
  const status = parseStatus(statusInfo)
  const isGranted = status.status === 'granted' || status.status === 'granted-with-mods'
  if (isGranted !== (token !== undefined)) {
    throw new PkiError({
      code: 'tsp.malformed',
      message: 'A time-stamp answer has a token without being granted, or the reverse.',
    })
  }
  return { ...status, token: token?.bytes }
}

/**
 * The token of a TimeStampResp. Throws `tsp.no-token` with the status and failures as data, and what
 * {@link parseTimeStampResponse} throws.
 */
export const timeStampTokenOf = (bytes: Uint8Array): Uint8Array => {
  const { status, failures, token } = parseTimeStampResponse(bytes)
  if (token === undefined) {
    throw new PkiError({
      code: 'tsp.no-token',
      message: 'The TSA did not grant a time-stamp.',
      data: { status, failures: failures.join(' ') },
    })
  }
  return token
}

const encodeFailure = (failure: TimeStampFailure): Uint8Array => {
  const bit = failureBits[failure]
  const octets = new Uint8Array((bit >> 3) + 1)
  octets[bit >> 3] = 0x80 >> (bit & 7)
  return der.bits(octets, 7 - (bit & 7))
}

/**
 * Writes a TimeStampResp: granted with a token, or a rejection with a reason and a text for people.
 * DER.
 */
export const buildTimeStampResponse = (
  answer:
    | { readonly token: Uint8Array }
    | { readonly failure: TimeStampFailure; readonly text?: string },
): Uint8Array =>
  'token' in answer
    ? der.sequence(der.sequence(der.integer(timeStampStatuses.indexOf('granted'))), answer.token)
    : der.sequence(
        der.sequence(
          der.integer(timeStampStatuses.indexOf('rejection')),
          ...(answer.text === undefined ? [] : [der.sequence(der.utf8(answer.text))]),
          encodeFailure(answer.failure),
        ),
      )
