import { streebogWasm } from './streebog/streebog-wasm.ts'
import type { WasmSource } from './wasm-source.ts'

/** All modules that `npm run build` makes. */
export const wasmSources: readonly WasmSource[] = [streebogWasm]
