import { der, equalOctets, fromHex } from '../asn1/index.ts'
import {
  checkSigner,
  type DigestibleContent,
  findSignerCertificates,
  type SignerCheck,
  type SignerIdentifier,
  type SignerInfo,
} from '../cms/index.ts'
import { type Certificate, serialOf } from '../x509/index.ts'
import { isNearCopy } from './near-copy.ts'
import type { IdentifiedSigner } from './types.ts'

const serialOctets = (serialNumber: string): Uint8Array => der.integer(serialOf(serialNumber))

/** Would the identifier name the certificate if one octet of it were put right? */
const nearlyNames = (identifier: SignerIdentifier, certificate: Certificate): boolean => {
  if (identifier.kind === 'subject-key-identifier') {
    const keyIdentifier = certificate.extensions.subjectKeyIdentifier?.keyIdentifier ?? ''
    return isNearCopy(identifier.keyIdentifier, fromHex(keyIdentifier))
  }
  const { issuer, serialNumber } = identifier
  const hasSerial = serialNumber === certificate.serialNumber
  return hasSerial
    ? isNearCopy(issuer, certificate.issuer.bytes)
    : equalOctets(issuer, certificate.issuer.bytes) &&
        isNearCopy(serialOctets(serialNumber), serialOctets(certificate.serialNumber))
}

/**
 * Finds the certificate of a signer, among those of the container or else among those at hand, and
 * checks the signature with it. When the container has certificates and the one named is nowhere, it is
 * damaged or forged.
 */
export const identifySigner = (
  signerInfo: SignerInfo,
  {
    embedded,
    atHand,
    content,
    contentType,
    digestAlgorithms,
  }: {
    readonly embedded: readonly Certificate[]
    readonly atHand: readonly Certificate[]
    readonly content: DigestibleContent
    readonly contentType: string | undefined
    readonly digestAlgorithms: readonly string[] | undefined
  },
): IdentifiedSigner => {
  const check = (certificate: Certificate | undefined): SignerCheck =>
    checkSigner(signerInfo, { contentType, digestAlgorithms, content, certificate })
  const inside = findSignerCertificates(signerInfo.identifier, embedded)
  // RFC 5652 §5.1: there may be fewer certificates than needed, the signer's own among them.
  const [certificate, ...more] =
    inside.length > 0 ? inside : findSignerCertificates(signerInfo.identifier, atHand)
  if (certificate !== undefined) {
    return {
      identification: more.length === 0 ? 'found' : 'ambiguous',
      certificate,
      check: check(certificate),
    }
  }
  if (embedded.length > 0) {
    return { identification: 'not-embedded', certificate: undefined, check: check(undefined) }
  }
  const isDamaged = atHand.some(
    (candidate) =>
      nearlyNames(signerInfo.identifier, candidate) && check(candidate).signature === 'valid',
  )
  return {
    identification: isDamaged ? 'damaged' : 'absent',
    certificate: undefined,
    check: check(undefined),
  }
}
