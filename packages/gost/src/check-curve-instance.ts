import { answerDigest, answerPrivateKey, CURVE_ANSWERS } from './curve-answers.ts'
import type { CurveInstance } from './curve-instance.ts'
import { equalOctets, littleEndianToNumber, octetsOfHex } from './octets.ts'

/**
 * Runs the known answer of verification on a fresh instance: its signature holds, and does not over
 * another digest.
 * @throws Error naming the curve.
 */
export function checkVerification(instance: CurveInstance): void {
  const { name, byteLength } = instance.curve
  const check = {
    publicKey: octetsOfHex(CURVE_ANSWERS[name].publicKey),
    digest: answerDigest(byteLength),
    ...answerOf(instance),
  }
  const isRight =
    instance.verify(check) === true &&
    instance.verify({ ...check, digest: check.digest.with(0, 6) }) === false
  if (!isRight) throw new Error(`self-test failed: ${name}`)
}

/**
 * Runs the known answer of signing on a fresh instance: key and signature come out.
 * @throws Error naming the curve.
 */
export function checkSigning(instance: CurveInstance): void {
  const { name, byteLength } = instance.curve
  const privateKey = answerPrivateKey(byteLength)
  const publicKey = instance.derivePublic(privateKey) ?? new Uint8Array(0)
  const made = instance.sign({ privateKey, digest: answerDigest(byteLength) })
  const { r, s } = answerOf(instance)
  const isRight =
    equalOctets(publicKey, octetsOfHex(CURVE_ANSWERS[name].publicKey)) &&
    made?.r === r &&
    made.s === s
  if (!isRight) throw new Error(`self-test failed: ${name}`)
}

const answerOf = ({ curve }: CurveInstance): { readonly r: bigint; readonly s: bigint } => {
  const octets = octetsOfHex(CURVE_ANSWERS[curve.name].signature)

  return {
    r: littleEndianToNumber(octets.subarray(0, curve.byteLength)),
    s: littleEndianToNumber(octets.subarray(curve.byteLength)),
  }
}
