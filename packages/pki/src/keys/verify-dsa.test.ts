import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { expectSequence, integerOf } from '../asn1/access.ts'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { codeOf } from '../test-support/code-of.ts'
import { nodeSigner, sha256 } from '../test-support/node-key.ts'
import { algorithmOid } from './oids.ts'
import { schemeById } from './schemes.ts'
import { type DsaPublicKey, parseSpki } from './spki.ts'
import {
  inheritParameters,
  isDsaKeyUsable,
  lacksParameters,
  verifyDsaDigest,
} from './verify-dsa.ts'
import { expectUsableKey, verifySignature } from './verify-signature.ts'

const pair = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 })
const longPair = generateKeyPairSync('dsa', { modulusLength: 2048, divisorLength: 256 })
const data = new TextEncoder().encode('sample')
const { spki, sign } = nodeSigner(pair, 'dsa-sha256')

const dsaKeyOf = (key: typeof spki.key): DsaPublicKey => {
  if (key.type !== 'dsa') {
    throw new TypeError('no DSA key')
  }
  return key
}
const key = dsaKeyOf(spki.key)
const parameters = key.parameters ?? { p: 0n, q: 0n, g: 0n }
const signature = sign(data)
const [r = 0n, s = 0n] = expectSequence(readDer(signature)).map(integerOf)
const encode = (left: bigint, right: bigint): Uint8Array =>
  der.sequence(der.integer(left), der.integer(right))
const verify = (bytes: Uint8Array, change: Partial<DsaPublicKey> = {}): boolean =>
  verifyDsaDigest({ ...key, ...change }, { digest: sha256(data), signature: bytes })

/** The same key with its parameters left out, as RFC 3279 §2.3.2 allows. */
const bare = parseSpki(
  der.sequence(der.sequence(der.oid(algorithmOid.dsa)), der.bits(der.integer(key.y))),
)

describe('DSA by OpenSSL', () => {
  it.each([
    ['1024 with 160', pair],
    ['2048 with 256', longPair],
  ])('of %s bits verifies, and over another content not', (_name, keys) => {
    for (const id of ['dsa-sha1', 'dsa-sha256'] as const) {
      const signer = nodeSigner(keys, id)
      const scheme = schemeById(id)
      const input = { spki: signer.spki, scheme, signature: signer.sign(data) }
      expectUsableKey(input)
      expect(verifySignature({ ...input, data })).toBe(true)
      expect(verifySignature({ ...input, data: data.with(0, 1) })).toBe(false)
    }
  })

  it.each([
    ['r = 0', encode(0n, s)],
    ['s = 0', encode(r, 0n)],
    ['r + q', encode(r + parameters.q, s)],
    ['s + q', encode(r, s + parameters.q)],
    ['s below 0', encode(r, s - parameters.q)],
    ['r and s swapped', encode(s, r)],
    ['nothing', new Uint8Array()],
  ])('is refused with %s', (_name, bytes) => {
    expect(verify(signature)).toBe(true)
    expect(verify(bytes)).toBe(false)
  })

  it('is refused under a key or generator outside the subgroup, with which anybody signs', () => {
    for (const y of [1n, parameters.p - 1n, key.y + 1n]) {
      expect(isDsaKeyUsable({ ...key, y })).toBe(false)
      expect(verify(signature, { y })).toBe(false)
    }
    const withGenerator = { ...key, parameters: { ...parameters, g: parameters.p - 1n } }
    expect(isDsaKeyUsable(withGenerator)).toBe(false)
  })
})

describe('a DSA key without parameters', () => {
  const scheme = schemeById('dsa-sha256')

  it('is not verified with until it has those of its issuer', () => {
    expect(lacksParameters(bare)).toBe(true)
    expect(codeOf(() => expectUsableKey({ spki: bare, scheme }))).toBe('key.missing-parameters')
    expect(verifySignature({ spki: bare, scheme, signature, data })).toBe(false)
    const working = inheritParameters(bare, spki)
    expect(lacksParameters(working)).toBe(false)
    expect(verifySignature({ spki: working, scheme, signature, data })).toBe(true)
    expect(inheritParameters(bare, spki)).toBe(working)
  })

  it('takes none from a key of another kind, or from one that has none itself', () => {
    const other = nodeSigner(generateKeyPairSync('ec', { namedCurve: 'prime256v1' }), 'ecdsa-sha1')
    expect(inheritParameters(bare, other.spki)).toBe(bare)
    expect(inheritParameters(bare, bare)).toBe(bare)
    expect(inheritParameters(spki, nodeSigner(longPair, 'dsa-sha1').spki)).toBe(spki)
  })
})

describe('a DSA key of impossible size', () => {
  const spkiWith = (change: Partial<typeof parameters>, y = key.y): Uint8Array => {
    const { p, q, g } = { ...parameters, ...change }
    const encoded = der.sequence(der.integer(p), der.integer(q), der.integer(g))
    return der.sequence(der.sequence(der.oid(algorithmOid.dsa), encoded), der.bits(der.integer(y)))
  }

  it.each([
    ['a huge p', { p: (1n << 5000n) + 1n }],
    ['a small p', { p: 65_537n }],
    ['an even p', { p: parameters.p + 1n }],
    ['a q of other bits', { q: (1n << 200n) + 1n }],
    ['g = 1', { g: 1n }],
    ['g = p', { g: parameters.p }],
  ])('cannot be read: %s', (_name, change) => {
    expect(codeOf(() => parseSpki(spkiWith({})))).toBe('accepted')
    expect(codeOf(() => parseSpki(spkiWith(change)))).toBe('key.malformed')
  })

  it('nor y of 1, or of p and more', () => {
    for (const y of [1n, 0n, parameters.p]) {
      expect(codeOf(() => parseSpki(spkiWith({}, y)))).toBe('key.malformed')
    }
  })
})
