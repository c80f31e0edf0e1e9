import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatOctets, der, toHex } from '../asn1/index.ts'
import { algorithmOid, digestOf } from '../keys/index.ts'
import { codeOf } from '../test-support/code-of.ts'
import { createContentDigester, digestContent } from './digest-content.ts'

const oids = [
  algorithmOid.sha256,
  algorithmOid.ruStreebog256,
  algorithmOid.kzStreebog256,
  algorithmOid.ruGost341194,
]

describe('createContentDigester', () => {
  it('gives every digest of what passed, in whatever pieces', () => {
    const sizes = fc.array(fc.oneof(fc.nat(200), fc.integer({ min: 16_000, max: 17_000 })), {
      maxLength: 8,
    })
    fc.assert(
      fc.property(sizes, fc.nat(255), (lengths, octet) => {
        const digester = createContentDigester(oids)
        const total = lengths.reduce((sum, length) => sum + length, 0)
        const whole = Uint8Array.from({ length: total }, (_, index) => (index * 7 + octet) & 0xff)
        let offset = 0
        for (const length of lengths) {
          digester.update(whole.subarray(offset, offset + length))
          offset += length
        }
        const { digest } = digester.finish()
        for (const oid of oids) {
          expect(toHex(digest(oid) ?? new Uint8Array())).toBe(toHex(digestOf(oid, whole)))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('has no digest that was not asked for, and none that it does not know', async () => {
    const content = await digestContent(Uint8Array.of(1), [algorithmOid.sha256, '1.2.3'])
    expect(content.digest(algorithmOid.sha384)).toBeUndefined()
    expect(codeOf(() => content.digest('1.2.3'))).toBe('digest.unsupported')
  })
})

describe('content that looks like signed attributes', () => {
  const attributes = der.set(der.sequence(der.oid('1.2.3'), der.set(der.null())))
  const looks = (...pieces: readonly Uint8Array[]): boolean => {
    const digester = createContentDigester([algorithmOid.sha256])
    for (const piece of pieces) {
      const fleeting = Uint8Array.from(piece)
      digester.update(fleeting)
      fleeting.fill(0xff)
    }
    const content = digester.finish()
    expect(content.digest(algorithmOid.sha256)).toEqual(
      digestOf(algorithmOid.sha256, concatOctets(...pieces)),
    )
    return content.looksLikeAttributes
  }
  const nothing = new Uint8Array()

  it('is told in whatever pieces it comes', () => {
    expect(looks(attributes)).toBe(true)
    expect(looks(nothing, attributes)).toBe(true)
    expect(looks(attributes.subarray(0, 1), nothing, attributes.subarray(1))).toBe(true)
    expect(looks(attributes.subarray(0, 5), attributes.subarray(5))).toBe(true)
  })

  it('is the whole content, not a piece of it', () => {
    expect(looks()).toBe(false)
    expect(looks(nothing)).toBe(false)
    expect(looks(Uint8Array.of(0x30), attributes)).toBe(false)
    expect(looks(attributes, attributes)).toBe(false)
    expect(looks(attributes, Uint8Array.of(0))).toBe(false)
  })

  it('is taken for it unread beyond the size that attributes have', () => {
    const limit = 1024 * 1024
    const set = (length: number) =>
      Uint8Array.from({ length }, (_, index) => (index === 0 ? 0x31 : 0))
    expect(looks(set(limit))).toBe(false)
    expect(looks(set(limit + 1))).toBe(true)
    expect(looks(set(20), new Uint8Array(limit))).toBe(true)
    expect(looks(new Uint8Array(limit + 1))).toBe(false)
  })
})
