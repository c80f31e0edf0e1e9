import { latin1Of } from '../asn1/index.ts'
import {
  checkSigned,
  type SignatureFinding,
  type SignedObject,
  type SubjectPublicKeyInfo,
} from '../keys/index.ts'

/** `checkSigned` with an end to it. */
export type SignatureChecker = (
  object: SignedObject,
  spki: SubjectPublicKeyInfo,
) => SignatureFinding

/**
 * Pairs of object and key that one verification looks at beside the paths of its signers. A container of
 * several signers with all that proves them has some dozens; one with hundreds of namesakes would keep a
 * processor busy for as long as its maker likes.
 */
const maxChecks = 1000

/**
 * Makes a {@link SignatureChecker} that tries each object with each key once, and no more pairs than a
 * limit; beyond it whatever is asked about is `refused`, which nobody takes for an answer.
 */
export const createSignatureBudget = (limit = maxChecks): SignatureChecker => {
  const findings = new Map<SignedObject, Map<string, SignatureFinding>>()
  const keys = new Map<SubjectPublicKeyInfo, string>()
  let left = limit
  return (object, spki) => {
    const ofObject = findings.get(object) ?? new Map<string, SignatureFinding>()
    findings.set(object, ofObject)
    const key = keys.get(spki) ?? latin1Of(spki.bytes)
    keys.set(spki, key)
    const known = ofObject.get(key)
    if (known !== undefined) {
      return known
    }
    if (left <= 0) {
      return { status: 'refused', code: 'signature.too-many' }
    }
    left -= 1
    const finding = checkSigned(object, spki)
    ofObject.set(key, finding)
    return finding
  }
}
