import { checkStreebogAnswers } from '../../src/streebog-answers.ts'
import {
  prepareStreebog,
  type StreebogExports,
  startStreebogWasm,
} from '../../src/streebog-wasm.ts'
import type { LoadedModule } from '../../src/wasm/load-module.ts'
import { STREEBOG } from '../../src/wasm/streebog-layout.ts'
import type { WasmSource } from '../wasm-source.ts'
import { streebogSource } from './streebog-source.ts'

export const streebogWasm: WasmSource = {
  name: 'streebog',
  variants: ['simd'],
  memoryPages: STREEBOG.memoryPages,
  source: streebogSource,
  check: (module) => {
    const ready = prepareStreebog(module as LoadedModule<StreebogExports>)
    checkStreebogAnswers((byteLength) => startStreebogWasm(ready, byteLength))
  },
}
