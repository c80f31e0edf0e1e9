import { describe, expect, it } from 'vitest'
import {
  createHmacStreebog256,
  hmacStreebog256,
  hmacStreebog512,
  streebog256,
  streebog512,
} from './index.ts'
import { octetsOfHex } from './octets.ts'
import { hasGostEngine, openssl, withFolder } from './openssl-peer.fixture.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

describe('HMAC_GOSTR3411_2012', () => {
  const key = Uint8Array.from({ length: 32 }, (_, i) => i)
  const message = octetsOfHex('0126bdb87800af214341456563780100')

  it('RFC 7836 appendix B, example 1', () => {
    expect(hex(hmacStreebog256(key, message))).toBe(
      'a1aa5f7de402d7b3d323f2991c8d4534013137010a83754fd0af6d7cd4922ed9',
    )
  })

  it('RFC 7836 appendix B, example 2', () => {
    expect(hex(hmacStreebog512(key, message))).toBe(
      'a59bab22ecae19c65fbde6e5f4e9f5d8549d31f037f9df9b905500e171923a773d5f1530f2ed7e964cb2eedc29e9ad2f3afe93b2814f79f5000ffc0366c251e6',
    )
  })

  it('hashes a key longer than the block first (RFC 2104 section 2), and only then', () => {
    const long = new Uint8Array(65).fill(7)
    expect(hmacStreebog256(long, message)).toEqual(hmacStreebog256(streebog256(long), message))
    expect(hmacStreebog512(long, message)).toEqual(hmacStreebog512(streebog512(long), message))
    const whole = new Uint8Array(64).fill(7)
    expect(hmacStreebog256(whole, message)).not.toEqual(
      hmacStreebog256(streebog256(whole), message),
    )
  })

  it('may be fed piece by piece', () => {
    const hmac = createHmacStreebog256(key)
    for (const octet of message) hmac.update(Uint8Array.of(octet))
    expect(hmac.digest()).toEqual(hmacStreebog256(key, message))
  })

  it('refuses a key that is not octets', () => {
    expect(() => hmacStreebog256('key' as unknown as Uint8Array, message)).toThrow(TypeError)
  })
})

describe.skipIf(!hasGostEngine)('against OpenSSL with gost-engine', () => {
  it('agrees for short, block-long and longer keys', () => {
    withFolder((folder) => {
      for (const length of [1, 32, 64, 100]) {
        const key = Buffer.alloc(length, 0xa7)
        for (const [option, hmac] of [
          ['-md_gost12_256', hmacStreebog256],
          ['-md_gost12_512', hmacStreebog512],
        ] as const) {
          const args = ['dgst', option, '-mac', 'HMAC', '-macopt', `hexkey:${hex(key)}`, '-binary']
          const { status, stdout } = openssl(folder, args, Buffer.from('muhr'))
          expect(status).toBe(0)
          expect(hex(hmac(key, Buffer.from('muhr')))).toBe(hex(stdout))
        }
      }
    })
  })
})
