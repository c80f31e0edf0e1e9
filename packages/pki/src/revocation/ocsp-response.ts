import {
  asUniversal,
  bitsOf,
  contextChild,
  enumeratedOf,
  expectEnd,
  expectSequence,
  explicitContent,
  isTagged,
  octetsOf,
  oidOf,
  present,
  smallIntegerOf,
} from '../asn1/access.ts'
import { timeOf } from '../asn1/access-text.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { PkiError } from '../error.ts'
import { parseAlgorithmIdentifier } from '../keys/algorithm-identifier.ts'
import type { SignedObject } from '../keys/check-signed.ts'
import { type Extension, parseExtensionList } from '../x509/extensions.ts'
import { type Name, parseName } from '../x509/name.ts'
import { type CertId, parseCertId } from './cert-id.ts'
import { nonceOf } from './ocsp-request.ts'
import { type RevocationReason, revocationReasons } from './types.ts'

/** OCSPResponseStatus of RFC 6960 §4.2.1, by number (4 is not used). */
export const ocspStatuses = [
  'successful',
  'malformedRequest',
  'internalError',
  'tryLater',
  null,
  'sigRequired',
  'unauthorized',
] as const

export type OcspStatus = Exclude<(typeof ocspStatuses)[number], null>

/** CertStatus. */
export type CertStatus =
  | { readonly status: 'good' }
  | { readonly status: 'revoked'; readonly revokedAt: Date; readonly reason: RevocationReason }
  | { readonly status: 'unknown' }

/** SingleResponse: what is said about one certificate. */
export type SingleResponse = {
  readonly certId: CertId
  readonly certStatus: CertStatus
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
  readonly extensions: readonly Extension[]
}

/** Who says it: by name, or by SHA-1 of the public key. */
export type ResponderId =
  | { readonly by: 'name'; readonly name: Name }
  | { readonly by: 'key'; readonly keyHash: Uint8Array }

/** BasicOCSPResponse of RFC 6960 §4.2.1. */
export type BasicOcspResponse = SignedObject & {
  readonly responderId: ResponderId
  readonly producedAt: Date
  readonly responses: readonly SingleResponse[]
  readonly extensions: readonly Extension[]
  readonly nonce: Uint8Array | null
  /** Encoded certificates that came along, unread. */
  readonly certificates: readonly Uint8Array[]
}

/** An OCSP answer: a status, and, when successful and of the basic type, what is said. */
export type OcspResponse = {
  readonly bytes: Uint8Array
  readonly responseStatus: OcspStatus
  readonly basic: BasicOcspResponse | null
}

const basicType = '1.3.6.1.5.5.7.48.1.1'

const bad = (message: string): PkiError => new PkiError({ code: 'ocsp.bad-response', message })

/** GeneralizedTime; RFC 6960 §4.2.2.1 leaves fractions open. */
const generalizedTimeOf = (node: Asn1Node | undefined): Date => {
  if (present(node).tag !== universalTag.generalizedTime) {
    throw bad('A time in an OCSP answer is not a GeneralizedTime.')
  }
  return timeOf(node)
}

/** The reason of a revocation. Numbers that the standard does not use are malformed. */
export const reasonOf = (node: Asn1Node | undefined): RevocationReason => {
  const reason = revocationReasons[enumeratedOf(node)]
  if (reason === undefined || reason === null) {
    throw bad('A reason of revocation has an unknown number.')
  }
  return reason
}

const parseStatus = (node: Asn1Node | undefined): CertStatus => {
  const there = present(node)
  if (isTagged(there, 'context', 1)) {
    const parts = expectSequence(asUniversal(there, universalTag.sequence))
    expectEnd(parts, 2)
    const reason = parts[1]
    return {
      status: 'revoked',
      revokedAt: generalizedTimeOf(parts[0]),
      reason: reason === undefined ? 'unspecified' : reasonOf(explicitContent(reason)),
    }
  }
  const isGood = isTagged(there, 'context', 0)
  if (!isGood && !isTagged(there, 'context', 2)) {
    throw bad('A certificate status is none of the three.')
  }
  asUniversal(there, universalTag.null)
  return { status: isGood ? 'good' : 'unknown' }
}

