import { type Hasher, StreebogTypescript } from './streebog-core.ts'
import { startStreebogWasm, streebogModule } from './streebog-wasm.ts'

/** Starts a Streebog computation on the backend in use, without the start-up check. */
export function startStreebog(byteLength: 32 | 64): Hasher {
  const module = streebogModule()

  return module === undefined
    ? new StreebogTypescript(byteLength)
    : startStreebogWasm(module, byteLength)
}
