import { answerDigest, CURVE_ANSWERS } from './curve-answers.ts'
import type { CurveInstance } from './curve-instance.ts'
import { littleEndianToNumber, octetsOfHex } from './octets.ts'

/**
 * Runs the known answer of the curve on a fresh instance: its signature holds, and does not over
 * another digest.
 * @throws Error naming the curve.
 */
export function checkCurveInstance(instance: CurveInstance): void {
  const { name, byteLength } = instance.curve
  const { publicKey, signature } = CURVE_ANSWERS[name]
  const octets = octetsOfHex(signature)
  const check = {
    publicKey: octetsOfHex(publicKey),
    digest: answerDigest(byteLength),
    r: littleEndianToNumber(octets.subarray(0, byteLength)),
    s: littleEndianToNumber(octets.subarray(byteLength)),
  }
  const isRight =
    instance.verify(check) === true &&
    instance.verify({ ...check, digest: check.digest.with(0, 6) }) === false
  if (!isRight) throw new Error(`self-test failed: ${name}`)
}
