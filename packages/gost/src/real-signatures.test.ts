import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type CurveName,
  decodeSignature,
  gost94,
  type SignatureCountry,
  streebog512,
  verifyDigest,
} from './index.ts'

const fixtures = process.env['MUHR_FIXTURES'] ?? '../shared/fixtures'

/**
 * The parts of a self-signed certificate whose three outer headers have two-octet lengths: this room
 * knows no ASN.1, and its tests need no more than where the signed part begins and ends.
 */
const splitSelfSigned = (certificate: Uint8Array, byteLength: 32 | 64) => {
  const tbsLength = 4 + new DataView(certificate.buffer, certificate.byteOffset).getUint16(6)
  const tbs = certificate.subarray(4, 4 + tbsLength)
  const header = byteLength === 32 ? [0x04, 0x40] : [0x04, 0x81, 0x80]
  const at = tbs.findIndex((_, i) => header.every((octet, j) => tbs[i + j] === octet))
  const from = at + header.length

  return {
    tbs,
    publicKey: tbs.subarray(from, from + 2 * byteLength),
    signature: certificate.subarray(-2 * byteLength),
  }
}

const readCertificate = (path: string): Uint8Array => {
  const octets = readFileSync(path)
  if (octets[0] === 0x30) return octets

  return Buffer.from(octets.toString('latin1').replace(/-----[^-]+-----/g, ''), 'base64')
}

type Root = {
  readonly file: string
  readonly country: 'KZ' | 'UZ'
  readonly curve: CurveName
  readonly byteLength: 32 | 64
  readonly hash: (octets: Uint8Array) => Uint8Array
}

const dTest = (octets: Uint8Array) => gost94(octets, { sbox: 'd-test' })
const cryptoPro = (octets: Uint8Array) => gost94(octets, { sbox: 'cryptopro' })
const kz2015 = { country: 'KZ', curve: 'tc26-512-A', byteLength: 64, hash: streebog512 } as const
const kz2004 = { country: 'KZ', curve: 'cryptopro-A', byteLength: 32, hash: dTest } as const
const uz = { country: 'UZ', curve: 'cryptopro-A', byteLength: 32, hash: cryptoPro } as const

const roots: readonly Root[] = [
  { file: 'kz/ca-prod/root_gost_2022.cer', ...kz2015 },
  { file: 'kz/ca-test/root_test_gost_2022.cer', ...kz2015 },
  { file: 'kz/ca-prod/root_gost_2020.cer', ...kz2004 },
  { file: 'kz/ca-prod/root_gost.cer', ...kz2004 },
  { file: 'uz/certs/root-2016.der', ...uz },
  { file: 'uz/certs/root-2020-mitc-uz.der', ...uz },
]

const hasFixtures = existsSync(join(fixtures, 'kz')) && existsSync(join(fixtures, 'uz'))

describe.skipIf(!hasFixtures)('self-signatures of real roots', () => {
  it.each(roots)('$file', ({ file, country, curve, byteLength, hash }) => {
    const certificate = readCertificate(join(fixtures, file))
    const { tbs, publicKey, signature } = splitSelfSigned(certificate, byteLength)
    const verify = (digest: Uint8Array, as: SignatureCountry) =>
      verifyDigest({ curve, publicKey, digest, signature: decodeSignature(as, signature) })
    expect(verify(hash(tbs), country)).toBe(true)
    expect(verify(hash(tbs), country === 'KZ' ? 'RU' : 'KZ')).toBe(false)
    expect(verify(hash(tbs).reverse(), country)).toBe(false)
    if (byteLength === 32) {
      expect(verify((country === 'KZ' ? cryptoPro : dTest)(tbs), country)).toBe(false)
    }
  })
})

type UzbekVectors = {
  readonly signatures: readonly {
    readonly id: string
    readonly content_ascii?: string
    readonly content_digest_hex: string
    readonly signed_attrs_set_der_hex: string
    readonly signature_hex: string
    readonly spki_der_hex: string
  }[]
  readonly cryptapi_apikeys: {
    readonly public_key_x: string
    readonly public_key_y: string
    readonly keys: Readonly<Record<string, string>>
  }
}

describe.skipIf(!hasFixtures)('Uzbek vectors', () => {
  const read = (): UzbekVectors =>
    JSON.parse(readFileSync(join(fixtures, 'uz/vectors.json'), 'utf8'))
  const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

  it.each(['e-imzo-desktop-real', 'e-imzo-server-readme'])('SignerInfo %s', (id) => {
    const vector = read().signatures.find((signature) => signature.id === id)
    if (vector === undefined) throw new Error(`no vector ${id}`)
    const content = Buffer.from(vector.content_ascii ?? '')
    expect(cryptoPro(content)).toEqual(octets(vector.content_digest_hex))
    const digest = cryptoPro(octets(vector.signed_attrs_set_der_hex))
    const publicKey = octets(vector.spki_der_hex).subarray(-64)
    const signature = octets(vector.signature_hex)
    const verify = (changed: Partial<{ digest: Uint8Array; signature: Uint8Array }>) =>
      verifyDigest({
        curve: 'cryptopro-A',
        publicKey,
        digest: changed.digest ?? digest,
        signature: decodeSignature('UZ', changed.signature ?? signature),
      })
    expect(verify({})).toBe(true)
    const halves = new Uint8Array([...signature.subarray(32), ...signature.subarray(0, 32)])
    expect(verify({ signature: halves })).toBe(false)
    expect(verify({ signature: signature.with(63, (signature[63] ?? 0) ^ 1) })).toBe(false)
    expect(verify({ digest: digest.toReversed() })).toBe(false)
  })

  it('keys of the browser interface: the hash of the hash of the domain is signed', () => {
    const { public_key_x: x, public_key_y: y, keys } = read().cryptapi_apikeys
    const publicKey = new Uint8Array([...octets(x).reverse(), ...octets(y).reverse()])
    expect(Object.keys(keys).length).toBeGreaterThan(0)
    for (const [domain, key] of Object.entries(keys)) {
      const signature = decodeSignature('UZ', octets(key))
      const verify = (text: string) =>
        verifyDigest({
          curve: 'cryptopro-A',
          publicKey,
          digest: cryptoPro(cryptoPro(Buffer.from(text))),
          signature,
        })
      expect(verify(domain)).toBe(true)
      expect(verify(`${domain}.example`)).toBe(false)
    }
  })
})
