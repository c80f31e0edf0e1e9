import { checkFastAnswers } from '../../src/any-prime-answers.ts'
import { checkSigning, checkVerification } from '../../src/check-curve-instance.ts'
import { CurveInstance } from '../../src/curve-instance.ts'
import type { CurveModule } from '../../src/curve-module.ts'
import { type CurveName, curveOf } from '../../src/curves.ts'
import type { LoadedModule } from '../../src/wasm/load-module.ts'
import type { WasmSource } from '../wasm-source.ts'
import { fp24Pages, fp24Text } from './module-source.ts'
import { type Shape, shape256, shape512, shapeAny256 } from './shape.ts'

const moduleOf = (shape: Shape, { curves }: { curves: readonly CurveName[] }): WasmSource => ({
  name: shape.name,
  variants: ['relaxed-simd', 'simd'],
  memoryPages: fp24Pages(shape),
  source: (variant) => fp24Text(shape, variant).text,
  check: (module) => {
    const instances = curves.map(
      (name) => () => new CurveInstance(curveOf(name), module as LoadedModule<CurveModule>),
    )
    for (const start of instances) checkVerification(start())
    checkFastAnswers(module.exports as CurveModule, curves)
    // Last, for it asks for nonces until a signature comes out.
    for (const start of instances) checkSigning(start())
  },
})

export const fp24Wasm: readonly WasmSource[] = [
  moduleOf(shape256, { curves: ['cryptopro-A', 'cryptopro-B', 'tc26-256-A'] }),
  moduleOf(shape512, { curves: ['tc26-512-A', 'tc26-512-B', 'tc26-512-C'] }),
  moduleOf(shapeAny256, {
    curves: ['cryptopro-A', 'cryptopro-B', 'cryptopro-C'],
  }),
]