/** Optional parts behind explicit tags `first` and `second`, each once, in order, and nothing else. */
const tagged = (
  parts: readonly Asn1Node[],
  tags: readonly number[],
): readonly (Asn1Node | undefined)[] => {
  let rest = parts
  const found = tags.map((tag) => {
    const [head] = rest
    if (!isTagged(head, 'context', tag)) {
      return undefined
    }
    rest = rest.slice(1)
    return explicitContent(head)
  })
  expectEnd(rest, 0)
  return found
}

const parseSingle = (node: Asn1Node): SingleResponse => {
  const [id, status, thisUpdate, ...rest] = expectSequence(node)
  const [nextUpdate, extensions] = tagged(rest, [0, 1])
  return {
    certId: parseCertId(id),
    certStatus: parseStatus(status),
    thisUpdate: generalizedTimeOf(thisUpdate),
    ...(nextUpdate === undefined ? {} : { nextUpdate: generalizedTimeOf(nextUpdate) }),
    extensions: extensions === undefined ? [] : parseExtensionList(extensions),
  }
}

const parseResponderId = (node: Asn1Node | undefined): ResponderId => {
  const there = present(node)
  if (isTagged(there, 'context', 1)) {
    return { by: 'name', name: parseName(explicitContent(there)) }
  }
  if (isTagged(there, 'context', 2)) {
    return { by: 'key', keyHash: octetsOf(explicitContent(there)) }
  }
  throw bad('The responder is named in an unknown way.')
}

const parseBasic = (bytes: Uint8Array): BasicOcspResponse => {
  const parts = expectSequence(readDer(bytes))
  const [tbs, algorithm, signatureField, ...rest] = parts
  const [certificates] = tagged(rest, [0])
  const fields = expectSequence(tbs)
  const hasVersion = isTagged(fields[0], 'context', 0)
  if (hasVersion && smallIntegerOf(explicitContent(present(fields[0]))) !== 0) {
    throw bad('The answer is of an unknown version.')
  }
  const [responderId, producedAt, responses, ...tail] = hasVersion ? fields.slice(1) : fields
  const [extensionList] = tagged(tail, [1])
  const extensions = extensionList === undefined ? [] : parseExtensionList(extensionList)
  const signature = bitsOf(signatureField)
  if (signature.unusedBits !== 0) {
    throw bad('A signature does not fill its octets.')
  }
  return {
    tbsBytes: present(tbs).bytes,
    signatureAlgorithm: parseAlgorithmIdentifier(algorithm),
    signature: signature.bytes,
    responderId: parseResponderId(responderId),
    producedAt: generalizedTimeOf(producedAt),
    responses: expectSequence(responses).map(parseSingle),
    extensions,
    nonce: nonceOf(extensions),
    certificates:
      certificates === undefined ? [] : expectSequence(certificates).map((each) => each.bytes),
  }
}

/** Answers are small; a larger one is an attack. */
const maxBytes = 1024 * 1024

/**
 * Reads an OCSP answer, DER only. A successful answer of another type than basic has no `basic`.
 * Throws `ocsp.bad-response`, `x509.*` and the `asn1.*` codes; `checkOcsp` turns them into facts.
 */
export const parseOcspResponse = (bytes: Uint8Array): OcspResponse => {
  const root = readDer(bytes, { maxBytes })
  const parts = expectSequence(root)
  expectEnd(parts, 2)
  const responseStatus = ocspStatuses[enumeratedOf(parts[0])]
  if (responseStatus === undefined || responseStatus === null) {
    throw bad('The answer has an unknown status.')
  }
  const wrapped = contextChild(root, 0)
  if (responseStatus !== 'successful' || wrapped === undefined) {
    return { bytes, responseStatus, basic: null }
  }
  const [type, octets] = expectSequence(explicitContent(wrapped))
  return {
    bytes,
    responseStatus,
    basic: oidOf(type) === basicType ? parseBasic(octetsOf(octets)) : null,
  }
}
