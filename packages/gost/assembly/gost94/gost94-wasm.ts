import { checkGost94Answers } from '../../src/gost94-answers.ts'
import { prepareGost94, startGost94Wasm } from '../../src/gost94-wasm.ts'
import { GOST94 } from '../../src/wasm/gost94-layout.ts'
import type { LoadedModule } from '../../src/wasm/load-module.ts'
import type { HashExports } from '../../src/wasm/module-hasher.ts'
import type { WasmSource } from '../wasm-source.ts'
import { gost94Source } from './gost94-source.ts'

export const gost94Wasm: WasmSource = {
  name: 'gost94',
  variants: ['simd'],
  memoryPages: GOST94.memoryPages,
  source: gost94Source,
  check: (module) => {
    const ready = prepareGost94(module as LoadedModule<HashExports>)
    checkGost94Answers((sbox) => startGost94Wasm(ready, sbox))
  },
}
