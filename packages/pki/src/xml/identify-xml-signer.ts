import { equalOctets, fromHex } from '../asn1/index.ts'
import { type Certificate, matchNames, serialText } from '../x509/index.ts'
import { checkSignatureValue, type SignatureValueCheck } from './check-signature-value.ts'
import type { XmlSignatureFact } from './gather-signatures.ts'
import { matchCertificateReference } from './xades/match-certificate-reference.ts'

/** Whose signature it is, as far as KeyInfo, SigningCertificate and the mathematics tell. */
export type XmlSigner = {
  readonly identification: 'found' | 'not-embedded' | 'ambiguous' | 'absent'
  readonly certificate: Certificate | undefined
  readonly value: SignatureValueCheck
  readonly certificateReference: 'absent' | 'match' | 'mismatch' | 'unsupported'
}

/** Certificates that nothing names are tried only when they are few. */
const maxUnnamed = 16

const unchecked: SignatureValueCheck = {
  signature: 'unchecked',
  scheme: undefined,
  isMismatch: false,
}

const referenceResult = (
  { properties }: XmlSignatureFact,
  certificate: Certificate,
): XmlSigner['certificateReference'] => {
  const results = (properties?.signed?.certificates ?? []).map((reference) =>
    matchCertificateReference(reference, certificate),
  )
  if (results.length === 0) {
    return 'absent'
  }
  return results.includes('mismatch')
    ? 'mismatch'
    : results.includes('unsupported')
      ? 'unsupported'
      : 'match'
}

/** Certificates that X509IssuerSerial or X509SKI may mean. */
const namedByKeyInfo = (
  { keyInfo }: XmlSignatureFact,
  atHand: readonly Certificate[],
): readonly Certificate[] => {
  const serials = keyInfo.serialNumbers
    .filter((text) => /^\d{1,60}$/.test(text))
    .map((text) => serialText(BigInt(text)))
  return atHand.filter(({ serialNumber, extensions }) => {
    const own = extensions.subjectKeyIdentifier?.keyIdentifier
    return (
      serials.includes(serialNumber) ||
      (own !== undefined &&
        keyInfo.keyIdentifiers.some((identifier) => equalOctets(identifier, fromHex(own))))
    )
  })
}

/** Those of which no other among them is issued come first. */
const leavesFirst = (certificates: readonly Certificate[]): readonly Certificate[] => {
  const isIssuer = (candidate: Certificate): boolean =>
    certificates.some((other) => other !== candidate && matchNames(other.issuer, candidate.subject))
  return [...certificates.filter((each) => !isIssuer(each)), ...certificates.filter(isIssuer)]
}

/**
 * Finds the certificate of the signer. SigningCertificate(V2), being signed, decides where it is; without
 * it the one candidate with which the value verifies. KeyInfo only proposes: nobody signed it.
 */
export const identifyXmlSigner = (
  fact: XmlSignatureFact,
  {
    embedded,
    atHand,
  }: {
    /** The certificates of its KeyInfo. */
    readonly embedded: readonly Certificate[]
    readonly atHand: readonly Certificate[]
  },
): XmlSigner => {
  const unnamed = atHand.length <= maxUnnamed ? atHand : []
  const named = namedByKeyInfo(fact, atHand)
  const pool = embedded.length > 0 ? embedded : named.length > 0 ? named : unnamed
  const candidates = leavesFirst([...new Map(pool.map((each) => [each.sha256, each])).values()])
  const signer = (
    certificate: Certificate,
    {
      value,
      identification = 'found',
    }: { value: SignatureValueCheck; identification?: 'found' | 'ambiguous' },
  ): XmlSigner => ({
    identification,
    certificate,
    value,
    certificateReference: referenceResult(fact, certificate),
  })
  const referenced = (embedded.length > 0 ? candidates : atHand).find(
    (candidate) => referenceResult(fact, candidate) === 'match',
  )
  if (referenced !== undefined) {
    return signer(referenced, { value: checkSignatureValue(fact, referenced) })
  }
  const tried = candidates.map((certificate) => ({
    certificate,
    value: checkSignatureValue(fact, certificate),
  }))
  const [first, ...more] = tried.filter(({ value }) => value.signature === 'valid')
  if (first !== undefined) {
    return signer(first.certificate, {
      value: first.value,
      identification: more.length === 0 ? 'found' : 'ambiguous',
    })
  }
  const [leaf] = embedded.length > 0 || named.length > 0 ? tried : []
  return leaf === undefined
    ? {
        identification: 'absent',
        certificate: undefined,
        value: unchecked,
        certificateReference:
          (fact.properties?.signed?.certificates ?? []).length === 0 ? 'absent' : 'unsupported',
      }
    : signer(leaf.certificate, { value: leaf.value })
}
