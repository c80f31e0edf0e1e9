import { checkCurveInstance } from './check-curve-instance.ts'
import { CurveInstance } from './curve-instance.ts'
import type { CurveModule } from './curve-module.ts'
import { type CurveName, curveOf } from './curves.ts'
import { anyPrimeImage } from './wasm/any-prime.wasm.ts'
import { fp24256Image } from './wasm/fp24-256.wasm.ts'
import { fp24512Image } from './wasm/fp24-512.wasm.ts'
import { type LoadedModule, loadModule, type WasmImage } from './wasm/load-module.ts'

/** Fast modules of single curves; the one for any prime computes on the others. */
const IMAGES: Readonly<Partial<Record<CurveName, WasmImage>>> = {
  'cryptopro-A': fp24256Image,
  'cryptopro-B': fp24256Image,
  'tc26-512-A': fp24512Image,
  'tc26-512-B': fp24512Image,
}

const instances = new WeakMap<LoadedModule<CurveModule>, CurveInstance>()
const checked = new WeakSet<CurveInstance>()

/** The instance of a curve without its known answer: for measurements. */
export function startCurve(name: CurveName): CurveInstance | undefined {
  const image = IMAGES[name] ?? anyPrimeImage
  const module = loadModule<CurveModule>(image, { purpose: name })
  if (module === undefined) return undefined
  const made = instances.get(module) ?? new CurveInstance(curveOf(name), module)
  instances.set(module, made)

  return made
}

/**
 * The instance that computes on a curve in this thread, on the backend in use, its known answer
 * checked once. `undefined`: compute in TypeScript.
 * @throws Error when the known answer does not come out; every later call throws again.
 */
export function loadCurve(name: CurveName): CurveInstance | undefined {
  const instance = startCurve(name)
  if (instance !== undefined && !checked.has(instance)) {
    checkCurveInstance(instance)
    checked.add(instance)
  }

  return instance
}
