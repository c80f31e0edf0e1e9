import { describe, expect, it } from 'vitest'
import { der, readDer } from '../asn1/index.ts'
import { algorithmOid, digestOf } from '../keys/index.ts'
import { codeOf } from '../test-support/code-of.ts'
import { issueTest, testKey } from '../test-support/test-ca.ts'
import {
  encodeSigningCertificateV1,
  encodeSigningCertificateV2,
  matchSigningCertificate,
  parseIssuerSerial,
  parseSigningCertificate,
} from './signing-certificate.ts'

const root = (await issueTest({ key: testKey('root') })).certificate
const issuer = await issueTest({ key: testKey('issuer'), subject: [['CN', 'TEST CA']] })
const { certificate } = await issueTest({
  key: testKey('leaf'),
  subject: [['CN', 'ТЕСТОВ ТЕСТ']],
  issuer,
})
const hash = (oid: string) => digestOf(oid, certificate.bytes)
const parse = (bytes: Uint8Array, version: 1 | 2 = 2) =>
  parseSigningCertificate(readDer(bytes), version)
const issuerSerial = (...names: readonly Uint8Array[]) =>
  der.sequence(der.sequence(...names), der.integer(BigInt(`0x${certificate.serialNumber}`)))
const directory = der.context(4, certificate.issuer.bytes)
const streebog = algorithmOid.ruStreebog256

/** A list of one identifier with these parts. */
const listOf = (...parts: readonly Uint8Array[]) =>
  der.sequence(der.sequence(der.sequence(...parts)))

describe('a signing certificate attribute', () => {
  it('is read as it is written, by SHA-256 when it names no digest', () => {
    expect(parse(encodeSigningCertificateV2(certificate.bytes))).toEqual({
      digestOid: algorithmOid.sha256,
      certificateHash: hash(algorithmOid.sha256),
      issuer: undefined,
      serialNumber: undefined,
    })
    expect(encodeSigningCertificateV2(certificate.bytes)).toEqual(
      listOf(der.octets(hash(algorithmOid.sha256))),
    )
  })

  it('names another digest, and the issuer, where it is asked to', () => {
    const bytes = encodeSigningCertificateV2(certificate.bytes, {
      digestOid: streebog,
      issuerSerialOf: certificate,
    })
    expect(parse(bytes)).toEqual({
      digestOid: streebog,
      certificateHash: hash(streebog),
      issuer: certificate.issuer.bytes,
      serialNumber: certificate.serialNumber,
    })
    expect(bytes).toEqual(
      listOf(der.sequence(der.oid(streebog)), der.octets(hash(streebog)), issuerSerial(directory)),
    )
  })

  it('of version 1 is by SHA-1 and names no digest', () => {
    const bytes = encodeSigningCertificateV1(certificate.bytes)
    expect(bytes).toEqual(listOf(der.octets(hash(algorithmOid.sha1))))
    expect(parse(bytes, 1)).toMatchObject({
      digestOid: algorithmOid.sha1,
      certificateHash: hash(algorithmOid.sha1),
    })
    const named = encodeSigningCertificateV2(certificate.bytes, { digestOid: streebog })
    expect(codeOf(() => parse(named, 1))).toMatch(/^asn1\./)
  })

  it('counts by the first identifier of its list', () => {
    const of = (first: Uint8Array) =>
      der.sequence(
        der.sequence(der.sequence(der.octets(first)), der.sequence(der.octets(Uint8Array.of(9)))),
      )
    expect(parse(of(Uint8Array.of(7))).certificateHash).toEqual(Uint8Array.of(7))
  })

  it.each<[string, string, Uint8Array]>([
    ['an empty list', 'asn1.missing', der.sequence(der.sequence())],
    [
      'SHA-1 in version 2',
      'key.bad-parameters',
      listOf(der.sequence(der.oid(algorithmOid.sha1)), der.octets(Uint8Array.of(1))),
    ],
    [
      'a digest with parameters',
      'key.bad-parameters',
      listOf(der.sequence(der.oid(streebog), der.integer(1)), der.octets(Uint8Array.of(1))),
    ],
    [
      'a part too many',
      'asn1.unexpected-type',
      listOf(der.octets(Uint8Array.of(1)), issuerSerial(directory), der.null()),
    ],
    ['two names of the issuer', 'asn1.unexpected-type', issuerSerial(directory, directory)],
    ['no name of the issuer', 'asn1.unexpected-type', issuerSerial()],
    [
      'a name of the issuer in another form',
      'asn1.unexpected-type',
      issuerSerial(der.context(2, Uint8Array.of(0x61), { constructed: false })),
    ],
  ])('with %s is refused', (name, code, bytes) => {
    const read = () => (name.includes('issuer') ? parseIssuerSerial(readDer(bytes)) : parse(bytes))
    expect(codeOf(read)).toBe(code)
  })

  it('reads the issuer that its twin names', () => {
    expect(parseIssuerSerial(readDer(issuerSerial(directory)))).toEqual({
      issuer: certificate.issuer.bytes,
      serialNumber: certificate.serialNumber,
    })
  })
})

describe('a reference to a certificate', () => {
  const good = {
    digestOid: algorithmOid.sha256,
    certificateHash: hash(algorithmOid.sha256),
    issuer: certificate.issuer.bytes,
    serialNumber: certificate.serialNumber,
  }
  const bare = { ...good, issuer: undefined, serialNumber: undefined }

  it('means the one with its hash, and its issuer and number where they are named', () => {
    expect(matchSigningCertificate(good, certificate)).toBe('match')
    expect(matchSigningCertificate(bare, certificate)).toBe('match')
    expect(matchSigningCertificate(bare, root)).toBe('mismatch')
    expect(matchSigningCertificate({ ...good, serialNumber: '01' }, certificate)).toBe('mismatch')
    expect(matchSigningCertificate({ ...good, issuer: root.issuer.bytes }, certificate)).toBe(
      'mismatch',
    )
  })

  it('by a digest that nobody computes is open, unless the name is another', () => {
    const unknown = { ...good, digestOid: '1.2.3.4' }
    expect(matchSigningCertificate(unknown, certificate)).toBe('unsupported')
    expect(matchSigningCertificate({ ...unknown, serialNumber: '01' }, certificate)).toBe(
      'mismatch',
    )
  })
})
