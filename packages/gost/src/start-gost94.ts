import { assertGost94Sbox, type Gost94Sbox, Gost94Typescript } from './gost94-core.ts'
import { gost94Module, startGost94Wasm } from './gost94-wasm.ts'
import type { Hasher } from './streebog-core.ts'

/** Starts a GOST R 34.11-94 computation on the backend in use, without the start-up check. */
export function startGost94(sbox: Gost94Sbox): Hasher {
  assertGost94Sbox(sbox)
  const module = gost94Module()

  return module === undefined ? new Gost94Typescript(sbox) : startGost94Wasm(module, sbox)
}
