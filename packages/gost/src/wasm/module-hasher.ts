/**
 * The driver of a hash that runs in a WebAssembly module. The module holds one computation at a time:
 * each hasher keeps its own state and lends it for the time of a call, so that any number of them may
 * run interleaved, and nothing of a message stays behind after its digest.
 * @module
 */
import { assertOctets } from '../octets.ts'
import type { Hasher } from '../streebog-core.ts'
import type { LoadedModule } from './load-module.ts'

export type HashExports = {
  /** Takes whole blocks from the start of the input area. */
  readonly takeBlocks: (blocks: number) => void
  /** Ends the message with the octets, less than a block, at the start of the input area. */
  readonly finish: (octets: number) => void
}

export type HashModule = LoadedModule<HashExports> & {
  readonly layout: {
    readonly state: number
    readonly stateBytes: number
    readonly input: number
    /** A multiple of the block. */
    readonly inputBytes: number
  }
  readonly blockBytes: number
}

export type ModuleHasherOptions = {
  readonly byteLength: number
  /** Where the digest stands in the state after `finish`. */
  readonly digestAt: number
  /** What the computation starts from; taken over, not copied. */
  readonly state: Uint8Array
}

export class ModuleHasher implements Hasher {
  readonly byteLength: number
  readonly #digestAt: number
  readonly #module: HashModule
  readonly #state: Uint8Array
  readonly #block: Uint8Array
  #filled = 0
  #isDone = false

  constructor(module: HashModule, { byteLength, digestAt, state }: ModuleHasherOptions) {
    this.byteLength = byteLength
    this.#digestAt = digestAt
    this.#module = module
    this.#state = state
    this.#block = new Uint8Array(module.blockBytes)
  }

  update(octets: Uint8Array): this {
    assertOctets(octets, 'octets')
    if (this.#isDone) throw new TypeError('the hash is already finished')
    const { blockBytes } = this.#module
    let at = 0
    if (this.#filled > 0) {
      at = Math.min(blockBytes - this.#filled, octets.length)
      this.#block.set(octets.subarray(0, at), this.#filled)
      this.#filled += at
      if (this.#filled < blockBytes) return this
      this.#take(this.#block)
      this.#filled = 0
    }
    const end = octets.length - ((octets.length - at) % blockBytes)
    if (end > at) this.#take(octets.subarray(at, end))
    this.#block.set(octets.subarray(end))
    this.#filled = octets.length - end

    return this
  }

  digest(): Uint8Array {
    if (this.#isDone) throw new TypeError('the hash is already finished')
    this.#isDone = true
    const { exports, memory, layout } = this.#module
    memory.set(this.#state, layout.state)
    memory.set(this.#block.subarray(0, this.#filled), layout.input)
    exports.finish(this.#filled)
    const start = layout.state + this.#digestAt
    const digest = memory.slice(start, start + this.byteLength)
    memory.fill(0, layout.state, layout.state + layout.stateBytes)
    this.#state.fill(0)
    this.#block.fill(0)

    return digest
  }

  /** Takes whole blocks, in pieces that fit the input area. */
  #take(octets: Uint8Array): void {
    const { exports, memory, layout, blockBytes } = this.#module
    memory.set(this.#state, layout.state)
    for (let at = 0; at < octets.length; at += layout.inputBytes) {
      const piece = octets.subarray(at, at + layout.inputBytes)
      memory.set(piece, layout.input)
      exports.takeBlocks(piece.length / blockBytes)
    }
    this.#state.set(memory.subarray(layout.state, layout.state + layout.stateBytes))
  }
}
