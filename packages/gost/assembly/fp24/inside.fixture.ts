/**
 * The inner functions, places and variables of a module, for probes.
 * @module
 */
import type { CurveModule } from '../../src/curve-module.ts'
import type { CurveParameters } from '../../src/curves.ts'
import { littleEndianToNumber, numberToLittleEndian } from '../../src/octets.ts'
import { CurveProbe } from '../../src/probe-curve.ts'
import type { LoadedModule } from '../../src/wasm/load-module.ts'
import { writeCurve } from '../../src/write-curve.ts'
import type { Shape } from './shape.ts'

type Call = (...numbers: readonly number[]) => number

/** Calls functions that no module exports, over numbers in its places. */
export class Inside {
  readonly shape: Shape
  readonly curve: CurveParameters
  readonly probe: CurveProbe
  readonly #exports: Readonly<Record<string, unknown>>
  readonly memory: Uint8Array
  readonly #view: DataView

  constructor(shape: Shape, curve: CurveParameters, { exports, memory }: LoadedModule<unknown>) {
    this.shape = shape
    this.curve = curve
    this.#exports = exports as Readonly<Record<string, unknown>>
    this.memory = memory
    this.#view = new DataView(memory.buffer)
    this.probe = new CurveProbe(exports as CurveModule, curve)
  }

  /** As a fresh instance knows the curve. */
  reset(): void {
    writeCurve(this.#exports as unknown as CurveModule, this.curve)
  }

  at(place: string): number {
    return (this.#exports[`place_${place}`] as WebAssembly.Global).value
  }

  size(place: string): number {
    return (this.#exports[`size_${place}`] as WebAssembly.Global).value
  }

  call(name: string, ...numbers: readonly number[]): number {
    return (this.#exports[name] as Call)(...numbers)
  }

  variable(name: string): WebAssembly.Global {
    return this.#exports[name] as WebAssembly.Global
  }

  octets(place: string, byteLength: number): Uint8Array {
    return this.memory.subarray(this.at(place), this.at(place) + byteLength)
  }

  word(place: string, i: number): number {
    return this.#view.getUint32(this.at(place) + 4 * i, true)
  }

  setWord(place: string, i: number, value: number): void {
    this.#view.setUint32(this.at(place) + 4 * i, value, true)
  }

  put(address: number, value: bigint): void {
    this.memory.set(numberToLittleEndian(value, this.curve.byteLength), address)
  }

  get(address: number): bigint {
    return littleEndianToNumber(this.memory.slice(address, address + this.curve.byteLength))
  }

  limbs(address: number, lane: 0 | 1): readonly number[] {
    return this.shape.limbs.map((j) => this.#view.getFloat64(address + 16 * j + 8 * lane, true))
  }

  setLimbs(address: number, lane: 0 | 1, limbs: readonly number[]): void {
    for (const [j, limb] of limbs.entries()) {
      this.#view.setFloat64(address + 16 * j + 8 * lane, limb, true)
    }
  }

  /** @throws Error naming what is not so. */
  expect(what: string, isSo: boolean): void {
    if (!isSo) throw new Error(`${this.shape.name}, ${this.curve.name}: ${what}`)
  }
}
