import { constants, generateKeyPairSync, privateEncrypt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { concatOctets } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { digestOf } from './digests.ts'
import { algorithmOid } from './oids.ts'
import { parseSpki } from './spki.ts'
import { verifyRsaDigest } from './verify-rsa.ts'

/** Exponent 3, as the forgeries of padding like it. */
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicExponent: 3,
})
const spki = parseSpki(new Uint8Array(publicKey.export({ format: 'der', type: 'spki' })))
const digest = digestOf(algorithmOid.sha256, new TextEncoder().encode('content'))
const size = 256

/** The signature whose recovered block is exactly these octets. */
const signatureOf = (block: Uint8Array): Uint8Array =>
  new Uint8Array(privateEncrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, block))

const info = (
  algorithm: Uint8Array = der.sequence(der.oid(algorithmOid.sha256), der.null()),
  hash: Uint8Array = digest,
): Uint8Array => der.sequence(algorithm, der.octets(hash))

/** 00 01 FF … FF 00 and what follows it (RFC 8017 §9.2). */
const padded = (tail: Uint8Array, { type = 1, fill = 0xff, after = new Uint8Array() } = {}) =>
  concatOctets(
    Uint8Array.of(0, type),
    new Uint8Array(size - 3 - tail.length - after.length).fill(fill),
    Uint8Array.of(0),
    tail,
    after,
  )

const holds = (block: Uint8Array): boolean =>
  verifyRsaDigest(spki, {
    digestOid: algorithmOid.sha256,
    digest,
    signature: signatureOf(block),
  })

describe('padding of PKCS #1 v1.5', () => {
  it('that is right holds', () => {
    expect(holds(padded(info()))).toBe(true)
  })

  it.each([
    ['octets after the digest', padded(info(), { after: new Uint8Array(20).fill(7) })],
    ['short padding and garbage behind it', padded(info(), { after: new Uint8Array(190) })],
    ['padding of another octet', padded(info(), { fill: 0xfe })],
    ['padding of zeros', padded(info(), { fill: 0 })],
    ['a block for encryption', padded(info(), { type: 2 })],
    ['a block of type 0', padded(info(), { type: 0 })],
    ['no parameters of the digest', padded(info(der.sequence(der.oid(algorithmOid.sha256))))],
    [
      'garbage in the parameters of the digest',
      padded(info(der.sequence(der.oid(algorithmOid.sha256), der.octets(new Uint8Array(30))))),
    ],
    [
      'another digest algorithm',
      padded(info(der.sequence(der.oid(algorithmOid.sha1), der.null()))),
    ],
    ['the bare digest', padded(digest)],
    ['a digest that is cut', padded(info(undefined, digest.subarray(0, 20)))],
    [
      'a digest with an octet more',
      padded(info(undefined, concatOctets(digest, Uint8Array.of(0)))),
    ],
    ['another digest', padded(info(undefined, digest.toReversed()))],
    [
      'a length in the long form',
      padded(concatOctets(Uint8Array.of(0x30, 0x81), info().subarray(1))),
    ],
  ])('%s is refused', (_name, block) => {
    expect(holds(block)).toBe(false)
  })

  it('a signature that is no number below the modulus is refused', () => {
    for (const signature of [
      new Uint8Array(),
      new Uint8Array(size),
      new Uint8Array(size).fill(0xff),
      concatOctets(Uint8Array.of(0), signatureOf(padded(info()))),
      signatureOf(padded(info())).subarray(1),
    ]) {
      expect(verifyRsaDigest(spki, { digestOid: algorithmOid.sha256, digest, signature })).toBe(
        false,
      )
    }
  })
})
