import { type Hasher, StreebogTypescript } from './streebog-core.ts'
import { StreebogWasm, streebogEngine } from './streebog-wasm.ts'

/** Starts a Streebog computation on the backend in use, without the start-up check. */
export function startStreebog(byteLength: 32 | 64): Hasher {
  const engine = streebogEngine()

  return engine === undefined
    ? new StreebogTypescript(byteLength)
    : new StreebogWasm(byteLength, engine)
}
