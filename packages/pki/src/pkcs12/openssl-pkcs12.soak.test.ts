import { describe, expect, it } from 'vitest'
import { toHex } from '../asn1/bytes.ts'
import { decodeContainer } from '../asn1/pem.ts'
import { randomOctets } from '../platform/random-octets.ts'
import { hasGostEngine, type Peer, withPeer } from '../test-support/openssl-peer.ts'
import { readPkcs12 } from './read-pkcs12.ts'
import { writePkcs12 } from './write-pkcs12.ts'

const cases = 200
const algorithms = [
  { algorithm: 'gost2012_256', set: 'A', digest: '-md_gost12_256' },
  { algorithm: 'gost2012_512', set: 'A', digest: '-md_gost12_512' },
] as const
const letters = 'abcdefghijklmnopqrstuvwxyzабвгдежзқңөүғҳўʻ0123456789 -_'

const pick = <T>(list: readonly T[]): T => list[(randomOctets(1)[0] ?? 0) % list.length] as T
const anyPassword = (): string =>
  Array.from({ length: 1 + ((randomOctets(1)[0] ?? 0) % 30) }, () => pick([...letters])).join('')

const makeKey = (
  { run, read }: Peer,
  { algorithm, set, digest }: (typeof algorithms)[number],
): { readonly key: Uint8Array; readonly certificates: readonly Uint8Array[] } => {
  run('genpkey', '-algorithm', algorithm, '-pkeyopt', `paramset:${set}`, '-out', 'k.pem')
  run('req', '-new', '-x509', digest, '-key', 'k.pem', '-subj', '/CN=TEST', '-out', 'c.pem')
  run('pkcs8', '-topk8', '-nocrypt', '-in', 'k.pem', '-outform', 'DER', '-out', 'k.der')
  return { key: read('k.der'), certificates: [decodeContainer(read('c.pem'))] }
}

describe.skipIf(!hasGostEngine)('PKCS#12 with OpenSSL and gost-engine, many random cases', () => {
  it.each(algorithms)('reads what OpenSSL exports: $algorithm', async (algorithm) => {
    await withPeer((peer) => {
      for (let round = 0; round < cases; round += 1) {
        const { key, certificates } = makeKey(peer, algorithm)
        const password = anyPassword()
        const cipher = pick(['gost89', 'kuznyechik-ctr-acpkm', 'AES-256-CBC', 'PBE-SHA1-3DES'])
        const mac = pick(['md_gost12_512', 'md_gost12_256', 'md_gost94', 'sha256'])
        const files = ['-inkey', 'k.pem', '-in', 'c.pem', '-out', 'x.p12']
        const forms = ['-keypbe', cipher, '-certpbe', cipher, '-macalg', mac]
        const pass = ['-passout', `pass:${password}`]
        const { status, text } = peer.run('pkcs12', '-export', ...files, ...pass, ...forms)
        expect(status, text).toBe(0)
        const [entry] = readPkcs12(peer.read('x.p12'), password)
        expect(toHex(entry?.key ?? new Uint8Array())).toBe(toHex(key))
        expect(entry?.certificates).toEqual(certificates)
      }
    })
  })

  it.each(algorithms)('OpenSSL opens what we write: $algorithm', async (algorithm) => {
    await withPeer((peer) => {
      for (let round = 0; round < cases; round += 1) {
        const entry = makeKey(peer, algorithm)
        const password = anyPassword()
        const cipher = pick(['gost28147', 'kuznyechik-ctr-acpkm', 'aes-256-cbc'] as const)
        const profile = 'rfc9548'
        peer.write('y.p12', writePkcs12({ entries: [entry], password, profile, cipher }))
        const open = ['pkcs12', '-in', 'y.p12', '-passin', `pass:${password}`, '-nodes']
        const { status, text } = peer.run(...open, '-out', 'y.pem')
        expect(status, text).toBe(0)
        const convert = ['pkcs8', '-topk8', '-nocrypt', '-in', 'y.pem', '-outform', 'DER']
        peer.run(...convert, '-out', 'y.der')
        expect(toHex(peer.read('y.der'))).toBe(toHex(entry.key))
      }
    })
  })
})
