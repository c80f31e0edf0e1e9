import { describe, expect, it } from 'vitest'
import { concatOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { codeOf } from '../test-support/code-of.ts'
import { algorithmOid as oid } from './oids.ts'
import { resolveScheme, signatureSchemes } from './schemes.ts'
import { encodeGostSpki, parseSpki } from './spki.ts'

const gostKey = (keyOid: string, parameters: readonly string[], length: number) =>
  encodeGostSpki({ keyOid, parameters, point: new Uint8Array(length).fill(1) })

const kz512 = parseSpki(
  gostKey(oid.kz2015Key512, [oid.kz2015ParameterSet512A, oid.kzStreebog512], 128),
)
const kz2004 = parseSpki(
  gostKey(oid.kz2004Key, [oid.kz2004ParameterSetA, oid.kz2004HashParameters], 64),
)
const ru512 = parseSpki(gostKey(oid.ruKey512, [oid.ruParameterSet512A], 128))
const rsaModulus = (1n << 2048n) - 1n
const rsaKey = (modulus: bigint, exponent: bigint): Uint8Array =>
  der.sequence(
    der.sequence(der.oid(oid.rsaEncryption), der.null()),
    der.bits(der.sequence(der.integer(modulus), der.integer(exponent))),
  )
const rsa = parseSpki(rsaKey(rsaModulus, 65537n))

describe('resolveScheme accepts the full tuples', () => {
  it.each([
    ['Kazakh 512 in a certificate', kz512, oid.kz2015Signature512, undefined, 'kz-2015-512'],
    ['Kazakh 512 in CMS', kz512, oid.kz2015Signature512, oid.kzStreebog512, 'kz-2015-512'],
    ['Kazakh 2004', kz2004, oid.kz2004Signature, oid.kzGost34311, 'kz-2004'],
    ['Russian 512 in a certificate', ru512, oid.ruSignature512, undefined, 'ru-2012-512'],
    ['Russian 512 named by its key in CMS', ru512, oid.ruKey512, oid.ruStreebog512, 'ru-2012-512'],
    ['RSA by its key in CMS', rsa, oid.rsaEncryption, oid.sha256, 'rsa-sha256'],
    ['RSA with SHA-384', rsa, oid.sha384WithRsa, oid.sha384, 'rsa-sha384'],
    ['RSA with SHA-1', rsa, oid.sha1WithRsa, undefined, 'rsa-sha1'],
  ])('%s', (_name, spki, signatureOid, digestOid, id) => {
    const request = { spki, signatureOid, ...(digestOid === undefined ? {} : { digestOid }) }
    expect(resolveScheme(request).id).toBe(id)
  })
})

describe('resolveScheme refuses', () => {
  it.each([
    [
      'a key OID where no digest is named',
      ru512,
      oid.ruKey512,
      undefined,
      'scheme.unknown-signature',
    ],
    [
      'the Kazakh key OID as signature',
      kz512,
      oid.kz2015Key512,
      oid.kzStreebog512,
      'scheme.unknown-signature',
    ],
    [
      'an unknown signature',
      kz512,
      '1.3.6.1.4.1.6801.1.2.2',
      undefined,
      'scheme.unknown-signature',
    ],
    ['RSASSA-PSS', rsa, '1.2.840.113549.1.1.10', oid.sha256, 'scheme.unknown-signature'],
    [
      'a Russian signature of a Kazakh key',
      kz512,
      oid.ruSignature512,
      undefined,
      'scheme.key-mismatch',
    ],
    [
      'a 256-bit signature of a 512-bit key',
      kz512,
      oid.kz2015Signature256,
      undefined,
      'scheme.key-mismatch',
    ],
    [
      'a GOST signature of an RSA key',
      rsa,
      oid.kz2015Signature512,
      undefined,
      'scheme.key-mismatch',
    ],
    [
      'a 512-bit key with a 256-bit digest',
      kz512,
      oid.kz2015Signature512,
      oid.kzStreebog256,
      'scheme.digest-mismatch',
    ],
    [
      'the Russian OID of the same digest',
      kz512,
      oid.kz2015Signature512,
      oid.ruStreebog512,
      'scheme.digest-mismatch',
    ],
    ['SHA-1 beside sha256WithRSA', rsa, oid.sha256WithRsa, oid.sha1, 'scheme.digest-mismatch'],
    ['MD5', rsa, oid.rsaEncryption, '1.2.840.113549.2.5', 'scheme.unknown-digest'],
  ])('%s', (_name, spki, signatureOid, digestOid, code) => {
    const request = { spki, signatureOid, ...(digestOid === undefined ? {} : { digestOid }) }
    expect(codeOf(() => resolveScheme(request))).toBe(code)
  })

  it('a key on a curve of another country', () => {
    const foreign = parseSpki(
      gostKey(oid.kz2015Key512, [oid.ruParameterSet512A, oid.kzStreebog512], 128),
    )
    const request = { signatureOid: oid.kz2015Signature512 }
    expect(codeOf(() => resolveScheme({ ...request, spki: foreign }))).toBe(
      'scheme.parameter-set-mismatch',
    )
    expect(codeOf(() => resolveScheme({ ...request, spki: kz512 }))).toBe('accepted')
  })

  it('a key that names a digest of another length', () => {
    const key = parseSpki(
      gostKey(oid.kz2015Key512, [oid.kz2015ParameterSet512A, oid.kzStreebog256], 128),
    )
    expect(codeOf(() => resolveScheme({ spki: key, signatureOid: oid.kz2015Signature512 }))).toBe(
      'scheme.parameter-set-mismatch',
    )
  })
})

describe('parseSpki refuses', () => {
  const parameters = der.sequence(der.oid(oid.kz2015ParameterSet512A), der.oid(oid.kzStreebog512))
  const kzKey = (params: Uint8Array, inner: Uint8Array): Uint8Array =>
    der.sequence(der.sequence(der.oid(oid.kz2015Key512), params), der.bits(inner))
  const inner = der.octets(new Uint8Array(128).fill(1))

  it.each([
    [
      'explicit curve parameters',
      kzKey(der.sequence(der.integer(5), der.integer(7)), inner),
      'key.bad-parameters',
    ],
    ['no parameters', kzKey(der.null(), inner), 'key.bad-parameters'],
    [
      'a point without its OCTET STRING',
      kzKey(parameters, new Uint8Array(128).fill(1)),
      'asn1.bad-boolean',
    ],
    [
      'a point cut by an octet',
      kzKey(parameters, der.octets(new Uint8Array(127).fill(1))),
      'key.malformed',
    ],
    [
      'a compressed point',
      kzKey(parameters, der.octets(concatOctets(Uint8Array.of(2), new Uint8Array(64)))),
      'key.malformed',
    ],
    ['an even modulus', rsaKey(rsaModulus - 1n, 65537n), 'key.malformed'],
    ['a negative modulus', rsaKey(-rsaModulus, 65537n), 'key.malformed'],
    ['exponent 1', rsaKey(rsaModulus, 1n), 'key.malformed'],
    ['an exponent as large as the modulus', rsaKey(rsaModulus, rsaModulus - 2n), 'key.malformed'],
    ['a modulus of 32768 bits', rsaKey((1n << 32768n) - 1n, 65537n), 'asn1.bad-integer'],
    ['a modulus of 20000 bits', rsaKey((1n << 20000n) - 1n, 65537n), 'key.malformed'],
  ])('%s', (_name, bytes, code) => {
    expect(codeOf(() => parseSpki(bytes))).toBe(code)
  })

  it('but reads the twin of each', () => {
    expect(codeOf(() => parseSpki(kzKey(parameters, inner)))).toBe('accepted')
    expect(codeOf(() => parseSpki(rsaKey(rsaModulus, 3n)))).toBe('accepted')
  })
})

describe('the white list', () => {
  it('names each tuple once', () => {
    const tuples = signatureSchemes.map(({ keyOid, signatureOid }) => `${keyOid} ${signatureOid}`)
    expect(new Set(tuples).size).toBe(tuples.length)
  })
})
