import type { CurveModule } from '../../src/curve-module.ts'
import { curves } from '../../src/curves.ts'
import { littleEndianToNumber, numberToLittleEndian } from '../../src/octets.ts'
import { CurveProbe } from '../../src/probe-curve.ts'
import type { WasmSource } from '../wasm-source.ts'
import { anyPrimeWasm } from './any-prime-wasm.ts'

/** Of the secret scalar k, and of the second half of the blind. */
const BLIND = 0xfedc_ba98_7654_3211n

type Inside = Readonly<Record<string, WebAssembly.Global>> & {
  readonly multiplyGenerator: () => void
  readonly wipe: () => void
}

/**
 * The module for any prime with all its functions exported, to be asked for what no signature shows: by what
 * a scalar is hidden, and that nothing is left of it. Never shipped.
 */
export const anyPrimeProbe: WasmSource = {
  name: 'any-prime inside',
  variants: ['simd'],
  memoryPages: anyPrimeWasm.memoryPages,
  source: (variant) =>
    anyPrimeWasm.source(variant).replaceAll(/^(function|const|let) /gm, 'export $1 '),
  check: ({ exports, memory }) => {
    const inside = exports as Inside
    const at = (name: string): number => inside[name]?.value
    for (const name of ['cryptopro-A', 'tc26-512-A'] as const) {
      const curve = curves[name]
      const { byteLength, q } = curve
      const probe = new CurveProbe(exports as CurveModule, curve)
      for (const k of [q / 3n, q / 3n + 1n]) {
        memory.fill(0xa5, at('secrets'), at('secrets') + at('SECRETS'))
        memory.set(numberToLittleEndian(k, byteLength), at('secretScalar'))
        memory.set(numberToLittleEndian(BLIND, byteLength), at('blindAddress') + byteLength)
        inside.multiplyGenerator()
        const x = littleEndianToNumber(
          memory.slice(at('runningPoint'), at('runningPoint') + byteLength),
        )
        const blinded = memory.slice(at('blindedScalar'), at('blindedScalar') + byteLength + 8)
        const times = (BLIND & ~1n) | (~k & 1n)
        inside.wipe()
        const left = memory.subarray(at('secrets'), at('secrets') + at('SECRETS'))
        const isRight =
          littleEndianToNumber(blinded) === k + times * q &&
          left.every((octet) => octet === 0) &&
          probe.derive(k, [3n, 5n]).x === x
        if (!isRight) throw new Error(`any-prime, ${name}: a secret scalar`)
      }
    }
  },
}
