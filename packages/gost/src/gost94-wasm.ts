/**
 * GOST R 34.11-94 on its WebAssembly module.
 * @module
 */
import { type Gost94Sbox, gost94TableOf } from './gost94-core.ts'
import type { Hasher } from './streebog-core.ts'
import { type GostBackend, gostBackend } from './wasm/backend.ts'
import { gost94Image } from './wasm/gost94.wasm.ts'
import { GOST94 } from './wasm/gost94-layout.ts'
import { type LoadedModule, loadModule } from './wasm/load-module.ts'
import { type HashExports, type HashModule, ModuleHasher } from './wasm/module-hasher.ts'

const SBOXES: readonly Gost94Sbox[] = ['d-test', 'cryptopro']

const prepared = new Map<GostBackend, HashModule>()

/** Substitutions of which the tables stand in the memory of an instance. */
const written = new WeakMap<HashModule, Set<Gost94Sbox>>()

/** Makes a fresh instance ready; the tables of a substitution are written when it is first used. */
export function prepareGost94(module: LoadedModule<HashExports>): HashModule {
  return { ...module, layout: GOST94, blockBytes: 32 }
}

/** Writes the tables of a substitution, once. */
function writeTables(module: HashModule, sbox: Gost94Sbox): void {
  const known = written.get(module) ?? new Set()
  if (known.has(sbox)) return
  const { buffer } = gost94TableOf(sbox)
  const place = GOST94.allTables + GOST94.tableBytes * SBOXES.indexOf(sbox)
  module.memory.set(new Uint8Array(buffer), place)
  written.set(module, known.add(sbox))
}

/** The module for the backend in use; `undefined`: compute in TypeScript. */
export function gost94Module(): HashModule | undefined {
  const backend = gostBackend()
  const known = prepared.get(backend)
  if (known !== undefined) return known
  const module = loadModule<HashExports>(gost94Image)
  if (module === undefined) return undefined
  const ready = prepareGost94(module)
  prepared.set(backend, ready)

  return ready
}

/** Starts a computation on the module from the zero vector. */
export function startGost94Wasm(module: HashModule, sbox: Gost94Sbox): Hasher {
  writeTables(module, sbox)
  const state = new Uint8Array(GOST94.stateBytes)
  state[72] = SBOXES.indexOf(sbox)

  return new ModuleHasher(module, { byteLength: 32, digestAt: 0, state })
}
