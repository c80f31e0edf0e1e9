import type { CurveModule } from './curve-module.ts'
import type { CurveParameters } from './curves.ts'
import { concatOctets, numberToLittleEndian } from './octets.ts'

/** Tells an instance its curve. */
export function writeCurve(module: CurveModule, curve: CurveParameters): void {
  const { byteLength, p, a, b, q, x, y, edwardsD = 0n } = curve
  // Constant in a module of one size.
  if (module.byteLength.value !== byteLength) module.byteLength.value = byteLength
  const edwardsE = edwardsD === 0n ? 0n : 1n
  const numbers = [p, a, b, q, x, y, edwardsE, edwardsD].map((number) =>
    numberToLittleEndian(number, byteLength),
  )
  new Uint8Array(module.memory.buffer).set(concatOctets(...numbers), module.curveAddress.value)
  module.setCurve()
}
