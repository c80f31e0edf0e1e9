/**
 * Streebog on the WebAssembly module. The module holds one computation at a time: each hash keeps its
 * own state and lends it for the time of a call, so any number of them may run interleaved.
 * @module
 */
import { assertOctets, octetsOfHex } from './octets.ts'
import { A_ROWS_HEX, C_HEX, PI_HEX } from './streebog-constants.ts'
import type { Hasher } from './streebog-core.ts'
import { type LoadedModule, loadModule } from './wasm/load-module.ts'
import { streebogImage } from './wasm/streebog.wasm.ts'
import { STREEBOG } from './wasm/streebog-layout.ts'

const BLOCK_BYTES = 64

export type StreebogExports = {
  readonly fillTables: () => void
  readonly takeBlocks: (blocks: number) => void
  readonly finish: (bits: number) => void
}

export type StreebogEngine = LoadedModule<StreebogExports>

/** Writes the constants of the standard into a fresh instance and has its tables filled. */
export function prepareStreebog(engine: StreebogEngine): StreebogEngine {
  const { exports, memory } = engine
  memory.set(octetsOfHex(PI_HEX), STREEBOG.pi)
  A_ROWS_HEX.toReversed().forEach((row, i) => {
    memory.set(octetsOfHex(row).reverse(), STREEBOG.rows + 8 * i)
  })
  C_HEX.forEach((constant, i) => {
    memory.set(octetsOfHex(constant).reverse(), STREEBOG.constants + BLOCK_BYTES * i)
  })
  exports.fillTables()

  return engine
}

const prepared = new WeakSet<StreebogEngine>()

/** The module for the backend in use; `undefined`: compute in TypeScript. */
export function streebogEngine(): StreebogEngine | undefined {
  const engine = loadModule<StreebogExports>(streebogImage)
  if (engine === undefined || prepared.has(engine)) return engine
  prepared.add(prepareStreebog(engine))

  return engine
}

/** One hash computation on the module. */
export class StreebogWasm implements Hasher {
  readonly byteLength: 32 | 64
  readonly #engine: StreebogEngine
  /** h, Sigma and N as the module lays them out. */
  readonly #state = new Uint8Array(STREEBOG.stateBytes)
  readonly #block = new Uint8Array(BLOCK_BYTES)
  #filled = 0
  #isDone = false

  constructor(byteLength: 32 | 64, engine: StreebogEngine) {
    this.byteLength = byteLength
    this.#engine = engine
    if (byteLength === 32) this.#state.fill(1, 0, BLOCK_BYTES)
  }

  update(octets: Uint8Array): this {
    assertOctets(octets, 'octets')
    if (this.#isDone) throw new TypeError('the hash is already finished')
    const start = this.#filled === 0 ? 0 : Math.min(BLOCK_BYTES - this.#filled, octets.length)
    this.#block.set(octets.subarray(0, start), this.#filled)
    this.#filled += start
    if (this.#filled === BLOCK_BYTES) {
      this.#take(this.#block)
      this.#filled = 0
    }
    if (this.#filled > 0) return this
    const whole = start + Math.floor((octets.length - start) / BLOCK_BYTES) * BLOCK_BYTES
    if (whole > start) this.#take(octets.subarray(start, whole))
    this.#block.set(octets.subarray(whole))
    this.#filled = octets.length - whole

    return this
  }

  digest(): Uint8Array {
    if (this.#isDone) throw new TypeError('the hash is already finished')
    this.#isDone = true
    this.#block.fill(0, this.#filled)
    this.#block[this.#filled] = 1
    const { exports, memory } = this.#engine
    memory.set(this.#state, STREEBOG.state)
    memory.set(this.#block, STREEBOG.input)
    exports.finish(this.#filled * 8)
    const digest = memory.slice(
      STREEBOG.state + BLOCK_BYTES - this.byteLength,
      STREEBOG.state + BLOCK_BYTES,
    )
    this.#state.fill(0)
    this.#block.fill(0)

    return digest
  }

  /** Takes whole blocks, in pieces that fit the input area. */
  #take(octets: Uint8Array): void {
    const { exports, memory } = this.#engine
    memory.set(this.#state, STREEBOG.state)
    for (let at = 0; at < octets.length; at += STREEBOG.inputBytes) {
      const piece = octets.subarray(at, at + STREEBOG.inputBytes)
      memory.set(piece, STREEBOG.input)
      exports.takeBlocks(piece.length / BLOCK_BYTES)
    }
    this.#state.set(memory.subarray(STREEBOG.state, STREEBOG.state + STREEBOG.stateBytes))
  }
}
