import { equalOctets } from '../asn1/bytes.ts'
import { isPkiError } from '../error.ts'
import { checkSigned } from '../keys/check-signed.ts'
import { type SchemeId, signatureSchemes } from '../keys/schemes.ts'
import { matchNames } from '../x509/match-names.ts'
import { extensionOid } from '../x509/oids.ts'
import type { Certificate } from '../x509/parse-certificate.ts'
import type { CertificateAndIssuer } from './cert-id.ts'
import { type CertificateList, type CrlScope, parseCrl } from './parse-crl.ts'
import {
  type Freshness,
  type RevocationFact,
  type RevocationFailureCode,
  type RevocationSource,
  staleness,
} from './types.ts'

/** What revocation lists are checked against. */
export type CrlCheck = CertificateAndIssuer &
  Freshness & {
    /** Lists at hand, complete and delta, of whatever issuers; as received, or as read before. */
    readonly crls: readonly (Uint8Array | CertificateList)[]
    /**
     * Certificates of the issuer's name whose keys may sign lists beside the issuer itself (RFC 5280
     * §6.3.3 (f)); the caller has validated them to the same anchor.
     */
    readonly signers?: readonly Certificate[]
    /** Schemes that lists may be signed with. Default: all with an unbroken digest. */
    readonly allowedSchemes?: readonly SchemeId[]
  }

const understood: ReadonlySet<string> = new Set([
  extensionOid.crlNumber,
  extensionOid.authorityKeyIdentifier,
  extensionOid.deltaCrlIndicator,
  extensionOid.issuingDistributionPoint,
  extensionOid.freshestCrl,
])

const defaultSchemes: readonly SchemeId[] = signatureSchemes
  .filter(({ historic }) => !historic)
  .map(({ id }) => id)

type Refusal = { readonly code: RevocationFailureCode; readonly detail?: string }
type Usable = {
  readonly crl: CertificateList
  readonly signer: Certificate
  readonly scheme: SchemeId
}

/** RFC 5280 §6.3.3 (b)(2): is the certificate inside what the list covers, and do we combine that? */
const scopeFailure = (
  scope: CrlScope | undefined,
  { extensions }: Certificate,
): RevocationFailureCode | undefined => {
  if (scope === undefined) {
    return undefined
  }
  if (
    scope.indirect ||
    scope.onlySomeReasons ||
    scope.onlyAttributeCertificates ||
    scope.hasOtherName
  ) {
    return 'scope-unsupported'
  }
  const isCa = extensions.basicConstraints?.ca === true
  const points = extensions.crlDistributionPoints?.points ?? []
  const isPointOfCertificate =
    scope.urls.length === 0 ||
    points.some((point) => point.urls.some((url) => scope.urls.includes(url)))
  return (scope.onlyUserCertificates && isCa) ||
    (scope.onlyCaCertificates && !isCa) ||
    !isPointOfCertificate
    ? 'scope-mismatch'
    : undefined
}

const findSigner = (
  crl: CertificateList,
  { issuer, signers = [], allowedSchemes = defaultSchemes }: CrlCheck,
): Omit<Usable, 'crl'> | Refusal => {
  let refusal: Refusal = { code: 'issuer-mismatch' }
  for (const signer of [issuer, ...signers]) {
    if (!matchNames(signer.subject, crl.issuer)) {
      continue
    }
    const finding = checkSigned(crl, signer.spki)
    const { keyUsage } = signer.extensions
    if (finding.status === 'refused') {
      refusal = { code: 'algorithm-unsupported', detail: finding.code }
    } else if (finding.status === 'invalid') {
      refusal = { code: 'signature-invalid' }
    } else if (keyUsage !== undefined && !keyUsage.usages.includes('cRLSign')) {
      refusal = { code: 'no-crl-sign' }
    } else if (!allowedSchemes.includes(finding.scheme.id)) {
      refusal = { code: 'algorithm-weak', detail: finding.scheme.id }
    } else {
      return { signer, scheme: finding.scheme.id }
    }
  }
  return refusal
}

