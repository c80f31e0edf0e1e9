import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { Gost94Sbox } from './gost94-core.ts'
import { Gost94Typescript } from './gost94-core.ts'
import { createGost94, createStreebog256, createStreebog512, type Hasher } from './index.ts'
import { StreebogTypescript } from './streebog-core.ts'
import { GOST_BACKENDS, selectGostBackend } from './testing.ts'

afterEach(() => selectGostBackend(undefined))

type Pair = { readonly name: string; readonly fast: () => Hasher; readonly plain: () => Hasher }

const PAIRS: readonly Pair[] = [
  { name: 'Streebog-256', fast: createStreebog256, plain: () => new StreebogTypescript(32) },
  { name: 'Streebog-512', fast: createStreebog512, plain: () => new StreebogTypescript(64) },
  ...(['d-test', 'cryptopro'] as const satisfies readonly Gost94Sbox[]).map((sbox) => ({
    name: `GOST R 34.11-94, ${sbox}`,
    fast: () => createGost94({ sbox }),
    plain: () => new Gost94Typescript(sbox),
  })),
]

/** Random octets, and runs of 0xff and 0x00, which make the control sum carry far. */
const pieces = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .tuple(fc.nat({ max: 300 }), fc.constantFrom(0, 0xff))
      .map(([length, octet]) => new Uint8Array(length).fill(octet)),
  ),
  { maxLength: 6 },
)

describe.each(GOST_BACKENDS)('on the backend %s', (backend) => {
  it.each(PAIRS)('$name is what TypeScript computes, however the message is cut', (pair) => {
    selectGostBackend(backend)
    fc.assert(
      fc.property(pieces, (parts) => {
        const fast = pair.fast()
        const plain = pair.plain()
        for (const part of parts) {
          fast.update(part)
          plain.update(part)
        }
        expect(fast.digest()).toEqual(plain.digest())
      }),
      { numRuns: 60 },
    )
  })

  it('a message longer than the input area of a module goes through in one piece', () => {
    selectGostBackend(backend)
    const message = Uint8Array.from({ length: 70_003 }, (_, i) => (i * 7) ^ (i >> 8))
    for (const { fast, plain } of PAIRS) {
      expect(fast().update(message).digest()).toEqual(plain().update(message).digest())
    }
  })

  it('any number of hashes run interleaved without touching each other', () => {
    selectGostBackend(backend)
    const running = PAIRS.flatMap((pair) => [0, 1, 2].map((seed) => ({ ...pair, seed }))).map(
      ({ fast, plain, seed }) => ({ fast: fast(), plain: plain(), seed }),
    )
    for (let round = 0; round < 40; round++) {
      for (const { fast, plain, seed } of running) {
        const part = new Uint8Array((round * 13 + seed * 31) % 150).fill(round ^ seed)
        fast.update(part)
        plain.update(part)
      }
    }
    for (const { fast, plain } of running) expect(fast.digest()).toEqual(plain.digest())
  })

  it('a hash that was given out stays as it is', () => {
    selectGostBackend(backend)
    const first = createStreebog256().digest()
    const copy = first.slice()
    createStreebog256().update(Uint8Array.of(1)).digest()
    expect(first).toEqual(copy)
  })
})

it('a hash begun on one backend ends there, whatever is chosen meanwhile', () => {
  const message = new Uint8Array(200).fill(9)
  for (const { fast, plain } of PAIRS) {
    selectGostBackend(undefined)
    const hash = fast().update(message)
    selectGostBackend('typescript')
    expect(hash.update(message).digest()).toEqual(plain().update(message).update(message).digest())
  }
})
