/**
 * Streebog on its WebAssembly module.
 * @module
 */
import { octetsOfHex } from './octets.ts'
import { A_ROWS_HEX, C_HEX, PI_HEX } from './streebog-constants.ts'
import type { Hasher } from './streebog-core.ts'
import { type GostBackend, gostBackend } from './wasm/backend.ts'
import { type LoadedModule, loadModule } from './wasm/load-module.ts'
import { type HashExports, type HashModule, ModuleHasher } from './wasm/module-hasher.ts'
import { streebogImage } from './wasm/streebog.wasm.ts'
import { STREEBOG } from './wasm/streebog-layout.ts'

const BLOCK_BYTES = 64

export type StreebogExports = HashExports & {
  readonly fillTables: () => void
  readonly startNonces: (byteLength: number, seedBytes: number) => void
  readonly nextNonce: () => void
  readonly skipNonce: () => void
  readonly endNonces: () => void
}

export type StreebogModule = HashModule & { readonly exports: StreebogExports }

const prepared = new Map<GostBackend, StreebogModule>()

/** Writes the constants of the standard into a fresh instance and has its tables filled. */
export function prepareStreebog(module: LoadedModule<StreebogExports>): StreebogModule {
  const { exports, memory } = module
  memory.set(octetsOfHex(PI_HEX), STREEBOG.pi)
  // Little-endian: the octets of row 63 first, and of C_1 first, each from its end.
  memory.set(octetsOfHex(A_ROWS_HEX.join('')).reverse(), STREEBOG.rows)
  memory.set(octetsOfHex(C_HEX.toReversed().join('')).reverse(), STREEBOG.constants)
  exports.fillTables()

  return { ...module, layout: STREEBOG, blockBytes: BLOCK_BYTES }
}

/** The module for the backend in use; `undefined`: compute in TypeScript. */
export function streebogModule(): StreebogModule | undefined {
  const backend = gostBackend()
  const known = prepared.get(backend)
  if (known !== undefined) return known
  const module = loadModule<StreebogExports>(streebogImage)
  if (module === undefined) return undefined
  const ready = prepareStreebog(module)
  prepared.set(backend, ready)

  return ready
}

/** Starts a computation on the module: IV of RFC 6986 section 5.1, Sigma and N zero. */
export function startStreebogWasm(module: HashModule, byteLength: 32 | 64): Hasher {
  const state = new Uint8Array(STREEBOG.stateBytes)
  if (byteLength === 32) state.fill(1, 0, BLOCK_BYTES)

  return new ModuleHasher(module, { byteLength, digestAt: BLOCK_BYTES - byteLength, state })
}