/** Everything that must hold before a list, complete or delta, says anything about the certificate. */
const examine = (crl: CertificateList, check: CrlCheck): Usable | Refusal => {
  if (!matchNames(crl.issuer, check.certificate.issuer)) {
    return { code: 'issuer-mismatch' }
  }
  const signed = findSigner(crl, check)
  if ('code' in signed) {
    return signed
  }
  const unknown = crl.extensions.find(({ oid, critical }) => critical && !understood.has(oid))
  if (unknown !== undefined) {
    return { code: 'unknown-critical-extension', detail: unknown.oid }
  }
  if (crl.entries.unknownCritical) {
    return { code: 'unknown-critical-extension', detail: 'entry' }
  }
  const scope = scopeFailure(crl.scope, check.certificate)
  if (scope !== undefined) {
    return { code: scope }
  }
  // RFC 5280 §5.1.2.5 requires nextUpdate; without it nobody can say how long silence means good.
  const stale =
    crl.nextUpdate === undefined
      ? 'stale'
      : staleness({ thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate }, check)
  return stale === undefined ? { crl, ...signed } : { code: stale }
}

/** RFC 5280 §5.2.4 and §6.3.3 (c): does the delta continue this base? */
const continues = (delta: CertificateList, base: CertificateList): boolean =>
  delta.deltaBase !== undefined &&
  base.crlNumber !== undefined &&
  delta.crlNumber !== undefined &&
  delta.deltaBase <= base.crlNumber &&
  delta.crlNumber >= base.crlNumber &&
  delta.authorityKeyIdentifier === base.authorityKeyIdentifier &&
  equalOctets(delta.scope?.bytes ?? new Uint8Array(), base.scope?.bytes ?? new Uint8Array())

const latest = (left: Usable, right: Usable): number =>
  right.crl.thisUpdate.getTime() - left.crl.thisUpdate.getTime()

/** What base and delta together say: the delta's entry wins, and may take one back. */
const judge = (
  base: Usable,
  { delta, serialNumber }: { delta: Usable | undefined; serialNumber: string },
): RevocationFact => {
  const newest = delta ?? base
  const { nextUpdate } = newest.crl
  const about: RevocationSource = {
    source: 'crl',
    thisUpdate: newest.crl.thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    signer: newest.signer,
    scheme: newest.scheme,
    delta: delta !== undefined,
  }
  const changed = delta?.crl.entries.find(serialNumber)
  const entry = changed ?? base.crl.entries.find(serialNumber)
  if (entry === undefined || (changed !== undefined && changed.reason === 'removeFromCRL')) {
    return { ...about, status: 'good' }
  }
  const { serialNumber: _serialNumber, ...revocation } = entry
  return { ...about, status: 'revoked', ...revocation }
}

const read = (crl: Uint8Array | CertificateList): CertificateList | Refusal => {
  if (!(crl instanceof Uint8Array)) {
    return crl
  }
  try {
    return parseCrl(crl)
  } catch (error) {
    if (isPkiError(error)) {
      return { code: 'unreadable', detail: error.code }
    }
    throw error
  }
}

/** A list of somebody else says least about why there is no answer. */
const telling = ({ code }: Refusal): number =>
  code === 'issuer-mismatch' ? 2 : code === 'scope-mismatch' ? 1 : 0

/**
 * Says what revocation lists tell about a certificate (RFC 5280 §6.3): the latest usable complete list of
 * its issuer, with the latest usable delta that continues it. A list is usable when it is readable, of
 * the issuer's name, signed by the issuer's key (or another of `signers`) with cRLSign, current at `at`,
 * without unknown critical extensions, of a scope that includes the certificate; indirect lists and lists
 * of some reasons only are not combined. Never throws for anything a list can hold.
 *
 * Without any usable list the fact is `unusable` with the most telling code; `undefined` when none was
 * given at all.
 */
export const checkCrls = (check: CrlCheck): RevocationFact | undefined => {
  const refusals: Refusal[] = []
  const usable: Usable[] = []
  for (const given of check.crls) {
    const crl = read(given)
    const found = 'code' in crl ? crl : examine(crl, check)
    if ('code' in found) {
      refusals.push(found)
    } else {
      usable.push(found)
    }
  }
  const [base] = usable.filter(({ crl }) => crl.deltaBase === undefined).toSorted(latest)
  if (base !== undefined) {
    const [delta] = usable.filter(({ crl }) => continues(crl, base.crl)).toSorted(latest)
    return judge(base, { delta, serialNumber: check.certificate.serialNumber })
  }
  if (usable.length > 0) {
    return { source: 'crl', status: 'unusable', code: 'delta-without-base' }
  }
  const [refusal] = refusals.toSorted((left, right) => telling(left) - telling(right))
  return refusal === undefined ? undefined : { source: 'crl', status: 'unusable', ...refusal }
}
