import { describe, expect, it } from 'vitest'
import { der, readBer } from '../asn1/index.ts'
import { algorithmOid, encodeAlgorithmIdentifier } from '../keys/index.ts'
import { codeOf } from '../test-support/code-of.ts'
import { parseAlgorithmProtection } from './algorithm-protection.ts'
import { parseSignerInfo } from './parse-signer-info.ts'

const issuer = der.sequence()
const byIssuer = der.sequence(issuer, der.integer(77))
const byKey = der.context(0, Uint8Array.of(1, 2), { constructed: false })
const sha256 = encodeAlgorithmIdentifier(algorithmOid.sha256, der.null())
const rsa = encodeAlgorithmIdentifier(algorithmOid.rsaEncryption, der.null())
const attribute = der.sequence(der.oid('1.2.3'), der.set(der.null()))
const signed = der.context(0, [attribute])
const unsigned = der.context(1, [attribute])
const value = der.octets(Uint8Array.of(5, 6))

const read = (...parts: readonly Uint8Array[]) => parseSignerInfo(readBer(der.sequence(...parts)))
const codeOfParts = (...parts: readonly Uint8Array[]) => codeOf(() => read(...parts))

describe('a SignerInfo', () => {
  it('by issuer and serial number, with attributes of both kinds', () => {
    const parts = [der.integer(1), byIssuer, sha256, signed, rsa, value, unsigned]
    expect(read(...parts)).toMatchObject({
      bytes: der.sequence(...parts),
      version: 1,
      identifier: { kind: 'issuer-and-serial', issuer, serialNumber: '4d' },
      digestAlgorithm: { oid: algorithmOid.sha256 },
      signedAttributes: {
        list: [{ type: '1.2.3' }],
        tbsBytes: der.set(attribute),
        notDer: undefined,
      },
      signatureAlgorithm: { oid: algorithmOid.rsaEncryption },
      signature: Uint8Array.of(5, 6),
      unsignedAttributes: [{ type: '1.2.3' }],
    })
  })

  it('by key identifier, without attributes', () => {
    expect(read(der.integer(3), byKey, sha256, rsa, value)).toMatchObject({
      version: 3,
      identifier: { kind: 'subject-key-identifier', keyIdentifier: Uint8Array.of(1, 2) },
      signedAttributes: undefined,
      unsignedAttributes: [],
    })
  })

  it('says of signed attributes in BER what is not DER in them, and takes unsigned ones', () => {
    const indefinite = (tag: number) => Uint8Array.of(tag, 0x80, ...attribute, 0, 0)
    const info = read(
      ...[der.integer(1), byIssuer, sha256, indefinite(0xa0), rsa, value, indefinite(0xa1)],
    )
    expect(info.signedAttributes?.notDer).toBe('asn1.indefinite-length')
    expect(info.signedAttributes?.list).toHaveLength(1)
    expect(info.unsignedAttributes).toHaveLength(1)
  })

  it('knows no other fields, and none twice', () => {
    const base = [der.integer(1), byIssuer, sha256, signed, rsa, value]
    expect(codeOfParts(...base)).toBe('accepted')
    for (const more of [
      [der.context(2, [attribute])],
      [attribute],
      [unsigned, unsigned],
      [unsigned, der.null()],
    ]) {
      expect(codeOfParts(...base, ...more)).toBe('asn1.unexpected-type')
    }
  })

  it('names its signer by an issuer and a number and nothing more', () => {
    const named = (identifier: Uint8Array) =>
      codeOfParts(der.integer(1), identifier, sha256, signed, rsa, value)
    expect(named(der.sequence(issuer, der.integer(77), der.null()))).toBe('asn1.unexpected-type')
    expect(named(der.sequence(der.null(), der.integer(77)))).toBe('asn1.unexpected-type')
    expect(named(der.sequence(issuer))).toBe('asn1.missing')
  })

  it('holds parameters of known digests to NULL, and leaves those of others', () => {
    const digest = (oid: string) =>
      codeOfParts(
        ...[der.integer(1), byIssuer, encodeAlgorithmIdentifier(oid, der.integer(5)), rsa, value],
      )
    expect(digest(algorithmOid.sha256)).toBe('key.bad-parameters')
    expect(digest('1.2.3.4')).toBe('accepted')
  })

  it('has attributes of a type and a set of values', () => {
    const third = der.sequence(der.oid('1.2.3'), der.set(), der.null())
    const bad = der.context(0, [third])
    expect(codeOfParts(der.integer(1), byIssuer, sha256, bad, rsa, value)).toBe(
      'asn1.unexpected-type',
    )
  })
})

describe('an algorithm protection', () => {
  const algorithm = (tag: number) =>
    der.context(tag, [der.oid('1.2.840.113549.1.1.11'), der.null()])
  const protection = (...parts: readonly Uint8Array[]) =>
    parseAlgorithmProtection(readBer(der.sequence(sha256, ...parts)))

  it('names digest and signature algorithm, and nothing else', () => {
    expect(protection(algorithm(1))).toEqual({
      digestOid: algorithmOid.sha256,
      signatureOid: '1.2.840.113549.1.1.11',
    })
    for (const parts of [[], [algorithm(2)], [rsa], [algorithm(1), algorithm(2)]]) {
      expect(codeOf(() => protection(...parts))).toBe('asn1.unexpected-type')
    }
  })
})
