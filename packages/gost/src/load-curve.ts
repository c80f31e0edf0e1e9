import { checkSigning, checkVerification } from './check-curve-instance.ts'
import { CurveInstance } from './curve-instance.ts'
import type { CurveModule } from './curve-module.ts'
import { type CurveName, curveOf } from './curves.ts'
import { anyPrimeImage } from './wasm/any-prime.wasm.ts'
import { fp24256Image } from './wasm/fp24-256.wasm.ts'
import { fp24512Image } from './wasm/fp24-512.wasm.ts'
import { fp24Any256Image } from './wasm/fp24-any-256.wasm.ts'
import { type LoadedModule, loadModule, type WasmImage } from './wasm/load-module.ts'

/** Fast modules of single curves; the one for any prime computes on the others. */
const IMAGES: Readonly<Partial<Record<CurveName, WasmImage>>> = {
  'cryptopro-A': fp24256Image,
  'cryptopro-B': fp24256Image,
  'cryptopro-C': fp24Any256Image,
  'tc26-256-A': fp24256Image,
  'tc26-512-A': fp24512Image,
  'tc26-512-B': fp24512Image,
  'tc26-512-C': fp24512Image,
}

const instances = new WeakMap<LoadedModule<CurveModule>, CurveInstance>()
const checked = new WeakMap<CurveInstance, Set<CurveUse>>()

/** What an instance is wanted for: each has its known answer. */
export type CurveUse = 'verify' | 'sign'

const startImage = (name: CurveName, image: WasmImage): CurveInstance | undefined => {
  const module = loadModule<CurveModule>(image, { purpose: name })
  if (module === undefined) return undefined
  const made = instances.get(module) ?? new CurveInstance(curveOf(name), module)
  instances.set(module, made)

  return made
}

const check = (instance: CurveInstance | undefined, use: CurveUse): CurveInstance | undefined => {
  if (instance === undefined) return undefined
  const uses = checked.get(instance) ?? new Set()
  if (!uses.has(use)) {
    if (use === 'sign') checkSigning(instance)
    else checkVerification(instance)
    checked.set(instance, uses.add(use))
  }

  return instance
}

/** The instance of a curve without its known answer: for measurements. */
export function startCurve(name: CurveName): CurveInstance | undefined {
  return startImage(name, IMAGES[name] ?? anyPrimeImage)
}

/**
 * The instance that computes on a curve in this thread, on the backend in use, the known answer of
 * the use checked once. `undefined`: compute in TypeScript.
 * @throws Error when the known answer does not come out; every later call throws again.
 */
export function loadCurve(name: CurveName, use: CurveUse): CurveInstance | undefined {
  return check(startCurve(name), use)
}

/**
 * The same by the module for any prime, of which the formulas answer every case: for signatures that
 * the fast one gives back without an answer.
 * @throws Error when the known answer does not come out; every later call throws again.
 */
export function loadCompleteCurve(name: CurveName): CurveInstance | undefined {
  return check(startImage(name, anyPrimeImage), 'verify')
}
