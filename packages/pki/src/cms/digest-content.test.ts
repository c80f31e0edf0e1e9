import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHex } from '../asn1/index.ts'
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
