import { equalOctets } from '../asn1/bytes.ts'
import { isPkiError } from '../error.ts'
import { checkSigned } from '../keys/check-signed.ts'
import { digestOf } from '../keys/digests.ts'
import { algorithmOid } from '../keys/oids.ts'
import { type SchemeId, signatureSchemes } from '../keys/schemes.ts'
import { matchNames } from '../x509/match-names.ts'
import { extensionOid, extKeyUsageOid } from '../x509/oids.ts'
import { type Certificate, parseCertificate } from '../x509/parse-certificate.ts'
import { type CertificateAndIssuer, certIdMatches } from './cert-id.ts'
import {
  type BasicOcspResponse,
  type OcspResponse,
  parseOcspResponse,
  type ResponderId,
  type SingleResponse,
} from './ocsp-response.ts'
import {
  type Freshness,
  type RevocationFact,
  type RevocationFailureCode,
  type RevocationSource,
  staleness,
} from './types.ts'

/** What an OCSP answer is checked against. */
export type OcspCheck = CertificateAndIssuer &
  Freshness & {
    /** The answer as received, or as read before. */
    readonly response: Uint8Array | OcspResponse
    /** The nonce that was sent, if any; the answer must then repeat it. */
    readonly nonce?: Uint8Array
    /** Certificates of responders at hand beside those in the answer. */
    readonly responders?: readonly Certificate[]
    /** Schemes that the answer may be signed with. Default: all with an unbroken digest. */
    readonly allowedSchemes?: readonly SchemeId[]
  }

/** OCSP without nextUpdate is about now: kz-egov-mobile.md §15. */
const defaultMaxAgeMs = 10 * 60_000

const defaultSchemes: readonly SchemeId[] = signatureSchemes
  .filter(({ historic }) => !historic)
  .map(({ id }) => id)

const isNamedBy = (certificate: Certificate, responderId: ResponderId): boolean =>
  responderId.by === 'name'
    ? matchNames(certificate.subject, responderId.name)
    : equalOctets(
        digestOf(algorithmOid.sha1, certificate.spki.subjectPublicKey),
        responderId.keyHash,
      )

const readCertificates = (basic: BasicOcspResponse): readonly Certificate[] =>
  basic.certificates.flatMap((bytes) => {
    try {
      return [parseCertificate(bytes)]
    } catch (error) {
      if (isPkiError(error)) {
        return []
      }
      throw error
    }
  })

const understoodInResponder: ReadonlySet<string> = new Set([
  extensionOid.basicConstraints,
  extensionOid.keyUsage,
  extensionOid.extKeyUsage,
  extensionOid.certificatePolicies,
  extensionOid.subjectAltName,
  extensionOid.subjectKeyIdentifier,
  extensionOid.authorityKeyIdentifier,
  extensionOid.crlDistributionPoints,
  extensionOid.freshestCrl,
  extensionOid.authorityInfoAccess,
  extensionOid.ocspNoCheck,
])

/**
 * RFC 6960 §4.2.2.2: the CA itself, or a certificate that the same CA key issued for ocspSigning, valid
 * when it signed. A responder that somebody else vouches for has no say, however trusted.
 */
const isAuthorised = (
  responder: Certificate,
  { issuer, producedAt }: { issuer: Certificate; producedAt: Date },
): boolean => {
  const isIssuer =
    equalOctets(responder.spki.bytes, issuer.spki.bytes) &&
    matchNames(responder.subject, issuer.subject)
  if (isIssuer) {
    return true
  }
  const { extensions } = responder
  return (
    matchNames(responder.issuer, issuer.subject) &&
    extensions.extKeyUsage?.oids.includes(extKeyUsageOid.ocspSigning) === true &&
    (extensions.keyUsage === undefined ||
      extensions.keyUsage.usages.some(
        (usage) => usage === 'digitalSignature' || usage === 'nonRepudiation',
      )) &&
    extensions.all.every(({ oid, critical }) => !critical || understoodInResponder.has(oid)) &&
    producedAt >= responder.notBefore &&
    producedAt <= responder.notAfter &&
    checkSigned(responder, issuer.spki).status === 'valid'
  )
}

type Signed =
  | { readonly signer: Certificate; readonly scheme: SchemeId }
  | { readonly code: RevocationFailureCode; readonly detail?: string }

/** Certificates of one responder's name that are tried: an answer full of them is an attack. */
const maxCandidates = 8

