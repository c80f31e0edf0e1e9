import { concatOctets, equalOctets } from '../../src/octets.ts'
import type { LoadedModule } from '../../src/wasm/load-module.ts'
import { type UnpackExports, unpackWith } from '../../src/wasm/unpack.ts'
import { UNPACK } from '../../src/wasm/unpack-layout.ts'
import { pack, packSteps, type Step } from '../pack.ts'
import type { WasmSource } from '../wasm-source.ts'
import { unpackSource } from './unpack-source.ts'

type Sample = { readonly octets: Uint8Array; readonly packed: Uint8Array }

/** Octets that need every kind of step: far and near matches, the last four distances, long and short. */
function manySteps(): Sample {
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
  const sample = Uint8Array.from(octets)

  return { octets: sample, packed: pack(sample) }
}

/** A number is a literal, `match` has a distance, `repeat` the number of an earlier one. */
type Draft = number | readonly [kind: 'match' | 'repeat', length: number, distance: number]

/** What steps write that the packer would not choose. */
function writeSteps(drafts: readonly Draft[]): Sample {
  const octets: number[] = []
  let distances: readonly number[] = [1, 1, 1, 1]
  const steps = drafts.map((draft): Step => {
    if (typeof draft === 'number') {
      octets.push(draft)

      return { kind: 'literal', length: 1, distance: 0 }
    }
    const [kind, length, distance] = draft
    const back = kind === 'match' ? distance : (distances[distance] ?? 1)
    distances =
      kind === 'match'
        ? [back, ...distances.slice(0, 3)]
        : [back, ...distances.toSpliced(distance, 1)]
    for (let i = 0; i < length; i++) octets.push(octets[octets.length - back] ?? 0)

    return { kind, length, distance }
  })
  const written = Uint8Array.from(octets)

  return { octets: written, packed: packSteps(written, steps) }
}

/** Two of each slot, and more where bits are of even chance. */
const NEAR = [1, 2, 3, 4, 5, 6, 7, 8, 11, 15, 22, 30, 44, 61, 90, 127, 130, 190, 250]

const everyOctet = Array.from({ length: 256 }, (_, octet) => octet)

/** Cases that come once in many thousands of octets, or never. */
const rareSteps = (): readonly Sample[] => {
  const cases: readonly (readonly Draft[])[] = [
    // The distances before the first match.
    ...[0, 1, 2, 3].map((which): readonly Draft[] => [9, ['repeat', 3, which], 5]),
    [9, ['repeat', 1, 0], 5],
    // A literal that is what the match would have gone on with, and its opposite, for each octet.
    everyOctet.flatMap((octet): readonly Draft[] => [octet, ['match', 2, 1], octet, octet ^ 255]),
    everyOctet.flatMap((octet): readonly Draft[] => [octet, octet ^ 1, ['match', 2, 2], octet]),
    // The last decision that is 1 takes all that is left: among the literals, and of even chance.
    ...everyOctet.map((octet): readonly Draft[] => [octet]),
    ...[17, 33, 49, 65].map((distance): readonly Draft[] => [
      ...everyOctet,
      ['match', 2, 128 + distance],
    ]),
    // Each slot of distances, each class of lengths.
    [
      ...everyOctet,
      ...[2, 3, 4, 5, 9, 10, 17, 18, 100, 273].flatMap((length) =>
        NEAR.map((distance): Draft => ['match', length, distance]),
      ),
    ],
  ]

  return cases.map(writeSteps)
}

let known: readonly Sample[] | undefined

/** Packing takes far longer than unpacking, so it is done once. */
function samples(): readonly Sample[] {
  known ??= [manySteps(), ...rareSteps()]

  return known
}

/** What stands before, behind and around is as it was. */
function checkSample({ exports, memory }: LoadedModule<UnpackExports>, sample: Sample): void {
  const { octets, packed } = sample
  const { unpacked, packed: at, probabilityCount } = UNPACK
  memory.fill(0xa5, 2 * probabilityCount)
  // What stands before the first octet is taken for one.
  memory.fill(0, unpacked - 1, unpacked)
  exports.unpack(0)
  const result = unpackWith(exports, packed, octets.length)
  const around = concatOctets(
    memory.subarray(2 * probabilityCount, at),
    memory.subarray(at + packed.length, unpacked - 1),
    memory.subarray(unpacked + octets.length, unpacked + octets.length + 400),
  )
  if (!equalOctets(result, octets) || around.some((octet) => octet !== 0xa5)) {
    throw new Error(`unpack: wrong octets of ${octets.length}`)
  }
}

export const unpackWasm: WasmSource = {
  name: 'unpack',
  isPacked: false,
  variants: ['simd'],
  memoryPages: UNPACK.memoryPages,
  source: unpackSource,
  check: (module) => {
    const fresh = module as LoadedModule<UnpackExports>
    for (const sample of samples()) checkSample(fresh, sample)
    const [{ octets, packed } = { octets: new Uint8Array(0), packed: new Uint8Array(0) }] =
      samples()
    for (const length of [1000, 0, octets.length]) {
      if (!equalOctets(unpackWith(fresh.exports, packed, length), octets.subarray(0, length))) {
        throw new Error(`unpack: wrong octets of the first ${length}`)
      }
    }
  },
}
