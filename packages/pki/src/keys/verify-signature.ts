import { checkPublicKey, decodeSignature, verifyDigest } from '@muhr/gost'
import { PkiError } from '../error.ts'
import { curveOfKey } from './curve-of-key.ts'
import { digestOf } from './digests.ts'
import type { SignatureScheme } from './schemes.ts'
import type { DsaPublicKey, EcPublicKey, SubjectPublicKeyInfo } from './spki.ts'
import { isDsaKeyUsable, verifyDsaDigest } from './verify-dsa.ts'
import { isPointOfCurve, verifyEcdsaDigest } from './verify-ecdsa.ts'
import { verifyRsaDigest } from './verify-rsa.ts'

/** What a signature is checked against. */
export type VerifySignatureInput = {
  readonly spki: SubjectPublicKeyInfo
  /** From `resolveScheme`, for this very key. */
  readonly scheme: SignatureScheme
  /** Octets of the signature, in the national byte order of the scheme. */
  readonly signature: Uint8Array
} & (
  | { readonly data: Uint8Array; readonly digest?: never }
  /** The digest as the hash emits it, of the scheme's digest algorithm. */
  | { readonly digest: Uint8Array; readonly data?: never }
)

/**
 * Does the signature hold? False for everything that a hostile signature or key can be: r or s out of
 * range or of another length, another country's byte order, a point off its curve or of small order,
 * PKCS#1 padding that differs by a bit. Never throws for those.
 *
 * Throws `scheme.parameter-set-mismatch` when the scheme was not resolved for this key, and
 * `scheme.digest-mismatch` for a digest of another length: both are mistakes of the caller.
 */
export const verifySignature = (input: VerifySignatureInput): boolean => {
  const { spki, scheme, signature } = input
  const digest = input.digest ?? digestOf(scheme.digestOid, input.data)
  if (scheme.family === 'rsa') {
    return verifyRsaDigest(spki, { digestOid: scheme.digestOid, digest, signature })
  }
  const { key } = spki
  if (scheme.family === 'ecdsa') {
    return key.type === 'ec' && verifyEcdsaDigest(key, { digest, signature })
  }
  if (scheme.family === 'dsa') {
    return key.type === 'dsa' && verifyDsaDigest(key, { digest, signature })
  }
  const curve = key.type === 'gost' ? curveOfKey(scheme, key)?.curve : undefined
  if (key.type !== 'gost' || curve === undefined || spki.algorithm.oid !== scheme.keyOid) {
    throw new PkiError({
      code: 'scheme.parameter-set-mismatch',
      message: 'The scheme was not resolved for this key.',
      data: { scheme: scheme.id },
    })
  }
  if (digest.length !== scheme.coordinateLength) {
    throw new PkiError({
      code: 'scheme.digest-mismatch',
      message: 'The digest is not as long as the scheme asks.',
      data: { scheme: scheme.id },
    })
  }
  return (
    signature.length === 2 * scheme.coordinateLength &&
    verifyDigest({
      curve,
      publicKey: key.point,
      digest,
      signature: decodeSignature(scheme.country, signature),
    })
  )
}

const expectUsablePoint = (key: EcPublicKey | DsaPublicKey): void => {
  if (key.type === 'dsa' && key.parameters === null) {
    throw new PkiError({
      code: 'key.missing-parameters',
      message: 'The DSA key has no parameters of its own.',
    })
  }
  if (key.type === 'dsa' ? !isDsaKeyUsable(key) : !isPointOfCurve(key)) {
    throw new PkiError({
      code: 'key.not-on-curve',
      message: 'The public key is no element of its group.',
    })
  }
}

/**
 * Says by a code why no signature of a key can hold, or is too weak to be believed: for reports, since
 * {@link verifySignature} only says no.
 *
 * Throws `key.unsupported-algorithm`, `key.not-on-curve` (off the curve, coordinates not below p, or of
 * small order; for DSA outside the subgroup of its parameters), `key.missing-parameters` (DSA, until
 * those of the issuer are known), `key.too-short` (RSA below `minRsaBits`, default 2048),
 * `scheme.parameter-set-mismatch`.
 */
export const expectUsableKey = (
  { spki, scheme }: { readonly spki: SubjectPublicKeyInfo; readonly scheme: SignatureScheme },
  { minRsaBits = 2048 }: { readonly minRsaBits?: number } = {},
): void => {
  const { key, algorithm } = spki
  if (key.type === 'unknown') {
    throw new PkiError({
      code: 'key.unsupported-algorithm',
      message: 'The key is of an algorithm that we do not verify with.',
      data: { oid: algorithm.oid },
    })
  }
  if (key.type === 'rsa') {
    if (key.bits < minRsaBits) {
      throw new PkiError({
        code: 'key.too-short',
        message: 'The RSA key is shorter than the limit.',
        data: { bits: key.bits, minRsaBits },
      })
    }
    return
  }
  if (key.type === 'ec' || key.type === 'dsa') {
    expectUsablePoint(key)
    return
  }
  const curve = scheme.family === 'gost' ? curveOfKey(scheme, key)?.curve : undefined
  if (curve === undefined) {
    throw new PkiError({
      code: 'scheme.parameter-set-mismatch',
      message: 'The scheme was not resolved for this key.',
      data: { scheme: scheme.id },
    })
  }
  const fault = checkPublicKey(curve, key.point)
  if (fault !== 'valid') {
    throw new PkiError({
      code: 'key.not-on-curve',
      message: 'The public key is no point of prime order of its curve.',
      data: { fault },
    })
  }
}
