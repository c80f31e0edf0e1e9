import { describe, expect, it } from 'vitest'
import { toHex } from '../asn1/bytes.ts'
import { isPkiError } from '../error.ts'
import { createRsaSigner } from './create-rsa-signer.ts'
import { createSigningKey, generateKey } from './signing-key.ts'

describe('createRsaSigner', () => {
  const pkcs8 = generateKey('rsa-2048')
  const data = Uint8Array.of(1, 2, 3)

  it.each(['rsa-sha256', 'rsa-sha384', 'rsa-sha512'] as const)(
    'gives the signature that the platform gives at once: %s',
    async (scheme) => {
      const signer = await createRsaSigner(pkcs8, { scheme })
      const key = createSigningKey(pkcs8, { rsaScheme: scheme })
      expect(toHex(await signer.sign(data))).toBe(toHex(key.sign(data)))
      expect(signer.spki.bytes).toEqual(key.spki.bytes)
      expect(signer.scheme.id).toBe(scheme)
    },
  )

  it('refuses what is no RSA key', async () => {
    const failure = await createRsaSigner(generateKey('ru-2012-256')).catch((error) => error)
    expect(isPkiError(failure, 'key.malformed')).toBe(true)
  })
})
