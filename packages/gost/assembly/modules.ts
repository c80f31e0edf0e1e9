import { anyPrimeProbe } from './any-prime/any-prime-probe-wasm.ts'
import { anyPrimeWasm } from './any-prime/any-prime-wasm.ts'
import { fp24Probes } from './fp24/fp24-probe-wasm.ts'
import { fp24Wasm } from './fp24/fp24-wasm.ts'
import { gost94Wasm } from './gost94/gost94-wasm.ts'
import { integersProbe } from './integers/integers-wasm.ts'
import { streebogWasm } from './streebog/streebog-wasm.ts'
import { unpackWasm } from './unpack/unpack-wasm.ts'
import type { WasmSource } from './wasm-source.ts'

/** All modules that `npm run build` makes. */
export const wasmSources: readonly WasmSource[] = [
  unpackWasm,
  streebogWasm,
  gost94Wasm,
  anyPrimeWasm,
  ...fp24Wasm,
]

/** Functions of modules by themselves, which are compiled and asked for their known answers but not shipped. */
export const wasmProbes: readonly WasmSource[] = [integersProbe, anyPrimeProbe, ...fp24Probes]
