import { describe, expect, it } from 'vitest'
import { toHex } from '../asn1/bytes.ts'
import { createSigningKey, generateKey } from '../keys/signing-key.ts'
import { codeOf } from '../test-support/code-of.ts'
import { issueTest, signerExtensions } from '../test-support/test-ca.ts'
import { listPkcs12KeyNames } from './list-key-names.ts'
import { readPkcs12 } from './read-pkcs12.ts'
import { writePkcs12 } from './write-pkcs12.ts'

describe('listPkcs12KeyNames', () => {
  it('gives the alias of every key without the password, in either profile', async () => {
    const key = generateKey('ru-2012-256')
    const signer = createSigningKey(key)
    const { certificate } = await issueTest({ key: signer, extensions: signerExtensions(signer) })
    const entry = { key, certificates: [certificate.bytes], friendlyName: 'cn=test,tin=1' }
    for (const profile of ['kz-nca', 'rfc9548'] as const) {
      const store = writePkcs12({ entries: [entry], password: 'a', profile, iterations: 1 })
      const [name, ...others] = listPkcs12KeyNames(store)
      expect(others).toEqual([])
      expect(name?.friendlyName).toBe(entry.friendlyName)
      expect(name?.localKeyId).toMatch(/^[0-9a-f]{40}$/)
      expect(toHex(readPkcs12(store, 'a')[0]?.key ?? new Uint8Array())).toBe(toHex(key))
    }
  })

  it('refuses what is no key store', () => {
    expect(codeOf(() => listPkcs12KeyNames(Uint8Array.of(0x30, 0)))).toBe('pkcs12.not-a-store')
  })
})
