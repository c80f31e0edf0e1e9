import { asUniversal, booleanOf, expectSequence } from '../asn1/access.ts'
import { toHex } from '../asn1/bytes.ts'
import { universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { PkiError } from '../error.ts'
import {
  allReasons,
  type DistributionPoint,
  type DistributionPointName,
  parseDistributionPointName,
  parseReasonFlags,
  wholeNames,
} from '../x509/distribution-points.ts'
import type { GeneralName } from '../x509/general-name.ts'
import { matchNames, nameKey } from '../x509/match-names.ts'
import type { Name } from '../x509/name.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import type { CertificateList } from './parse-crl.ts'

/** IssuingDistributionPoint of RFC 5280 §5.2.5: what a list covers. */
export type CrlScope = {
  /** The extension as encoded: base and delta must agree octet for octet. */
  readonly bytes: Uint8Array
  readonly name?: DistributionPointName
  readonly onlyUserCertificates: boolean
  readonly onlyCaCertificates: boolean
  /** The list gives these reasons only, as `reasonFlags`. */
  readonly reasons?: number
  /** Entries may be of certificates of other issuers. */
  readonly indirect: boolean
  readonly onlyAttributeCertificates: boolean
}

/**
 * Reads an IssuingDistributionPoint. A field that the standard does not know refuses the list: it would
 * narrow the scope in a way that nobody here understands. Throws `crl.bad-list` and the `asn1.*` codes.
 */
export const parseScope = (value: Uint8Array): CrlScope => {
  const fields = new Map(
    expectSequence(readDer(value)).map((field) => {
      if (field.class !== 'context' || field.tag > 5) {
        throw new PkiError({
          code: 'crl.bad-list',
          message: 'The scope of the list has a field that its type does not know.',
        })
      }
      return [field.tag, field]
    }),
  )
  const point = fields.get(0)
  const reasons = fields.get(3)
  const flag = (tag: number): boolean => {
    const field = fields.get(tag)
    return field !== undefined && booleanOf(asUniversal(field, universalTag.boolean))
  }
  return {
    bytes: value,
    ...(point === undefined ? {} : { name: parseDistributionPointName(point) }),
    onlyUserCertificates: flag(1),
    onlyCaCertificates: flag(2),
    ...(reasons === undefined ? {} : { reasons: parseReasonFlags(reasons) }),
    indirect: flag(4),
    onlyAttributeCertificates: flag(5),
  }
}

/** Points of one certificate that are looked at: real ones have two or three. */
const maxPoints = 32

/**
 * The points whose lists can speak of a certificate (RFC 5280 §6.3.3): those that it names, then the one
 * that its issuer's name makes, for lists that no point names.
 */
export const pointsOf = ({ issuer, extensions }: Certificate): readonly DistributionPoint[] => [
  ...(extensions.crlDistributionPoints?.points ?? []).slice(0, maxPoints),
  {
    urls: [],
    name: {
      fullName: [{ type: 'directory', name: issuer }, ...(extensions.issuerAltName?.names ?? [])],
    },
    crlIssuer: [],
  },
]

/** Names of other authorities whose lists a certificate's points send to. */
export const crlIssuersOf = (certificate: Certificate): readonly GeneralName[] =>
  pointsOf(certificate).flatMap(({ crlIssuer }) => crlIssuer)

/** A text that two general names share exactly when they are the same. */
const keyOf = (name: GeneralName): string => {
  switch (name.type) {
    case 'directory':
      return `directory ${nameKey(name.name)}`
    case 'dns':
      return `dns ${name.value.toLowerCase()}`
    case 'email':
    case 'uri':
      return `${name.type} ${name.value}`
    case 'ip':
      return `ip ${toHex(name.bytes)}`
    case 'other':
      return `${name.tag} ${toHex(name.bytes)}`
  }
}

/** Names of one point that are looked at: real ones have one to three. */
const maxNames = 64

const haveCommon = (left: readonly GeneralName[], right: readonly GeneralName[]): boolean => {
  const keys = new Set(left.slice(0, maxNames).map(keyOf))
  return right.slice(0, maxNames).some((name) => keys.has(keyOf(name)))
}

/** Is the directory name one of these? */
export const includesName = (names: readonly GeneralName[], wanted: Name): boolean =>
  names.some((name) => name.type === 'directory' && matchNames(name.name, wanted))

/** RFC 5280 §6.3.3 (b)(1): is the list of the issuer that the point names, or of the certificate's own? */
export const isOfPointIssuer = (
  { issuer, scope }: Pick<CertificateList, 'issuer' | 'scope'>,
  { certificate, point }: { certificate: Certificate; point: DistributionPoint },
): boolean =>
  point.crlIssuer.length === 0
    ? matchNames(issuer, certificate.issuer)
    : scope?.indirect === true && includesName(point.crlIssuer, issuer)

/** RFC 5280 §6.3.3 (b)(2): does the list of this point cover this certificate? */
export const isInScope = (
  { issuer, scope }: Pick<CertificateList, 'issuer' | 'scope'>,
  { certificate, point }: { certificate: Certificate; point: DistributionPoint },
): boolean => {
  if (scope === undefined) {
    return true
  }
  const isCa = certificate.extensions.basicConstraints?.ca === true
  if (
    scope.onlyAttributeCertificates ||
    (scope.onlyUserCertificates && isCa) ||
    (scope.onlyCaCertificates && !isCa)
  ) {
    return false
  }
  if (scope.name === undefined) {
    return true
  }
  // A point named below its issuer is below cRLIssuer where there is one: RFC 5280 §4.2.1.13.
  const below = point.crlIssuer.length === 0 ? certificate.issuer : issuer
  const wanted = point.name === undefined ? point.crlIssuer : wholeNames(point.name, below)
  return haveCommon(wholeNames(scope.name, issuer), wanted)
}

/** interim_reasons_mask of RFC 5280 §6.3.3 (d). */
export const coveredReasons = (
  { scope }: Pick<CertificateList, 'scope'>,
  { reasons = allReasons }: DistributionPoint,
): number => reasons & (scope?.reasons ?? allReasons)
