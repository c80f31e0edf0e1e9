import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../asn1/bytes.ts'
import { withPeer } from '../test-support/openssl-peer.ts'
import { decryptRc2Cbc, encryptRc2Cbc } from './rc2.ts'

const zeroIv = new Uint8Array(8)

/** Does this openssl have the legacy provider, where RC2 lives? */
const hasRc2 = await withPeer(({ run, write }) => {
  write('empty', '')
  const args = ['enc', '-rc2-40-cbc', '-provider', 'legacy', '-provider', 'default']
  return run(...args, '-K', '0102030405', '-iv', '0000000000000000', '-in', 'empty').status === 0
})

describe('RFC 2268 §5', () => {
  it.each([
    ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
    ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
    ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
    ['88', 64, '0000000000000000', '61a8a244adacccf0'],
    ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
    ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
    ['88bca90e90875a7f0f79c384627bafb2', 128, '0000000000000000', '2269552ab0f85ca6'],
    [
      '88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e',
      129,
      '0000000000000000',
      '5b78d3a43dfff1f1',
    ],
  ])('key %s, %i effective bits', (key, effectiveBits, plain, encrypted) => {
    const rc2 = { key: fromHex(key), effectiveBits, iv: zeroIv }
    expect(toHex(encryptRc2Cbc(rc2, fromHex(plain)))).toBe(encrypted)
    expect(toHex(decryptRc2Cbc(rc2, fromHex(encrypted)))).toBe(plain)
  })
})

describe('chaining', () => {
  it('what is encrypted decrypts, for every key, start vector and number of blocks', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 128 }),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        fc.integer({ min: 1, max: 1024 }),
        fc.integer({ min: 0, max: 5 }),
        (key, iv, effectiveBits, blocks) => {
          const rc2 = { key, effectiveBits, iv }
          const plain = new Uint8Array(8 * blocks).fill(7)
          const encrypted = encryptRc2Cbc(rc2, plain)
          expect(decryptRc2Cbc(rc2, encrypted)).toEqual(plain)
          if (blocks > 1) {
            expect(encrypted.subarray(0, 8)).not.toEqual(encrypted.subarray(8, 16))
          }
        },
      ),
    )
  })

  it.skipIf(!hasRc2)('OpenSSL with its legacy provider gives the same octets', async () => {
    await withPeer(({ run, write }) => {
      const plain = Uint8Array.from({ length: 64 }, (_, i) => 3 * i)
      const iv = fromHex('0123456789abcdef')
      write('plain', plain)
      for (const [cipher, key] of [
        ['-rc2-40-cbc', '0102030405'],
        ['-rc2-cbc', '88bca90e90875a7f0f79c384627bafb2'],
      ] as const) {
        const { stdout } = run(
          ...['enc', cipher, '-provider', 'legacy', '-provider', 'default', '-nopad'],
          ...['-K', key, '-iv', toHex(iv), '-in', 'plain'],
        )
        const rc2 = { key: fromHex(key), effectiveBits: 4 * key.length, iv }
        expect(toHex(encryptRc2Cbc(rc2, plain))).toBe(toHex(stdout))
      }
    })
  })
})
