import { describe, expect, it } from 'vitest'
import { toHex } from '../asn1/bytes.ts'
import { decodeContainer } from '../asn1/pem.ts'
import { hasGostEngine, type Peer, withPeer } from '../test-support/openssl-peer.ts'
import type { WrittenCipher } from './encryption-scheme.ts'
import { readPkcs12 } from './read-pkcs12.ts'
import { writePkcs12 } from './write-pkcs12.ts'

const password = 'Пароль 1 қ'
const algorithms = [
  { algorithm: 'gost2012_256', set: 'A', digest: '-md_gost12_256' },
  { algorithm: 'gost2012_512', set: 'A', digest: '-md_gost12_512' },
] as const

/** Longer than a section of key meshing, so that the sections of the modes are compared too. */
const longNames = Array.from({ length: 40 }, (_, i) => `DNS:${'a'.repeat(20)}${i}.example`).join()

const expectDone = (answer: { status: number | null; text: string }) =>
  expect(answer.status, answer.text).toBe(0)

const makeKey = (peer: Peer, { algorithm, set, digest }: (typeof algorithms)[number]) => {
  const { run } = peer
  expectDone(
    run('genpkey', '-algorithm', algorithm, '-pkeyopt', `paramset:${set}`, '-out', 'k.pem'),
  )
  const names = ['-subj', '/CN=TEST', '-addext', `subjectAltName=${longNames}`]
  expectDone(run('req', '-new', '-x509', digest, '-key', 'k.pem', ...names, '-out', 'c.pem'))
  expectDone(run('pkcs8', '-topk8', '-nocrypt', '-in', 'k.pem', '-outform', 'DER', '-out', 'k.der'))
  return { key: peer.read('k.der'), certificates: [decodeContainer(peer.read('c.pem'))] }
}

describe.skipIf(!hasGostEngine)('PKCS#12 with OpenSSL and gost-engine', () => {
  it.each(algorithms)('reads what OpenSSL exports: $algorithm', async (algorithm) => {
    await withPeer((peer) => {
      const { key, certificates } = makeKey(peer, algorithm)
      for (const [cipher, mac] of [
        ['gost89', 'md_gost12_512'],
        ['gost89', 'md_gost12_256'],
        ['gost89', 'md_gost94'],
        ['kuznyechik-ctr-acpkm', 'md_gost12_512'],
        ['AES-256-CBC', 'sha256'],
        ['AES-192-CBC', 'sha384'],
        ['AES-128-CBC', 'sha512'],
        ['des-ede3-cbc', 'sha224'],
        ['PBE-SHA1-3DES', 'sha1'],
        ['PBE-SHA1-2DES', 'md5'],
        ['PBE-SHA1-RC2-40', 'sha1'],
        ['PBE-SHA1-RC2-128', 'sha1'],
      ] as const) {
        const legacy = cipher.includes('RC2') ? ['-legacy'] : []
        const files = ['-inkey', 'k.pem', '-in', 'c.pem', '-out', 'x.p12', ...legacy]
        const forms = ['-keypbe', cipher, '-certpbe', cipher, '-macalg', mac]
        expectDone(
          peer.run('pkcs12', '-export', ...files, '-passout', `pass:${password}`, ...forms),
        )
        const [entry] = readPkcs12(peer.read('x.p12'), password)
        expect([cipher, mac, toHex(entry?.key ?? new Uint8Array())]).toEqual([
          cipher,
          mac,
          toHex(key),
        ])
        expect(entry?.certificates).toEqual(certificates)
      }
    })
  })

  it('reads a MAC whose key comes from the derivation of PKCS#12', async () => {
    process.env['LEGACY_GOST_PKCS12'] = '1'
    try {
      await withPeer((peer) => {
        const { key } = makeKey(peer, algorithms[0])
        for (const mac of ['md_gost12_512', 'md_gost12_256', 'md_gost94']) {
          const files = ['-inkey', 'k.pem', '-in', 'c.pem', '-out', 'x.p12']
          const forms = ['-keypbe', 'gost89', '-certpbe', 'gost89', '-macalg', mac]
          expectDone(
            peer.run('pkcs12', '-export', ...files, '-passout', `pass:${password}`, ...forms),
          )
          expect(readPkcs12(peer.read('x.p12'), password)[0]?.key).toEqual(key)
        }
      })
    } finally {
      delete process.env['LEGACY_GOST_PKCS12']
    }
  })

  it.each(algorithms)('OpenSSL opens what we write: $algorithm', async (algorithm) => {
    await withPeer((peer) => {
      const entry = makeKey(peer, algorithm)
      // gost-engine 3.0.1 has neither OMAC nor Magma in password-based encryption.
      for (const cipher of [
        'kuznyechik-ctr-acpkm',
        'gost28147',
        'aes-256-cbc',
      ] as const satisfies WrittenCipher[]) {
        const profile = 'rfc9548'
        peer.write('y.p12', writePkcs12({ entries: [entry], password, profile, cipher }))
        const open = ['pkcs12', '-in', 'y.p12', '-passin', `pass:${password}`, '-nodes']
        expectDone(peer.run(...open, '-nocerts', '-out', 'y.pem'))
        expectDone(peer.run(...open, '-nokeys', '-out', 'yc.pem'))
        expectDone(
          peer.run(
            'pkcs8',
            '-topk8',
            '-nocrypt',
            '-in',
            'y.pem',
            '-outform',
            'DER',
            '-out',
            'y.der',
          ),
        )
        expect(toHex(peer.read('y.der'))).toBe(toHex(entry.key))
        expectDone(peer.run('x509', '-in', 'yc.pem', '-outform', 'DER', '-out', 'yc.der'))
        expect([peer.read('yc.der')]).toEqual(entry.certificates)
      }
    })
  })

  it('OpenSSL refuses what we write under another password', async () => {
    await withPeer((peer) => {
      const entry = makeKey(peer, algorithms[0])
      peer.write('y.p12', writePkcs12({ entries: [entry], password, profile: 'rfc9548' }))
      const open = ['pkcs12', '-in', 'y.p12', '-nodes', '-passin']
      expect(peer.run(...open, 'pass:another').status).not.toBe(0)
      expect(peer.run(...open, `pass:${password}`).status).toBe(0)
    })
  })
})
