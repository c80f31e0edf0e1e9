/**
 * The WebAssembly module that computes on every curve by complete formulas: for curves that no fast
 * module serves, for engines that the fast ones do not run on, and for the points that the fast
 * formulas do not answer.
 * @module
 */
import type { CurveModule } from './curve-module.ts'
import type { CurveName, CurveParameters } from './curves.ts'
import { anyPrimeImage } from './wasm/any-prime.wasm.ts'
import { gostBackend } from './wasm/backend.ts'
import { instantiateOctets, octetsOfBase64 } from './wasm/load-module.ts'
import { writeCurve } from './write-curve.ts'

const opened = new Map<CurveName, CurveModule>()

/** The instance of a curve in this thread, made at the first call; `undefined`: compute in TypeScript. */
export function openAnyPrime(curve: CurveParameters): CurveModule | undefined {
  if (gostBackend() === 'typescript') return undefined
  const known = opened.get(curve.name)
  if (known !== undefined) return known
  const { exports } = instantiateOctets<CurveModule>(
    octetsOfBase64(anyPrimeImage.variants.simd ?? ''),
  )
  writeCurve(exports, curve)
  opened.set(curve.name, exports)

  return exports
}
