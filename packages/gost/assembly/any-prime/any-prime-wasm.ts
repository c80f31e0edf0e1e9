import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkAnyPrimeAnswers } from '../../src/any-prime-answers.ts'
import type { CurveModule } from '../../src/curve-module.ts'
import { integersSource } from '../integers/integers-source.ts'
import type { WasmSource } from '../wasm-source.ts'

/** One module for every curve: small and complete. */
export const anyPrimeWasm: WasmSource = {
  name: 'any-prime',
  variants: ['simd'],
  memoryPages: 1,
  source: () => {
    const own = readFileSync(join(import.meta.dirname, 'any-prime.as.ts'), 'utf8')

    return integersSource() + own.replaceAll(/^import [^']*'[^']*'\n/gm, '')
  },
  check: (module) => checkAnyPrimeAnswers(module.exports as CurveModule),
}
