import type { CurveName } from '@muhr/gost'

/** Ratios to gost-engine that the project set itself: below `floor` is a defect, `aim` is the aim. */
export type Bar = { readonly floor: number; readonly aim: number }

export type HashRow = {
  readonly name: string
  /** Our name of the work, and the engine's. */
  readonly ours: string
  readonly theirs: string
  readonly bar: Bar
}

export const HASH_ROWS: readonly HashRow[] = [
  {
    name: 'Streebog-256',
    ours: 'streebog256',
    theirs: 'md_gost12_256',
    bar: { floor: 0.7, aim: 1.05 },
  },
  {
    name: 'Streebog-512',
    ours: 'streebog512',
    theirs: 'md_gost12_512',
    bar: { floor: 0.65, aim: 1.05 },
  },
  {
    name: 'GOST R 34.11-94',
    ours: 'gost94',
    theirs: 'md_gost94',
    bar: { floor: 2, aim: 3 },
  },
]

export type CurveRow = {
  readonly name: string
  readonly curve: CurveName
  readonly byteLength: 32 | 64
  /** The engine's name of the parameter set. */
  readonly paramset: string
  readonly verify: Bar
  readonly batch: Bar
  readonly sign: Bar
}

const same = (bar: Bar) => ({ verify: bar, batch: bar, sign: bar })

export const CURVE_ROWS: readonly CurveRow[] = [
  {
    name: 'CryptoPro-A',
    curve: 'cryptopro-A',
    byteLength: 32,
    paramset: 'A',
    verify: { floor: 1, aim: 2 },
    batch: { floor: 1.4, aim: 2.2 },
    sign: { floor: 0.9, aim: 1.8 },
  },
  {
    name: 'TC26 512-A',
    curve: 'tc26-512-A',
    byteLength: 64,
    paramset: 'A',
    verify: { floor: 1, aim: 1.8 },
    batch: { floor: 1.3, aim: 1.8 },
    sign: { floor: 1, aim: 1.8 },
  },
  {
    name: 'TC26 256-A',
    curve: 'tc26-256-A',
    byteLength: 32,
    paramset: 'TCA',
    ...same({ floor: 0.5, aim: 1.2 }),
  },
  {
    name: 'TC26 512-C',
    curve: 'tc26-512-C',
    byteLength: 64,
    paramset: 'C',
    ...same({ floor: 0.5, aim: 1.2 }),
  },
  {
    name: 'CryptoPro-B',
    curve: 'cryptopro-B',
    byteLength: 32,
    paramset: 'B',
    ...same({ floor: 1, aim: 1.5 }),
  },
  {
    name: 'TC26 512-B',
    curve: 'tc26-512-B',
    byteLength: 64,
    paramset: 'B',
    ...same({ floor: 1, aim: 1.5 }),
  },
  {
    name: 'CryptoPro-C',
    curve: 'cryptopro-C',
    byteLength: 32,
    paramset: 'C',
    ...same({ floor: 0.7, aim: 1 }),
  },
]
