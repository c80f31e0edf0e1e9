import { describe, expect, it } from 'vitest'
import { toHex } from '../asn1/bytes.ts'
import { decodeContainer, writePem } from '../asn1/pem.ts'
import { generateKey } from '../keys/signing-key.ts'
import type { WrittenCipher } from '../pkcs12/encryption-scheme.ts'
import { codeOf } from '../test-support/code-of.ts'
import { hasGostEngine, withPeer } from '../test-support/openssl-peer.ts'
import { decryptPkcs8, encryptPkcs8 } from './encrypted-pkcs8.ts'

const password = 'Құпия 1'
const ciphers: readonly WrittenCipher[] = [
  'kuznyechik-ctr-acpkm-omac',
  'kuznyechik-ctr-acpkm',
  'magma-ctr-acpkm-omac',
  'magma-ctr-acpkm',
  'gost28147',
  'aes-256-cbc',
]

describe('encrypted PKCS#8', () => {
  it.each(ciphers)('opens again under %s, and under no other password', (cipher) => {
    const key = generateKey('ru-2012-256')
    const encrypted = encryptPkcs8(key, { password, cipher, iterations: 3 })
    expect(toHex(encrypted)).not.toContain(toHex(key.subarray(-32)))
    expect(decryptPkcs8(encrypted, password)).toEqual(key)
    for (const other of ['', 'Құпия', `${password} `]) {
      expect(codeOf(() => decryptPkcs8(encrypted, other))).toBe('key.wrong-password')
    }
  })

  it('refuses more hashing than the limit before it hashes', () => {
    const encrypted = encryptPkcs8(generateKey('ru-2012-256'), { password, iterations: 5 })
    expect(codeOf(() => decryptPkcs8(encrypted, password, { maxIterations: 4 }))).toBe(
      'pkcs12.too-much-work',
    )
    expect(codeOf(() => decryptPkcs8(encrypted, password, { maxIterations: 5 }))).toBe('accepted')
  })
})

describe.skipIf(!hasGostEngine)('encrypted PKCS#8 with OpenSSL and gost-engine', () => {
  it('opens both ways', async () => {
    await withPeer(({ run, read, write }) => {
      const generate = ['genpkey', '-algorithm', 'gost2012_512', '-pkeyopt', 'paramset:B']
      run(...generate, '-out', 'k.pem')
      const plain = ['pkcs8', '-topk8', '-in', 'k.pem', '-outform', 'DER']
      run(...plain, '-nocrypt', '-out', 'k.der')
      const key = read('k.der')
      for (const form of [
        ['-v2', 'gost89', '-v2prf', 'id-tc26-hmac-gost-3411-2012-512'],
        ['-v2', 'gost89', '-v2prf', 'id-tc26-hmac-gost-3411-2012-256'],
        ['-v2', 'kuznyechik-ctr-acpkm', '-v2prf', 'id-tc26-hmac-gost-3411-2012-512'],
        ['-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA1'],
        ['-v2', 'aes-256-cbc'],
        ['-v2', 'des3'],
        ['-v1', 'PBE-SHA1-3DES'],
      ]) {
        const { status, text } = run(...plain, ...form, '-passout', `pass:${password}`, '-out', 'e')
        expect(status, text).toBe(0)
        expect([form, toHex(decryptPkcs8(read('e'), password))]).toEqual([form, toHex(key)])
      }
      for (const cipher of ['gost28147', 'kuznyechik-ctr-acpkm', 'aes-256-cbc'] as const) {
        write('w.pem', writePem('ENCRYPTED PRIVATE KEY', encryptPkcs8(key, { password, cipher })))
        const opened = run('pkcs8', '-in', 'w.pem', '-passin', `pass:${password}`)
        expect(opened.status, opened.text).toBe(0)
        expect(decodeContainer(opened.stdout)).toEqual(key)
      }
    })
  })
})
