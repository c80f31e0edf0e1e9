import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createStreebog256, createStreebog512, streebog256, streebog512 } from './index.ts'
import { octetsOfHex } from './octets.ts'
import { hasGostEngine, openssl, withFolder } from './openssl-peer.fixture.ts'

const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')
const fixture = `${process.env['MUHR_FIXTURES'] ?? '../shared/fixtures'}/crypto/kat-gost.json`

/** Printed in RFC 6986 section 10.2 as a number, so octets stand in reverse order. */
const M2 = octetsOfHex(
  'fbe2e5f0eee3c820fbeafaebef20fffbf0e1e0f0f520e0ed20e8ece0ebe5f0f2' +
    'f120fff0eeec20f120faf2fee5e2202ce8f6f3ede220e8e6eee1e8f0f2d1202c' +
    'e8f0f2e5e220e5d1',
).reverse()

describe('RFC 6986 section 10 and the empty message', () => {
  it.each([
    {
      name: 'M1, 63 octets',
      message: octetsOfHex(`${'30313233343536373839'.repeat(6)}303132`),
      h512: '1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48',
      h256: '9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500',
    },
    {
      name: 'M2, 72 octets',
      message: M2,
      h512: '1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28',
      h256: '9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50',
    },
    {
      name: 'empty',
      message: new Uint8Array(0),
      h512: '8e945da209aa869f0455928529bcae4679e9873ab707b55315f56ceb98bef0a7362f715528356ee83cda5f2aac4c6ad2ba3a715c1bcd81cb8e9f90bf4c1c1a8a',
      h256: '3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb',
    },
  ])('$name', ({ message, h512, h256 }) => {
    expect(hex(streebog512(message))).toBe(h512)
    expect(hex(streebog256(message))).toBe(h256)
  })

  it.skipIf(!existsSync(fixture))('known answers of the fixtures', () => {
    const { streebog } = JSON.parse(readFileSync(fixture, 'utf8'))
    expect(streebog.length).toBeGreaterThan(0)
    for (const { hex: message, s512, s256 } of streebog) {
      expect(hex(streebog512(Buffer.from(message, 'hex')))).toBe(s512)
      expect(hex(streebog256(Buffer.from(message, 'hex')))).toBe(s256)
    }
  })
})

describe('streaming', () => {
  it('gives the same digest however the message is cut', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        fc.array(fc.nat({ max: 130 }), { maxLength: 8 }),
        (message, cuts) => {
          const h256 = createStreebog256()
          const h512 = createStreebog512()
          let at = 0
          for (const cut of [...cuts, message.length]) {
            h256.update(message.subarray(at, at + cut))
            h512.update(message.subarray(at, at + cut))
            at += cut
          }
          expect(h256.digest()).toEqual(streebog256(message))
          expect(h512.digest()).toEqual(streebog512(message))
        },
      ),
    )
  })

  it('refuses use after the digest and arguments that are not octets', () => {
    const hash = createStreebog256()
    hash.digest()
    expect(() => hash.update(new Uint8Array(1))).toThrow(TypeError)
    expect(() => hash.digest()).toThrow(TypeError)
    for (const wrong of ['abc', [1, 2], null, undefined, 5, new ArrayBuffer(3)]) {
      expect(() => streebog512(wrong as unknown as Uint8Array)).toThrow(TypeError)
    }
  })
})

describe.skipIf(!hasGostEngine)('against OpenSSL with gost-engine', () => {
  it('agrees at every length around the block size and on a megabyte', () => {
    withFolder((folder) => {
      for (const length of [1, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1_000_003]) {
        // A run of 0xff makes every addition of the control sum carry.
        const message = Buffer.alloc(length, 0xff)
        message.writeUInt8(length % 251, length >> 1)
        for (const [option, hash] of [
          ['-md_gost12_256', streebog256],
          ['-md_gost12_512', streebog512],
        ] as const) {
          const { stdout } = openssl(folder, ['dgst', option, '-binary'], message)
          expect(hex(hash(message))).toBe(hex(stdout))
        }
      }
    })
  })
})