/** Finds the authorised responder whose key verifies the answer, or the most telling refusal. */
const findSigner = (basic: BasicOcspResponse, check: OcspCheck): Signed => {
  const { issuer, responders = [], allowedSchemes = defaultSchemes } = check
  const named = [issuer, ...responders, ...readCertificates(basic)]
    .filter((certificate) => isNamedBy(certificate, basic.responderId))
    .slice(0, maxCandidates)
  const authorised = named.filter((certificate) =>
    isAuthorised(certificate, { issuer, producedAt: basic.producedAt }),
  )
  let refusal: Signed = {
    code: named.length === 0 ? 'responder-not-found' : 'responder-not-authorised',
  }
  for (const signer of authorised) {
    const finding = checkSigned(basic, signer.spki)
    if (finding.status === 'refused') {
      refusal = { code: 'algorithm-unsupported', detail: finding.code }
    } else if (finding.status === 'invalid') {
      refusal = { code: 'signature-invalid' }
    } else if (!allowedSchemes.includes(finding.scheme.id)) {
      refusal = { code: 'algorithm-weak', detail: finding.scheme.id }
    } else {
      return { signer, scheme: finding.scheme.id }
    }
  }
  return refusal
}

/** Extensions of answers that RFC 6960 §4.4 defines and that change nothing here. */
const hasUnknownCritical = (basic: BasicOcspResponse, single: SingleResponse): boolean =>
  basic.extensions.some(({ oid, critical }) => critical && oid !== extensionOid.ocspNonce) ||
  single.extensions.some(({ critical }) => critical)

const nonceFailure = (
  basic: BasicOcspResponse,
  nonce: Uint8Array | undefined,
): 'nonce-missing' | 'nonce-mismatch' | undefined => {
  if (nonce === undefined) {
    return undefined
  }
  if (basic.nonce === null) {
    return 'nonce-missing'
  }
  return equalOctets(basic.nonce, nonce) ? undefined : 'nonce-mismatch'
}

/** Of several answers about one certificate the worst counts, then the latest. */
const severity = { revoked: 0, unknown: 1, good: 2 } as const
const chooseSingle = (
  basic: BasicOcspResponse,
  subject: CertificateAndIssuer,
): SingleResponse | undefined =>
  basic.responses
    .filter(({ certId }) => certIdMatches(certId, subject))
    .toSorted(
      (left, right) =>
        severity[left.certStatus.status] - severity[right.certStatus.status] ||
        right.thisUpdate.getTime() - left.thisUpdate.getTime(),
    )[0]

const readResponse = (response: Uint8Array | OcspResponse): OcspResponse | { detail: string } => {
  if (!(response instanceof Uint8Array)) {
    return response
  }
  try {
    return parseOcspResponse(response)
  } catch (error) {
    if (isPkiError(error)) {
      return { detail: error.code }
    }
    throw error
  }
}

/**
 * Says what an OCSP answer tells about a certificate (RFC 6960 §3.2): whether it is readable, signed by
 * whom the issuer authorised, about this very certificate, fresh at `at`, and in answer to this question;
 * then good, revoked or unknown. Never throws for anything an answer can hold.
 *
 * Freshness: `at` must not be before thisUpdate nor after nextUpdate; without nextUpdate, thisUpdate may
 * be `maxAgeMs` old (default 10 minutes).
 */
export const checkOcsp = (check: OcspCheck): RevocationFact => {
  const response = readResponse(check.response)
  const unusable = (
    code: RevocationFailureCode,
    about: RevocationSource & { readonly detail?: string } = { source: 'ocsp' },
  ): RevocationFact => ({ ...about, status: 'unusable', code })

  if ('detail' in response) {
    return unusable('unreadable', { source: 'ocsp', detail: response.detail })
  }
  const { responseStatus, basic } = response
  if (responseStatus !== 'successful') {
    const code = responseStatus === 'tryLater' ? 'try-later' : 'responder-failed'
    return unusable(code, { source: 'ocsp', detail: responseStatus })
  }
  if (basic === null) {
    return unusable('unsupported-response')
  }
  const { producedAt } = basic
  const signed = findSigner(basic, check)
  if ('code' in signed) {
    const { code, ...detail } = signed
    return unusable(code, { source: 'ocsp', producedAt, ...detail })
  }
  const { signer, scheme } = signed
  const signerNoCheck = signer.extensions.ocspNoCheck !== undefined
  const about: RevocationSource = { source: 'ocsp', producedAt, signer, scheme, signerNoCheck }
  const nonceCode = nonceFailure(basic, check.nonce)
  if (nonceCode !== undefined) {
    return unusable(nonceCode, about)
  }
  const single = chooseSingle(basic, check)
  if (single === undefined) {
    return unusable('other-certificate', about)
  }
  const { thisUpdate, nextUpdate } = single
  const period = { thisUpdate, ...(nextUpdate === undefined ? {} : { nextUpdate }) }
  const dated = { ...about, ...period }
  if (hasUnknownCritical(basic, single)) {
    return unusable('unknown-critical-extension', dated)
  }
  const { at, clockSkewMs } = check
  const maxAgeMs = check.maxAgeMs ?? (nextUpdate === undefined ? defaultMaxAgeMs : undefined)
  const stale = staleness(period, { at, maxAgeMs, clockSkewMs })
  return stale === undefined ? { ...dated, ...single.certStatus } : unusable(stale, dated)
}
