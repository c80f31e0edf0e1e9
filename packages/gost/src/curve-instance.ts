/**
 * One instance of a curve module: octets into its fixed places and numbers out of them.
 * @module
 */
import type { CurveModule } from './curve-module.ts'
import type { CurveParameters } from './curves.ts'
import type { LoadedModule } from './wasm/load-module.ts'
import { writeCurve } from './write-curve.ts'

/** What one signature check takes. */
export type Check = {
  readonly publicKey: Uint8Array
  readonly digest: Uint8Array
  /** Both between 0 and q. */
  readonly r: bigint
  readonly s: bigint
}

/** Drives a module for the curve that it is given; see `assembly/abi.md`. */
export class CurveInstance {
  readonly curve: CurveParameters
  readonly exports: CurveModule
  readonly batchSize: number
  readonly #memory: Uint8Array
  readonly #words: BigUint64Array
  readonly #at: Readonly<Record<'key' | 'digest' | 'signature' | 'result', number>>

  constructor(curve: CurveParameters, { exports, memory }: LoadedModule<CurveModule>) {
    this.curve = curve
    this.exports = exports
    this.batchSize = exports.batchSize.value
    this.#memory = memory
    this.#words = new BigUint64Array(memory.buffer)
    this.#at = {
      key: exports.keyAddress.value,
      digest: exports.digestAddress.value,
      signature: exports.signatureAddress.value,
      result: exports.resultAddress.value,
    }
    writeCurve(exports, curve)
  }

  /** Whether one signature holds; `undefined` where the fast formulas cannot say. */
  verify(check: Check): boolean | undefined {
    this.#write(0, check)

    return answerOf(this.exports.verify())
  }

  /** The same of up to `batchSize` signatures. */
  verifyBatch(checks: readonly Check[]): (boolean | undefined)[] {
    for (const [i, check] of checks.entries()) this.#write(i, check)
    this.exports.verifyBatch(checks.length)
    const start = this.#at.result

    return Array.from(this.#memory.subarray(start, start + checks.length), answerOf)
  }

  #write(i: number, { publicKey, digest, r, s }: Check): void {
    const { byteLength } = this.curve
    const { key, digest: digests, signature } = this.#at
    this.#memory.set(publicKey, key + 2 * i * byteLength)
    this.#memory.set(digest, digests + i * byteLength)
    this.#writeNumber(signature + 2 * i * byteLength, r)
    this.#writeNumber(signature + (2 * i + 1) * byteLength, s)
  }

  /** A BigUint64Array keeps the lowest 64 bits of what is stored. */
  #writeNumber(address: number, value: bigint): void {
    const words = this.#words
    const first = address >> 3
    words[first] = value
    words[first + 1] = value >> 64n
    words[first + 2] = value >> 128n
    words[first + 3] = value >> 192n
    if (this.curve.byteLength === 32) return
    words[first + 4] = value >> 256n
    words[first + 5] = value >> 320n
    words[first + 6] = value >> 384n
    words[first + 7] = value >> 448n
  }
}

const answerOf = (answer: number): boolean | undefined => (answer === 2 ? undefined : answer === 1)
