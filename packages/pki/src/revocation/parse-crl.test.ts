import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { der } from '../asn1/write.ts'
import { codeOf } from '../test-support/code-of.ts'
import { testKey } from '../test-support/test-ca.ts'
import { encodeSignatureAlgorithm } from '../x509/build-certificate.ts'
import { buildExtension } from '../x509/build-extension.ts'
import { buildName } from '../x509/build-name.ts'
import { parseCrl } from './parse-crl.ts'

const now = new Date('2026-06-01T12:00:00Z')
const later = new Date('2026-06-01T13:00:00Z')
const issuer = buildName([['CN', 'TEST CA']])

describe('parseCrl', () => {
  it('refuses contradictions that DER allows', () => {
    const algorithm = encodeSignatureAlgorithm(testKey('ca').scheme)
    const forge = (...fields: readonly Uint8Array[]): Uint8Array =>
      der.sequence(der.sequence(...fields), algorithm, der.bits(new Uint8Array(128)))
    const head = [algorithm, issuer, der.time(now), der.time(later)]
    const entry = der.sequence(der.integer(1), der.time(now))
    const extended = der.sequence(
      der.integer(1),
      der.time(now),
      der.sequence(buildExtension('1.2', der.null())),
    )
    const tail = der.context(0, der.sequence(buildExtension('2.5.29.20', der.integer(1))))
    const codes = {
      fine: forge(der.integer(1), ...head, der.sequence(entry), tail),
      'version 1 without extensions': forge(...head, der.sequence(entry)),
      'version 1 with extensions': forge(...head, der.sequence(entry), tail),
      'version 1 with entry extensions': forge(...head, der.sequence(extended)),
      'version 3': forge(der.integer(2), ...head, der.sequence(entry), tail),
      'an empty list of entries': forge(der.integer(1), ...head, der.sequence(), tail),
      'an entry that is none': forge(der.integer(1), ...head, der.sequence(der.null()), tail),
      'an entry of four fields': forge(
        der.integer(1),
        ...head,
        der.sequence(
          der.sequence(
            der.integer(1),
            der.time(now),
            der.sequence(buildExtension('1.2', der.null())),
            der.null(),
          ),
        ),
        tail,
      ),
      'a field after the extensions': forge(
        der.integer(1),
        ...head,
        der.sequence(entry),
        tail,
        tail,
      ),
      'another algorithm inside': forge(
        der.integer(1),
        der.sequence(der.oid('1.2.3')),
        ...head.slice(1),
        tail,
      ),
    }
    expect(
      Object.fromEntries(
        Object.entries(codes).map(([name, crl]) => [name, codeOf(() => parseCrl(crl))]),
      ),
    ).toEqual({
      fine: 'accepted',
      'version 1 without extensions': 'accepted',
      'version 1 with extensions': 'crl.bad-list',
      'version 1 with entry extensions': 'crl.bad-list',
      'version 3': 'crl.bad-list',
      'an empty list of entries': 'crl.bad-list',
      'an entry that is none': 'crl.bad-list',
      'an entry of four fields': 'asn1.unexpected-type',
      'a field after the extensions': 'crl.bad-list',
      'another algorithm inside': 'x509.algorithm-mismatch',
    })
  })

  it('of any octets throws nothing but a PkiError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(codeOf(() => parseCrl(bytes))).not.toContain('not a PkiError')
      }),
    )
  })
})
