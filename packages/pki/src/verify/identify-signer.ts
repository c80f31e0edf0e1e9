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
 * Finds the certificate of a signer: among those of the container when it has any, else among those at
 * hand, and checks the signature with it. A container that has certificates, none of which is the one
 * named, is damaged or forged.
 */
export const identifySigner = (
  signerInfo: SignerInfo,
  {
    embedded,
    atHand,
    content,
    contentType,
  }: {
    readonly embedded: readonly Certificate[]
    readonly atHand: readonly Certificate[]
    readonly content: DigestibleContent
    readonly contentType: string
  },
): IdentifiedSigner => {
  const check = (certificate: Certificate | undefined): SignerCheck =>
    checkSigner(signerInfo, { contentType, content, certificate })
  const pool = embedded.length > 0 ? embedded : atHand
  const [certificate, ...more] = findSignerCertificates(signerInfo.identifier, pool)
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
