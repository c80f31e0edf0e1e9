/**
 * One instance of a curve module: octets into its fixed places and numbers out of them.
 * @module
 */
import type { CurveModule } from './curve-module.ts'
import type { CurveParameters } from './curves.ts'
import { nonceLimit, useNonces } from './derive-nonce.ts'
import { giveRandom } from './random-pool.ts'
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

/** What a signature is made of. */
export type SignParts = {
  /** d, least significant octet first; of the size of the curve. */
  readonly privateKey: Uint8Array
  readonly digest: Uint8Array
  readonly extraEntropy?: Uint8Array | undefined
}

/** Answers of `sign` and `derivePublic`. */
const DONE = 1
const NO_PRIVATE_KEY = 3

/** Drives a module for the curve that it is given; see `assembly/abi.md`. */
export class CurveInstance {
  readonly curve: CurveParameters
  readonly exports: CurveModule
  readonly batchSize: number
  readonly #memory: Uint8Array
  readonly #words: BigUint64Array
  readonly #limit: Uint8Array
  readonly #at: Readonly<
    Record<'key' | 'digest' | 'signature' | 'result' | 'privateKey' | 'nonce' | 'blind', number>
  >

  constructor(curve: CurveParameters, { exports, memory }: LoadedModule<CurveModule>) {
    this.curve = curve
    this.exports = exports
    this.batchSize = exports.batchSize.value
    this.#memory = memory
    this.#words = new BigUint64Array(memory.buffer)
    this.#limit = nonceLimit(curve)
    this.#at = {
      key: exports.keyAddress.value,
      digest: exports.digestAddress.value,
      signature: exports.signatureAddress.value,
      result: exports.resultAddress.value,
      privateKey: exports.privateKeyAddress.value,
      nonce: exports.nonceAddress.value,
      blind: exports.blindAddress.value,
    }
    writeCurve(exports, curve)
  }

  /** What is wrong with a public key of the right length: `checkKey` of `assembly/abi.md`. */
  examineKey(publicKey: Uint8Array): number {
    this.#memory.set(publicKey, this.#at.key)

    return this.exports.checkKey()
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

  /**
   * Makes a signature with the nonces of `useNonces`; undefined when the private key is not between
   * 0 and q.
   */
  sign({
    privateKey,
    digest,
    extraEntropy,
  }: SignParts): { readonly r: bigint; readonly s: bigint } | undefined {
    const { byteLength } = this.curve
    const at = this.#at
    this.#memory.set(digest, at.digest)
    this.exports.reduceDigest()
    const e = this.#memory.slice(at.digest, at.digest + byteLength).reverse()
    const d = privateKey.toReversed()
    let answer = NO_PRIVATE_KEY
    useNonces({ byteLength, limit: this.#limit, d, e, extraEntropy }, (nonce) => {
      this.#memory.set(nonce, at.nonce)
      this.#writeSecrets(privateKey)
      answer = this.exports.sign()

      return answer === DONE || answer === NO_PRIVATE_KEY
    })
    d.fill(0)
    if (answer === NO_PRIVATE_KEY) return undefined

    return {
      r: this.#readNumber(at.signature),
      s: this.#readNumber(at.signature + byteLength),
    }
  }

  /** Octets x || y of the public key; undefined when the private key is not between 0 and q. */
  derivePublic(privateKey: Uint8Array): Uint8Array | undefined {
    const { key } = this.#at
    this.#writeSecrets(privateKey)
    if (this.exports.derivePublic() === NO_PRIVATE_KEY) return undefined

    return this.#memory.slice(key, key + 2 * this.curve.byteLength)
  }

  #writeSecrets(privateKey: Uint8Array): void {
    this.#memory.set(privateKey, this.#at.privateKey)
    giveRandom(2 * this.curve.byteLength, (octets) => this.#memory.set(octets, this.#at.blind))
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

  #readNumber(address: number): bigint {
    const first = address >> 3
    let value = 0n
    for (let i = this.curve.byteLength / 8 - 1; i >= 0; i--) {
      value = (value << 64n) | (this.#words[first + i] as bigint)
    }

    return value
  }
}

const answerOf = (answer: number): boolean | undefined => (answer === 2 ? undefined : answer === 1)
