import { der } from '../asn1/index.ts'
import { isPkiError } from '../error.ts'
import { resolveScheme, type SignatureScheme, verifySignature } from '../keys/index.ts'
import type { Certificate } from '../x509/index.ts'
import type { XmlSignatureFact } from './gather-signatures.ts'

/** What the mathematics says of a SignatureValue with one certificate. */
export type SignatureValueCheck = {
  readonly signature: 'valid' | 'invalid' | 'unsupported' | 'unchecked'
  readonly scheme: SignatureScheme | undefined
  /** Key and SignatureMethod do not belong together. */
  readonly isMismatch: boolean
}

const numberOf = (bytes: Uint8Array): bigint =>
  bytes.reduce((number, octet) => (number << 8n) | BigInt(octet), 0n)

/** Two numbers of equal length (XMLDSig 1.1 §6.4.3) as the SEQUENCE that X.509 and CMS have. */
const encodeNumbers = (value: Uint8Array): Uint8Array => {
  const half = value.length / 2
  return der.sequence(
    der.integer(numberOf(value.subarray(0, half))),
    der.integer(numberOf(value.subarray(half))),
  )
}

/** The largest of two numbers of P-521. */
const maxNumbersOctets = 132

/** Checks the SignatureValue over the canonical SignedInfo with the key of a certificate. */
export const checkSignatureValue = (
  {
    signatureOid,
    signedInfo,
    signatureValue,
    encoding,
  }: Pick<XmlSignatureFact, 'signatureOid' | 'signedInfo' | 'signatureValue' | 'encoding'>,
  { spki }: Certificate,
): SignatureValueCheck => {
  if (signatureOid === undefined) {
    return { signature: 'unsupported', scheme: undefined, isMismatch: false }
  }
  let scheme: SignatureScheme
  try {
    scheme = resolveScheme({ spki, signatureOid })
  } catch (error) {
    if (!isPkiError(error)) {
      throw error
    }
    const isUnsupported = spki.key.type === 'unknown' || error.code === 'scheme.unknown-signature'
    return {
      signature: isUnsupported ? 'unsupported' : 'invalid',
      scheme: undefined,
      isMismatch: !isUnsupported,
    }
  }
  if (signedInfo === undefined || signatureValue === undefined) {
    return { signature: 'unchecked', scheme, isMismatch: false }
  }
  if (
    encoding === 'r-s' &&
    (signatureValue.length % 2 !== 0 || signatureValue.length > maxNumbersOctets)
  ) {
    return { signature: 'invalid', scheme, isMismatch: false }
  }
  const signature = encoding === 'r-s' ? encodeNumbers(signatureValue) : signatureValue
  const isValid = verifySignature({ spki, scheme, data: signedInfo, signature })
  return { signature: isValid ? 'valid' : 'invalid', scheme, isMismatch: false }
}
