import { describe, expect, it } from 'vitest'
import { fromHex, toHex } from '../asn1/bytes.ts'
import { deriveOctets, encodePassword } from './derive-octets.ts'

describe('RFC 7292 §B.2', () => {
  // Published with the PKCS#12 tests of several libraries; passwords "smeg" and "queeg".
  it.each([
    ['smeg', 'key', '0a58cf64530d823f', 1, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
    ['smeg', 'iv', '0a58cf64530d823f', 1, '79993dfe048d3b76'],
    ['smeg', 'mac', '3d83c0e4546ac140', 1, '8d967d88f6caa9d714800ab3d48051d63f73a312'],
    ['queeg', 'key', '05dec959acff72f7', 1000, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4'],
    ['queeg', 'iv', '05dec959acff72f7', 1000, '11dedad7758d4860'],
    ['queeg', 'mac', '263216fcc2fab31c', 1000, '5ec4c7a80df652294c3925b6489a7ab857c83476'],
  ] as const)(
    'password %s, purpose %s, salt %s, %i iterations',
    (text, purpose, salt, iterations, expected) => {
      const derived = deriveOctets({
        hash: 'sha1',
        purpose,
        password: encodePassword(text),
        salt: fromHex(salt),
        iterations,
        length: expected.length / 2,
      })
      expect(toHex(derived)).toBe(expected)
    },
  )

  it('writes a password in UTF-16 with a final zero', () => {
    expect(toHex(encodePassword('Aқ'))).toBe('0041049b0000')
    expect(toHex(encodePassword(''))).toBe('0000')
  })
})
