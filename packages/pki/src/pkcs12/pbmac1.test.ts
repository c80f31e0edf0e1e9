import { hmacStreebog512, pbkdf2Gost } from '@muhr/gost'
import { describe, expect, it } from 'vitest'
import { platform } from '#platform'
import { toHex } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { generateKey } from '../keys/signing-key.ts'
import { codeOf } from '../test-support/code-of.ts'
import { bag, plainPart } from './build-hostile.fixture.ts'
import { pkcs12Oid } from './oids.ts'
import { readPkcs12 } from './read-pkcs12.ts'

const password = 'Құпия'
const octets = new TextEncoder().encode(password)
const salt = new Uint8Array(16).fill(7)
const pkcs8 = generateKey('ru-2012-256')
const safe = der.sequence(plainPart(bag(pkcs12Oid.keyBag, pkcs8)))

/** A store whose MAC is PBMAC1 (RFC 9579 section 4). */
const storeWith = (input: {
  readonly prf: string
  readonly scheme: string
  readonly keyLength: number
  readonly mac: Uint8Array
}): Uint8Array => {
  const derivation = der.sequence(
    der.oid(pkcs12Oid.pbkdf2),
    der.sequence(
      der.octets(salt),
      der.integer(3),
      der.integer(input.keyLength),
      der.sequence(der.oid(input.prf), der.null()),
    ),
  )
  const algorithm = der.sequence(
    der.oid(pkcs12Oid.pbmac1),
    der.sequence(derivation, der.sequence(der.oid(input.scheme), der.null())),
  )
  return der.sequence(
    der.integer(3),
    der.sequence(der.oid(pkcs12Oid.data), der.context(0, der.octets(safe))),
    der.sequence(
      der.sequence(algorithm, der.octets(input.mac)),
      // RFC 9579 section 5: salt and count outside are not used.
      der.octets(Uint8Array.of(1)),
      der.integer(1),
    ),
  )
}

const derivation = { password: octets, salt, iterations: 3 }
const sha256Key = (byteLength: number) => platform.pbkdf2('sha256', { ...derivation, byteLength })
const streebogKey = pbkdf2Gost({ prf: 'hmac-streebog-512', ...derivation, byteLength: 32 })

describe('PBMAC1', () => {
  it('with SHA-256 and with Streebog-512 (RFC 9337 section 6)', () => {
    for (const store of [
      storeWith({
        prf: pkcs12Oid.hmacSha256,
        scheme: pkcs12Oid.hmacSha256,
        keyLength: 32,
        mac: platform.hmac('sha256', sha256Key(32), safe),
      }),
      storeWith({
        prf: pkcs12Oid.hmacStreebog512,
        scheme: pkcs12Oid.hmacStreebog512,
        keyLength: 32,
        mac: hmacStreebog512(streebogKey, safe),
      }),
    ]) {
      expect(toHex(readPkcs12(store, password)[0]?.key ?? new Uint8Array())).toBe(toHex(pkcs8))
      expect(codeOf(() => readPkcs12(store, 'x'))).toBe('pkcs12.wrong-password')
    }
  })

  it('a key of a few octets is refused before its MAC is believed', () => {
    const form = { prf: pkcs12Oid.hmacSha256, scheme: pkcs12Oid.hmacSha256 }
    for (const [keyLength, code] of [
      [1, 'key.bad-parameters'],
      [19, 'key.bad-parameters'],
      [20, 'accepted'],
      [64, 'accepted'],
      [65, 'key.bad-parameters'],
    ] as const) {
      const mac = platform.hmac('sha256', sha256Key(keyLength), safe)
      const store = storeWith({ ...form, keyLength, mac })
      expect([keyLength, codeOf(() => readPkcs12(store, password))]).toEqual([keyLength, code])
    }
  })

  it('a MAC that is no HMAC is refused by name', () => {
    const store = storeWith({
      prf: pkcs12Oid.hmacSha256,
      scheme: pkcs12Oid.hmacGost341194,
      keyLength: 32,
      mac: new Uint8Array(32),
    })
    expect(codeOf(() => readPkcs12(store, password))).toBe('pkcs12.unsupported-algorithm')
  })
})
