import { ruleFor, type VerificationPolicy } from '../policy/index.ts'
import type { Certificate } from '../x509/index.ts'
import { judgeAlgorithms, judgeCurves, judgeKey } from './judge-algorithms.ts'
import { judgeCoverage } from './judge-coverage.ts'
import { judgePath, judgeSandbox } from './judge-path.ts'
import { judgeCertificatePolicies, judgeKeyUsage } from './judge-purpose.ts'
import { judgeRevocation } from './judge-revocation.ts'
import { holds, judgeTimeStamp } from './judge-time-stamp.ts'
import { failed, indeterminate, type Outcome, passed } from './outcome.ts'
import { judgeLevel } from './qualification.ts'
import type { SignatureDefect, SignerFacts, VerificationFacts } from './types.ts'

/** Facts of a container that was read, and of one of its signers. */
export type SignerCase = {
  readonly facts: VerificationFacts
  readonly container: Extract<VerificationFacts['container'], { readable: true }>
  readonly signer: SignerFacts
  readonly policy: VerificationPolicy
}

const judgeFormat = ({ signer, policy }: SignerCase): readonly Outcome[] => {
  const elsewhere: readonly SignatureDefect[] = [
    'algorithm.mismatch',
    'signing-certificate.mismatch',
    'signing-certificate.unsupported',
  ]
  const defects = signer.check.defects.filter((defect) => !elsewhere.includes(defect))
  if (defects.length > 0) {
    return [failed('format', 'FORMAT_FAILURE', defects.join(' '))]
  }
  return !signer.coversAttributes && policy.signedAttributes === 'required'
    ? [failed('format', 'SIG_CONSTRAINTS_FAILURE', 'signed-attributes-required')]
    : [passed('format')]
}

/** ETSI EN 319 102-1 §5.2.3, and the ESS reference of RFC 5035. */
const judgeCertificate = ({ signer }: SignerCase): readonly Outcome[] => {
  const name = 'signing-certificate'
  const { identification, check } = signer
  if (identification === 'absent') {
    return [indeterminate(name, 'NO_SIGNING_CERTIFICATE_FOUND', 'certificate-absent')]
  }
  if (identification !== 'found') {
    return [failed(name, 'FORMAT_FAILURE', `signer-${identification}`)]
  }
  if (check.certificateReference === 'mismatch') {
    return [failed(name, 'FORMAT_FAILURE', 'signing-certificate.mismatch')]
  }
  return check.certificateReference === 'unsupported'
    ? [indeterminate(name, 'CRYPTO_CONSTRAINTS_FAILURE', 'signing-certificate.unsupported')]
    : [passed(name)]
}

const judgeContent = ({ signer }: SignerCase): readonly Outcome[] => {
  const name = 'content-digest'
  if (signer.content === 'differs') {
    return [failed(name, 'HASH_FAILURE', 'attached-content-differs')]
  }
  switch (signer.check.digest.result) {
    case 'match':
    case 'unbound':
      return [passed(name)]
    case 'mismatch':
      return [failed(name, 'HASH_FAILURE', 'message-digest-mismatch')]
    case 'absent':
      return [indeterminate(name, 'SIGNED_DATA_NOT_FOUND', 'content-absent')]
    case 'unsupported':
      return [indeterminate(name, 'CRYPTO_CONSTRAINTS_FAILURE', 'digest-unsupported')]
  }
}

const judgeSignatureValue = ({ signer }: SignerCase): readonly Outcome[] => {
  const name = 'signature-value'
  switch (signer.check.signature) {
    case 'valid':
      return [passed(name)]
    case 'invalid':
      return [
        failed(
          name,
          'SIG_CRYPTO_FAILURE',
          signer.check.defects.includes('algorithm.mismatch')
            ? 'algorithm.mismatch'
            : 'signature-invalid',
        ),
      ]
    case 'unsupported':
      return [indeterminate(name, 'CRYPTO_CONSTRAINTS_FAILURE', 'algorithm-unsupported')]
    case 'unchecked':
      // What is missing, content or certificate, has its own check.
      return []
  }
}

/** A signer, and whoever signed over his signature. */
const withCounterSigners = (signer: SignerFacts): readonly SignerFacts[] => [
  signer,
  ...signer.counterSignatures.flatMap(withCounterSigners),
]

/**
 * Certificates and revocation data inside the container. A signer's own certificate concerns that
 * signer alone; everything else is of the container, and so of all its signers.
 */
const judgeEmbedded = ({ facts, container, signer }: SignerCase): readonly Outcome[] => {
  const name = 'embedded-values'
  const own = signer.certificate?.sha256
  const ofOthers = new Set(
    facts.signers
      .flatMap(withCounterSigners)
      .flatMap(({ certificate }) => certificate?.sha256 ?? []),
  )
  const certificates = container.embeddedCertificates.filter(
    ({ certificate: { sha256 } }) => sha256 === own || !ofOthers.has(sha256),
  )
  const statuses = [...certificates, ...container.embeddedRevocation].map(({ status }) => status)
  if (statuses.includes('damaged') || statuses.includes('unreadable')) {
    return [failed(name, 'FORMAT_FAILURE', 'embedded-damaged')]
  }
  const ofOtherThings = [
    ...certificates.filter(({ certificate: { sha256 } }) => sha256 !== own),
    ...container.embeddedRevocation,
  ].map(({ status }) => status)
  if (ofOtherThings.includes('unsupported')) {
    return [indeterminate(name, 'CERTIFICATE_CHAIN_GENERAL_FAILURE', 'embedded-unsupported')]
  }
  // RFC 5652 §5.1: there may be more certificates than needed. Nothing is believed for being there.
  return [
    ofOtherThings.includes('unknown-issuer')
      ? passed(name, 'warning.embedded-unknown')
      : passed(name),
  ]
}

