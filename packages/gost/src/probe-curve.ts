/**
 * Calls a curve module number by number, as `assembly/abi.md` tells it: for known answers and tests,
 * which try what no caller of this package would send.
 * @module
 */
import type { CurveModule } from './curve-module.ts'
import type { CurveParameters } from './curves.ts'
import {
  concatOctets,
  littleEndianToNumber,
  numberToBigEndian,
  numberToLittleEndian,
} from './octets.ts'
import { writeCurve } from './write-curve.ts'

export type SigningNumbers = {
  readonly d: bigint
  readonly e: bigint
  readonly k: bigint
  readonly blind: readonly [bigint, bigint]
}

export type VerifyingNumbers = {
  readonly x: bigint
  readonly y: bigint
  readonly e: bigint
  readonly r: bigint
  readonly s: bigint
}

/** Takes a module for one curve and gives its functions over numbers. */
export class CurveProbe {
  readonly module: CurveModule
  readonly memory: Uint8Array
  readonly #curve: CurveParameters

  constructor(module: CurveModule, curve: CurveParameters) {
    this.module = module
    this.memory = new Uint8Array(module.memory.buffer)
    this.#curve = curve
    writeCurve(module, curve)
  }

  sign({ d, e, k, blind }: SigningNumbers): { answer: number; r: bigint; s: bigint } {
    const { byteLength, q } = this.#curve
    const { module } = this
    const excess = BigInt(8 * byteLength - q.toString(2).length)
    this.#write(module.privateKeyAddress, d)
    this.#write(module.digestAddress, e)
    this.#write(module.blindAddress, ...blind)
    this.memory.set(numberToBigEndian(k << excess, byteLength), module.nonceAddress.value)
    const answer = module.sign()

    return {
      answer,
      r: this.#read(module.signatureAddress, 0),
      s: this.#read(module.signatureAddress, 1),
    }
  }

  derive(d: bigint, blind: readonly [bigint, bigint]): { answer: number; x: bigint; y: bigint } {
    const { module } = this
    this.#write(module.privateKeyAddress, d)
    this.#write(module.blindAddress, ...blind)
    const answer = module.derivePublic()

    return { answer, x: this.#read(module.keyAddress, 0), y: this.#read(module.keyAddress, 1) }
  }

  verify(numbers: VerifyingNumbers): number {
    this.#writeChecks([numbers])

    return this.module.verify()
  }

  verifyBatch(list: readonly VerifyingNumbers[]): readonly number[] {
    const { value } = this.module.resultAddress
    this.#writeChecks(list)
    this.memory.fill(9, value, value + list.length + 1)
    this.module.verifyBatch(list.length)

    return [...this.memory.subarray(value, value + list.length + 1)]
  }

  checkKey(x: bigint, y: bigint): number {
    this.#write(this.module.keyAddress, x, y)

    return this.module.checkKey()
  }

  reduceDigest(e: bigint): bigint {
    this.#write(this.module.digestAddress, e)
    this.module.reduceDigest()

    return this.#read(this.module.digestAddress, 0)
  }

  #writeChecks(list: readonly VerifyingNumbers[]): void {
    this.#write(this.module.keyAddress, ...list.flatMap(({ x, y }) => [x, y]))
    this.#write(this.module.digestAddress, ...list.map(({ e }) => e))
    this.#write(this.module.signatureAddress, ...list.flatMap(({ r, s }) => [r, s]))
  }

  #write(address: WebAssembly.Global, ...numbers: readonly bigint[]): void {
    const { byteLength } = this.#curve
    const octets = numbers.map((number) => numberToLittleEndian(number, byteLength))
    this.memory.set(concatOctets(...octets), address.value)
  }

  #read(address: WebAssembly.Global, index: number): bigint {
    const { byteLength } = this.#curve
    const start = address.value + index * byteLength

    return littleEndianToNumber(this.memory.slice(start, start + byteLength))
  }
}
