import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type CurveName,
  curves,
  decodeSignature,
  derivePublicKey,
  encodeSignature,
  generatePrivateKey,
  signDigest,
  streebog256,
  streebog512,
  verifyDigest,
} from './index.ts'
import { hasGostEngine, openssl, withFolder } from './openssl-peer.fixture.ts'

const peers: readonly { readonly curve: CurveName; readonly paramset: string }[] = [
  { curve: 'tc26-512-A', paramset: 'A' },
  { curve: 'tc26-512-B', paramset: 'B' },
  { curve: 'tc26-512-C', paramset: 'C' },
  { curve: 'tc26-256-A', paramset: 'TCA' },
  { curve: 'cryptopro-A', paramset: 'A' },
  { curve: 'cryptopro-B', paramset: 'B' },
  { curve: 'cryptopro-C', paramset: 'C' },
  { curve: 'test-256', paramset: '0' },
]

const message = Buffer.from('Документ · құжат · hujjat')
const randomBytes = (n: number): Uint8Array => crypto.getRandomValues(new Uint8Array(n))

const sizeOf = (curve: CurveName) =>
  curves[curve].byteLength === 32
    ? ({ bits: 256, byteLength: 32, digest: streebog256(message) } as const)
    : ({ bits: 512, byteLength: 64, digest: streebog512(message) } as const)

describe.skipIf(!hasGostEngine).each(peers)(
  'OpenSSL with gost-engine and $curve',
  ({ curve, paramset }) => {
    const { bits, byteLength, digest } = sizeOf(curve)
    const newKey = ['genpkey', '-algorithm', `gost2012_${bits}`, '-pkeyopt', `paramset:${paramset}`]

    it('a signature of the peer verifies here, and we derive its public key', () => {
      withFolder((folder) => {
        const pkcs8 = openssl(folder, [...newKey, '-outform', 'DER']).stdout
        writeFileSync(join(folder, 'key.der'), pkcs8)
        const fromKey = ['-inform', 'DER', '-in', 'key.der']
        const spki = openssl(folder, ['pkey', ...fromKey, '-pubout', '-outform', 'DER']).stdout
        openssl(folder, ['pkey', ...fromKey, '-out', 'key.pem'])
        const { stdout: octets } = openssl(
          folder,
          ['dgst', `-md_gost12_${bits}`, '-sign', 'key.pem'],
          message,
        )
        const publicKey = new Uint8Array(spki.subarray(-2 * byteLength))
        const privateKey = new Uint8Array(pkcs8.subarray(-byteLength))
        expect(derivePublicKey(curve, privateKey)).toEqual(publicKey)
        const signature = decodeSignature('RU', new Uint8Array(octets))
        expect(verifyDigest({ curve, publicKey, digest, signature })).toBe(true)
        const other = digest.with(0, (digest[0] ?? 0) ^ 1)
        expect(verifyDigest({ curve, publicKey, digest: other, signature })).toBe(false)
      })
    })

    it('a signature of ours verifies there', () => {
      withFolder((folder) => {
        const pkcs8 = openssl(folder, [...newKey, '-outform', 'DER']).stdout
        const privateKey = generatePrivateKey(curve, randomBytes)
        pkcs8.set(privateKey, pkcs8.length - byteLength)
        writeFileSync(join(folder, 'key.der'), pkcs8)
        const signature = signDigest({ curve, privateKey, digest })
        writeFileSync(join(folder, 'signature'), encodeSignature('RU', signature))
        writeFileSync(join(folder, 'reversed'), encodeSignature('KZ', signature))
        openssl(folder, ['pkey', '-inform', 'DER', '-in', 'key.der', '-pubout', '-out', 'pub.pem'])
        const verify = (file: string, content: Uint8Array) =>
          openssl(
            folder,
            ['dgst', `-md_gost12_${bits}`, '-verify', 'pub.pem', '-signature', file],
            content,
          ).status
        expect(verify('signature', message)).toBe(0)
        expect(verify('signature', Buffer.from('another'))).not.toBe(0)
        expect(verify('reversed', message)).not.toBe(0)
      })
    })
  },
)