/**
 * Unsigned attributes are in nobody's hand: what is not understood is not believed, and takes nothing
 * from the signature (RFC 5652 §5.3). What should have counted and was changed does.
 */
const judgeUnsignedAttributes = ({ signer }: SignerCase): readonly Outcome[] => {
  const name = 'unsigned-attributes'
  return signer.unsignedAttributes
    .filter(({ status }) => status !== 'values' && status !== 'counter-signature')
    .map(({ status, type }) =>
      status === 'unverified'
        ? passed(name, `warning.attribute-unverified ${type}`)
        : failed(name, 'FORMAT_FAILURE', `attribute-${status} ${type}`),
    )
}

const judgeTimeStamps = ({ facts, signer, policy }: SignerCase): readonly Outcome[] => {
  if (signer.timeStamps.length === 0) {
    return ruleFor(policy.timeStamp, signer.identity?.country) === 'required'
      ? [failed('time-stamp', 'SIG_CONSTRAINTS_FAILURE', 'time-stamp-missing')]
      : []
  }
  return signer.timeStamps.flatMap((timeStamp) =>
    judgeTimeStamp(timeStamp, { policy, validationTime: facts.validationTime }),
  )
}

/**
 * Validity of the certificate at the reference time. A time-stamp from before notBefore proves that
 * the signature is older than its certificate. After notAfter, without proof of an earlier time, the
 * signature may still have been made in time, unless the signer himself says otherwise
 * (ETSI EN 319 102-1 §5.2.6.4, §5.5.4).
 */
const judgeValidity = ({ signer }: SignerCase): readonly Outcome[] => {
  const name = 'certificate-validity'
  const { certificate, referenceTime, check } = signer
  if (certificate === undefined) {
    return []
  }
  const { notBefore, notAfter } = certificate
  if (referenceTime < notBefore) {
    return [failed(name, 'NOT_YET_VALID', `${signer.referenceSource}-before-not-before`)]
  }
  if (referenceTime <= notAfter) {
    return [passed(name)]
  }
  const { signingTime } = check
  if (signingTime !== undefined && signingTime < notBefore) {
    return [failed(name, 'NOT_YET_VALID', 'signing-time-before-not-before')]
  }
  if (signingTime !== undefined && signingTime > notAfter) {
    return [failed(name, 'EXPIRED', 'signing-time-after-not-after')]
  }
  const isKnownGood = signer.path?.revocation[0]?.status === 'good'
  const detail = [
    `${signer.referenceSource}-after-not-after`,
    ...(signingTime === undefined ? [] : ['claimed-signing-time-within']),
  ].join(' ')
  return [
    indeterminate(name, isKnownGood ? 'OUT_OF_BOUNDS_NOT_REVOKED' : 'OUT_OF_BOUNDS_NO_POE', detail),
  ]
}

/** signingTime is a claim (security.md row 9): at odds with what is known it is worth a word, no more. */
const judgeSigningTime = ({ facts, signer, policy }: SignerCase): readonly Outcome[] => {
  const name = 'signing-time'
  const { certificate, check, referenceSource, referenceTime } = signer
  const { signingTime } = check
  if (signingTime === undefined) {
    return []
  }
  if (certificate !== undefined && signingTime < certificate.notBefore) {
    return [passed(name, 'warning.signing-time-before-not-before')]
  }
  if (signingTime.getTime() > facts.validationTime.getTime() + policy.clockSkewMs) {
    return [passed(name, 'warning.signing-time-after-validation-time')]
  }
  if (referenceSource !== 'time-stamp') {
    return []
  }
  const driftMs = Math.abs(signingTime.getTime() - referenceTime.getTime())
  return [
    driftMs > policy.maxSigningTimeDriftMs
      ? passed(name, 'warning.signing-time-drift')
      : passed(name),
  ]
}

/** The signer's certificate, and those above it as far as a path was found. */
const certificatesOf = ({ certificate, path }: SignerFacts): readonly Certificate[] => [
  ...(certificate === undefined ? [] : [certificate]),
  ...(path?.result.chain ?? []),
]

/** Every rule over one signature, in the order of kz-egov-mobile.md §16. */
export const judgeSigner = (signerCase: SignerCase): readonly Outcome[] => {
  const { signer, policy } = signerCase
  const { signingTime } = signer.check
  return [
    ...judgeFormat(signerCase),
    ...judgeCertificate(signerCase),
    ...judgeContent(signerCase),
    ...judgeCoverage(signerCase),
    ...judgeSignatureValue(signerCase),
    ...judgeAlgorithms(signer, policy),
    ...judgeKey(signer),
    ...judgeCurves('curve-by-point', certificatesOf(signer), policy),
    ...judgeEmbedded(signerCase),
    ...judgeUnsignedAttributes(signerCase),
    ...judgePath('certificate-path', { path: signer.path, policy }),
    ...judgeTimeStamps(signerCase),
    ...judgeValidity(signerCase),
    ...judgeRevocation('revocation', { path: signer.path, leaf: 'signer', policy, signingTime }),
    ...judgeKeyUsage(signer, policy),
    ...judgeCertificatePolicies(signer, policy),
    ...judgeSandbox('sandbox', { path: signer.path, policy }),
    ...judgeLevel(signer, policy),
    ...judgeSigningTime(signerCase),
  ]
}

/** Which time-stamps of a signer hold under a policy, in their order. */
export const timeStampsThatHold = ({ facts, signer, policy }: SignerCase): readonly boolean[] =>
  signer.timeStamps.map((timeStamp) =>
    holds(judgeTimeStamp(timeStamp, { policy, validationTime: facts.validationTime })),
  )
