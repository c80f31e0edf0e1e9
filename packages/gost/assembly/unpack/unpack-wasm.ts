import { equalOctets } from '../../src/octets.ts'
import type { LoadedModule } from '../../src/wasm/load-module.ts'
import { type UnpackExports, unpackWith } from '../../src/wasm/unpack.ts'
import { UNPACK } from '../../src/wasm/unpack-layout.ts'
import { pack } from '../pack.ts'
import type { WasmSource } from '../wasm-source.ts'
import { unpackSource } from './unpack-source.ts'

/** Octets that need every kind of step: far and near matches, the last four distances, long and short. */
function makeSample(): Uint8Array<ArrayBuffer> {
  const octets: number[] = []
  let seed = 1
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0

    return (seed >>> 12) % below
  }
  const recent = [1, 1, 1, 1]
  while (octets.length < 12_000) {
    for (let i = next(6); i >= 0; i--) octets.push(next(3) === 0 ? next(256) : next(40))
    const far = next(2) === 0 ? next(60) : next(octets.length)
    const distance = 1 + Math.min(octets.length - 1, next(3) === 0 ? far : (recent[next(4)] ?? 1))
    recent.unshift(distance - 1)
    const length = next(9) === 0 ? 20 + next(250) : 1 + next(20)
    for (let i = 0; i < length; i++) octets.push(octets[octets.length - distance] ?? 0)
  }

  return Uint8Array.from(octets)
}

export const unpackWasm: WasmSource = {
  name: 'unpack',
  isPacked: false,
  variants: ['simd'],
  memoryPages: UNPACK.memoryPages,
  source: unpackSource,
  check: (module) => {
    const { exports } = module as LoadedModule<UnpackExports>
    const sample = makeSample()
    const packed = pack(sample)
    for (const length of [sample.length, 1000, 0, sample.length]) {
      if (!equalOctets(unpackWith(exports, packed, length), sample.subarray(0, length))) {
        throw new Error(`unpack: wrong octets of the first ${length}`)
      }
    }
  },
}
