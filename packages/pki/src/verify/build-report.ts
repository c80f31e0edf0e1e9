import { toHex } from '../asn1/index.ts'
import { isSandboxCertificate } from './judge-path.ts'
import { type SignerCase, timeStampsThatHold } from './judge-signer.ts'
import { checkOf, type Outcome, verdictOfOutcomes } from './outcome.ts'
import { qualificationOf } from './qualification.ts'
import type { ReportSigner, SignatureReport } from './report.ts'
import type { SignerFacts, VerificationFacts } from './types.ts'

/** Roles nest by their arcs: the longest OID is the most particular (kz-egov-mobile.md §12.3). */
const mostParticular = (roles: readonly { readonly oid: string }[]): string | undefined =>
  roles
    .map(({ oid }) => oid)
    .toSorted((left, right) => right.split('.').length - left.split('.').length)[0]

const signerOf = ({ certificate, identity }: SignerFacts): ReportSigner => {
  if (certificate === undefined || identity === undefined) {
    return { subject: '', name: '', serialNumber: '' }
  }
  const { snils, ogrn, ogrnip, iin, bin, pinfl, organisation, organisationInn, title } = identity
  // Uzbekistan names an organisation by its INN alone; Russia has the OGRN for that.
  const inn =
    identity.country === 'UZ'
      ? (organisationInn ?? identity.inn)
      : (identity.inn ?? organisationInn)
  const role = mostParticular(identity.roles) ?? title
  return {
    subject: certificate.subject.text,
    name: identity.name ?? '',
    serialNumber: certificate.serialNumber,
    ...(snils === undefined ? {} : { snils }),
    ...(inn === undefined ? {} : { inn }),
    ...(ogrn === undefined ? {} : { ogrn }),
    ...(iin === undefined ? {} : { iin }),
    ...(bin === undefined ? {} : { bin }),
    ...(pinfl === undefined ? {} : { pinfl }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(organisationInn === undefined ? {} : { organisationInn }),
    ...(ogrnip === undefined ? {} : { ogrnip }),
    ...(role === undefined ? {} : { role }),
  }
}

const cryptographyOf = ({ check }: SignerFacts): SignatureReport['cryptography'] => {
  if (check.signature === 'invalid' || check.digest.result === 'mismatch') {
    return 'invalid'
  }
  return check.signature === 'valid' ? 'valid' : 'unsupported'
}

const timeStampsOf = (signerCase: SignerCase): SignatureReport['timestamps'] => {
  const hold = timeStampsThatHold(signerCase)
  return signerCase.signer.timeStamps.flatMap((facts, index) =>
    facts.readable
      ? [{ genTime: facts.tstInfo.genTime.toISOString(), valid: hold[index] === true }]
      : [],
  )
}

/** What the report shows of one signature: its facts and the outcomes of the rules over them. */
export const buildSignatureReport = (
  signerCase: SignerCase,
  outcomes: readonly Outcome[],
): SignatureReport => {
  const { signer } = signerCase
  const { check, path } = signer
  const anchor = path?.result.anchor ?? undefined
  const { digest, signingTime } = check
  return {
    ...verdictOfOutcomes(outcomes),
    format: signer.format,
    country: signer.identity?.country ?? null,
    signatureAlgorithm: {
      oid: signer.signatureAlgorithm.oid,
      name: check.scheme?.name ?? signer.signatureAlgorithm.name,
    },
    digestAlgorithm: signer.digestAlgorithm,
    cryptography: cryptographyOf(signer),
    contentDigest: digest.computed === undefined ? '' : toHex(digest.computed),
    level: qualificationOf(signer, signerCase.policy).level,
    signer: signerOf(signer),
    chain: (path?.result.chain ?? []).map(({ subject, serialNumber, sha256 }) => ({
      subject: subject.text,
      serialNumber,
      sha256,
    })),
    ...(anchor === undefined
      ? {}
      : { anchor: { subject: anchor.subject.text, sha256: anchor.sha256 } }),
    revocation: (path?.revocation ?? []).map(({ certificate, source, status, thisUpdate }) => ({
      serialNumber: certificate.serialNumber,
      source,
      status,
      ...(thisUpdate === undefined ? {} : { thisUpdate: thisUpdate.toISOString() }),
    })),
    ...(signingTime === undefined ? {} : { signingTime: signingTime.toISOString() }),
    timestamps: timeStampsOf(signerCase),
    checks: outcomes.map(checkOf),
  }
}

/** Does any certificate that was met carry the sandbox policy? */
export const isSandbox = ({ container, signers }: VerificationFacts): boolean => {
  const embedded = container.readable
    ? container.embeddedCertificates.map(({ certificate }) => certificate)
    : []
  const chains = signers.flatMap(({ certificate, path, timeStamps }) => [
    ...(certificate === undefined ? [] : [certificate]),
    ...(path?.result.chain ?? []),
    ...timeStamps.flatMap((facts) => (facts.readable ? (facts.path?.result.chain ?? []) : [])),
  ])
  return [...embedded, ...chains].some(isSandboxCertificate)
}
