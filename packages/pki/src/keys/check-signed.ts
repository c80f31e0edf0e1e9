import { isPkiError, type PkiErrorCode } from '../error.ts'
import { type AlgorithmIdentifier, expectNoParameters } from './algorithm-identifier.ts'
import { resolveScheme, type SignatureScheme } from './schemes.ts'
import type { SubjectPublicKeyInfo } from './spki.ts'
import { expectUsableKey, verifySignature } from './verify-signature.ts'

/** Anything of the shape SEQUENCE { tbs, algorithm, signature }: certificate, list, basic answer. */
export type SignedObject = {
  readonly tbsBytes: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

/**
 * What came of a signature check. `refused`: it was not even tried, by the code; a refusal is no
 * evidence of a forgery, `invalid` is.
 */
export type SignatureFinding =
  | { readonly status: 'valid' | 'invalid'; readonly scheme: SignatureScheme }
  | { readonly status: 'refused'; readonly code: PkiErrorCode }

/** A key with 512 bits can be broken by anybody; above that, weakness is for policies to judge. */
const leastRsaBits = 1024

const check = (object: SignedObject, spki: SubjectPublicKeyInfo): SignatureFinding => {
  try {
    expectNoParameters(object.signatureAlgorithm)
    const scheme = resolveScheme({ spki, signatureOid: object.signatureAlgorithm.oid })
    expectUsableKey({ spki, scheme }, { minRsaBits: leastRsaBits })
    const { tbsBytes: data, signature } = object
    return {
      status: verifySignature({ spki, scheme, data, signature }) ? 'valid' : 'invalid',
      scheme,
    }
  } catch (error) {
    if (isPkiError(error)) {
      return { status: 'refused', code: error.code }
    }
    throw error
  }
}

/** GOST verification takes milliseconds, and path search asks for the same pair again and again. */
const findings = new WeakMap<SignedObject, Findings>()

/**
 * Nearly every object meets one key that matters. The others wait in a map of their own, since one for
 * each object would keep the collector busy.
 */
type Findings = {
  readonly spki: SubjectPublicKeyInfo
  readonly finding: SignatureFinding
  others?: WeakMap<SubjectPublicKeyInfo, SignatureFinding>
}

/**
 * Is the object signed by the key? Never throws: an algorithm outside the white list, a key off its
 * curve or a mismatch of key and algorithm is `refused` with the code. Remembered per pair of objects.
 */
export const checkSigned = (object: SignedObject, spki: SubjectPublicKeyInfo): SignatureFinding => {
  const ofObject = findings.get(object)
  const known = ofObject?.spki === spki ? ofObject.finding : ofObject?.others?.get(spki)
  if (known !== undefined) {
    return known
  }
  const finding = Object.freeze(check(object, spki))
  if (ofObject === undefined) {
    findings.set(object, { spki, finding })
  } else {
    ofObject.others ??= new WeakMap()
    ofObject.others.set(spki, finding)
  }
  return finding
}
