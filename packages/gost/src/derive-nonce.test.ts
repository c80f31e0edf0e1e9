import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { startInModule, startInTypescript, useNonces } from './derive-nonce.ts'
import { octetsOfHex } from './octets.ts'
import { NONCE_ANSWERS, nonceSeed } from './streebog-answers.ts'
import { streebogModule } from './streebog-wasm.ts'
import { selectGostBackend } from './testing.ts'

afterEach(() => selectGostBackend(undefined))

const candidates = (
  nonces: ReturnType<typeof startInTypescript>,
  count: number,
): readonly string[] => {
  const found = Array.from({ length: count }, () => {
    const hex = Buffer.from(nonces.next()).toString('hex')
    nonces.skip()

    return hex
  })
  nonces.end()

  return found
}

describe.each([32, 64] as const)('nonces of %d octets', (byteLength) => {
  it('are the same in the module as by the steps of RFC 6979 in TypeScript, for any seed', () => {
    const module = streebogModule()
    if (module === undefined) throw new Error('no module')
    const seed = fc.uint8Array({ minLength: 2 * byteLength, maxLength: 400 })
    fc.assert(
      fc.property(seed, (octets) => {
        expect(candidates(startInModule(module, { byteLength, seed: octets }), 3)).toEqual(
          candidates(startInTypescript(byteLength, octets), 3),
        )
      }),
      { numRuns: 20 },
    )
  })

  it('come out as known, in TypeScript too', () => {
    selectGostBackend('typescript')
    const [, second] = candidates(startInTypescript(byteLength, nonceSeed(byteLength)), 2)
    expect(second).toBe(NONCE_ANSWERS[byteLength])
  })

  it('above the limit are left away, and none is there after its use', () => {
    const limit = octetsOfHex('40'.padEnd(2 * byteLength, '0'))
    const seen: Uint8Array[] = []
    const input = { byteLength, limit, d: limit, e: limit, extraEntropy: limit }
    useNonces(input, (nonce) => {
      expect(nonce[0]).toBeLessThan(0x40)
      expect(nonce.some((octet) => octet !== 0)).toBe(true)
      seen.push(nonce)

      return seen.length === 5
    })
    expect(seen).toHaveLength(5)
    for (const nonce of seen) expect(nonce).toEqual(new Uint8Array(byteLength))
  })

  it('take extra entropy that is longer than the module has room for', () => {
    const input = {
      byteLength,
      limit: new Uint8Array(byteLength).fill(0xff),
      d: new Uint8Array(byteLength).fill(1),
      e: new Uint8Array(byteLength).fill(2),
    }
    const first = (extraEntropy: Uint8Array): string => {
      let hex = ''
      useNonces({ ...input, extraEntropy }, (nonce) => {
        hex = Buffer.from(nonce).toString('hex')

        return true
      })

      return hex
    }
    const long = new Uint8Array(5000).fill(3)
    expect(first(long)).not.toBe(first(long.with(4999, 4)))
    expect(first(long)).toBe(first(long))
  })
})
