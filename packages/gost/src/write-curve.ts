import type { CurveModule } from './curve-module.ts'
import type { CurveParameters } from './curves.ts'
import { concatOctets, numberToLittleEndian } from './octets.ts'

/** Tells an instance its curve. */
export function writeCurve(module: CurveModule, curve: CurveParameters): void {
  const { byteLength, p, a, b, q, x, y } = curve
  // Constant in a module of one size.
  if (module.byteLength.value !== byteLength) module.byteLength.value = byteLength
  const numbers = [p, a, b, q, x, y].map((number) => numberToLittleEndian(number, byteLength))
  new Uint8Array(module.memory.buffer).set(concatOctets(...numbers), module.curveAddress.value)
  module.setCurve()
}
