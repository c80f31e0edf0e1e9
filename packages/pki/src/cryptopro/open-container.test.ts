import { curveOf, derivePublicKey, generatePrivateKey } from '@muhr/gost'
import { describe, expect, it } from 'vitest'
import { concatOctets, fromHex, toHex } from '../asn1/bytes.ts'
import { der } from '../asn1/write.ts'
import { algorithmOid } from '../keys/oids.ts'
import { encodePkcs8, parsePkcs8 } from '../keys/pkcs8.ts'
import { schemeById } from '../keys/schemes.ts'
import { createSigningKey, generateKey } from '../keys/signing-key.ts'
import { verifySignature } from '../keys/verify-signature.ts'
import { randomOctets } from '../platform/random-octets.ts'
import { codeOf } from '../test-support/code-of.ts'
import { issueTest } from '../test-support/test-ca.ts'
import { buildContainer } from './build-container.fixture.ts'
import { openCryptoProContainer } from './open-container.ts'

const privateKey = generatePrivateKey('tc26-256-A', randomOctets)
const pin = '1234'
const set = { parameterSet: algorithmOid.ruParameterSet256A }

const certificateOf = async (key: Uint8Array): Promise<Uint8Array> => {
  const scheme = schemeById('ru-2012-256')
  if (scheme.family !== 'gost') {
    throw new TypeError('a GOST scheme was expected')
  }
  const parameters = [algorithmOid.ruParameterSet256A]
  const signer = createSigningKey(encodePkcs8({ scheme, parameters, privateKey: key }))
  const { certificate } = await issueTest({ key: signer })
  return Uint8Array.from(certificate.bytes)
}

const flipped = (files: Map<string, Uint8Array>, name: string, at: number, bit: number) => {
  const bytes = files.get(name) ?? new Uint8Array()
  return new Map(files).set(name, bytes.with(at, (bytes[at] ?? 0) ^ (1 << bit)))
}

const without = (files: Map<string, Uint8Array>, ...names: readonly string[]) =>
  new Map([...files].filter(([name]) => !names.includes(name)))

const changed = (files: Map<string, Uint8Array>, name: string, bytes: Uint8Array) =>
  new Map(files).set(name, bytes)

const open = (files: ReadonlyMap<string, Uint8Array>, typed = pin) =>
  openCryptoProContainer({ files, pin: typed })

describe('openCryptoProContainer', () => {
  const files = buildContainer({ privateKey, pin, ...set })

  it('gives a key that signs, with its name and its public key', () => {
    const { key, name, pair, secondKey } = open(files)
    expect([name, pair, secondKey]).toEqual(['test', 'primary', null])
    expect(key.publicKey).toEqual(derivePublicKey('tc26-256-A', privateKey))
    const { spki, scheme, sign } = key.signingKey()
    const data = Uint8Array.of(1, 2, 3)
    expect(verifySignature({ spki, scheme, data, signature: sign(data) })).toBe(true)
    const parsed = parsePkcs8(key.exportPkcs8())
    expect(parsed.type === 'gost' && toHex(parsed.privateKey)).toBe(toHex(privateKey))
  })

  it('takes names in capitals and with a folder before them', () => {
    const upper = new Map(
      [...files].map(([name, bytes]) => [`A:\\x.000\\${name.toUpperCase()}`, bytes]),
    )
    expect(open(upper).name).toBe('test')
  })

  it('a wrong PIN is told as such, never as damage', () => {
    for (const typed of ['', '1235', '12345', ' 1234', 'x'.repeat(257)]) {
      expect(codeOf(() => open(files, typed))).toBe('cryptopro.wrong-pin')
    }
    // Without the check value it cannot be told from damage of the key itself.
    const unchecked = buildContainer({ privateKey, pin, ...set, hasPinCheck: false })
    expect(codeOf(() => open(unchecked, '1235'))).toBe('cryptopro.wrong-pin')
    expect(open(unchecked).pair).toBe('primary')
  })

  it('a container without a PIN opens whatever is typed', () => {
    const free = buildContainer({ privateKey, ...set })
    expect(open(free, '').pair).toBe('primary')
    expect(open(free, 'anything').pair).toBe('primary')
  })

  it.each([0, 1, 2])('a PIN beyond ASCII in reading %i', (pinReading) => {
    const spoken = buildContainer({ privateKey, pin: 'пин-код', pinReading, ...set })
    expect(open(spoken, 'пин-код').pair).toBe('primary')
    expect(codeOf(() => open(spoken, 'пин-кот'))).toBe('cryptopro.wrong-pin')
  })

  it('any flipped bit of the header is damage', () => {
    const { length } = files.get('header.key') ?? []
    for (let at = 0; at < Number(length); at += 1) {
      expect([at, codeOf(() => open(flipped(files, 'header.key', at, at % 8)))]).toEqual([
        at,
        'cryptopro.damaged',
      ])
    }
  })

  it.each(['masks.key', 'primary.key'])(
    'any flipped bit of %s: the reserve pair is used',
    (name) => {
      const { length } = files.get(name) ?? []
      const alone = without(files, 'masks2.key', 'primary2.key')
      for (let at = 0; at < Number(length); at += 8) {
        const container = open(flipped(files, name, at, at % 8))
        expect([at, container.pair]).toEqual([at, 'reserve'])
        expect(container.key.publicKey).toEqual(derivePublicKey('tc26-256-A', privateKey))
        const code = codeOf(() => open(flipped(alone, name, at, at % 8)))
        expect([at, code]).toEqual([at, 'cryptopro.damaged'])
      }
    },
  )

  it('damage in the reserve pair harms nobody, damage in both is told', () => {
    const broken = flipped(files, 'masks2.key', 10, 0)
    expect(open(broken).pair).toBe('primary')
    expect(codeOf(() => open(flipped(broken, 'masks.key', 10, 0)))).toBe('cryptopro.damaged')
  })

  it('a name that is no name is damage', () => {
    expect(codeOf(() => open(changed(files, 'name.key', Uint8Array.of(0x30, 1, 0))))).toBe(
      'cryptopro.damaged',
    )
    const cyrillic = der.sequence(Uint8Array.of(0x16, 4, 0xea, 0xeb, 0xfe, 0xf7))
    expect(open(changed(files, 'name.key', cyrillic)).name).toBe('ключ')
  })

  it('missing files: half a pair or the header, but not the reserve pair or the name', () => {
    for (const gone of [
      ['header.key'],
      ['masks.key', 'masks2.key'],
      ['primary.key', 'primary2.key'],
    ]) {
      expect(codeOf(() => open(without(files, ...gone)))).toBe('cryptopro.missing-file')
    }
    expect(open(without(files, 'masks2.key', 'primary2.key')).pair).toBe('primary')
    expect(open(without(files, 'primary.key')).pair).toBe('reserve')
    expect(open(without(files, 'name.key')).name).toBeNull()
  })

  it('zeros behind the header are filling, other octets are damage, and so is a huge file', () => {
    const header = files.get('header.key') ?? new Uint8Array()
    const filled = (...tail: readonly number[]) =>
      changed(files, 'header.key', concatOctets(header, Uint8Array.from(tail)))
    expect(open(filled(0, 0, 0, 0)).pair).toBe('primary')
    expect(codeOf(() => open(filled(0, 1)))).toBe('cryptopro.damaged')
    expect(codeOf(() => open(filled(...new Uint8Array(64 * 1024))))).toBe('cryptopro.damaged')
    const large = changed(files, 'name.key', new Uint8Array(1025))
    expect(codeOf(() => open(large))).toBe('cryptopro.damaged')
  })

  it('a mask of 512 bits beside a curve of 256 is refused', () => {
    const long = buildContainer({
      privateKey: generatePrivateKey('tc26-512-A', randomOctets),
      scheme: 'ru-2012-512',
      pin,
    })
    const mixed = changed(
      without(files, 'masks2.key', 'primary2.key'),
      'masks.key',
      long.get('masks.key') ?? new Uint8Array(),
    )
    expect(codeOf(() => open(mixed))).toBe('cryptopro.damaged')
    expect(open(long).key.publicKey).toHaveLength(128)
  })

  it('a number that begins with a zero octet keeps its length', () => {
    const small = Uint8Array.of(...fromHex('0102030405060708'), ...new Uint8Array(24))
    const { key } = open(buildContainer({ privateKey: small, pin, ...set }))
    const parsed = parsePkcs8(key.exportPkcs8())
    expect(parsed.type === 'gost' && parsed.privateKey).toEqual(small)
  })

  it('a key that must not be exported signs and is not exported', () => {
    const { key } = open(buildContainer({ privateKey, pin, ...set, exportable: false }))
    expect(key.exportable).toBe(false)
    expect(codeOf(() => key.exportPkcs8())).toBe('key.not-exportable')
    const { spki, scheme, sign } = key.signingKey()
    const data = Uint8Array.of(9)
    expect(verifySignature({ spki, scheme, data, signature: sign(data) })).toBe(true)
    expect(JSON.stringify(key)).not.toContain(toHex(privateKey))
  })

  it('the certificate of another key is refused, though the fingerprint is right', async () => {
    const own = await certificateOf(privateKey)
    const other = await certificateOf(generatePrivateKey('tc26-256-A', randomOctets))
    expect(
      open(buildContainer({ privateKey, pin, ...set, certificate: own })).key.certificate,
    ).toEqual(own)
    const swapped = buildContainer({ privateKey, pin, ...set, certificate: other })
    expect(codeOf(() => open(swapped))).toBe('key.mismatch')
    const passed = (certificate: Uint8Array) => () =>
      openCryptoProContainer({ files, pin, certificate })
    expect(codeOf(passed(other))).toBe('key.mismatch')
    expect(passed(own)().key.certificate).toEqual(own)
  })

  it('-d has the same x and so the same fingerprint: the certificate tells it from d', async () => {
    const certificate = await certificateOf(privateKey)
    const { q } = curveOf('tc26-256-A')
    const d = BigInt(`0x${toHex(privateKey.toReversed())}`)
    const negated = fromHex((q - d).toString(16).padStart(64, '0')).reverse()
    const container = buildContainer({ privateKey: negated, pin, ...set, certificate })
    expect(codeOf(() => open(container))).toBe('key.mismatch')
  })

  it('without a fingerprint the certificate is the proof, without both nothing opens', async () => {
    const bare = { privateKey, pin, ...set, hasFingerprint: false, hasPinCheck: false }
    const certificate = await certificateOf(privateKey)
    expect(open(buildContainer({ ...bare, certificate })).pair).toBe('primary')
    expect(codeOf(() => open(buildContainer({ ...bare, certificate }), '9'))).toBe(
      'cryptopro.wrong-pin',
    )
    expect(codeOf(() => open(buildContainer(bare)))).toBe('cryptopro.needs-certificate')
  })

  it('a second key of its own is found by its own fingerprint', () => {
    const secondKey = generatePrivateKey('tc26-256-A', randomOctets)
    const both = open(buildContainer({ privateKey, pin, ...set, secondKey }))
    expect(both.key.publicKey).toEqual(derivePublicKey('tc26-256-A', privateKey))
    expect(both.secondKey?.publicKey).toEqual(derivePublicKey('tc26-256-A', secondKey))
  })

  it('of two fields of primary.key the fingerprint chooses the right one; three are the old format', () => {
    const decoy = der.octets(new Uint8Array(32).fill(7))
    const two = buildContainer({ privateKey, pin, ...set, leadingFields: [decoy] })
    expect(open(two).key.publicKey).toEqual(derivePublicKey('tc26-256-A', privateKey))
    const three = buildContainer({ privateKey, pin, ...set, trailingFields: [decoy, decoy] })
    expect(codeOf(() => open(three))).toBe('cryptopro.old-format')
    const v1 = buildContainer({ privateKey, pin, ...set, type: '1.2.643.2.2.37.1' })
    expect(codeOf(() => open(v1))).toBe('cryptopro.old-format')
    const unknown = buildContainer({ privateKey, pin, ...set, type: '1.2.643.2.2.37.9' })
    expect(codeOf(() => open(unknown))).toBe('cryptopro.unsupported')
  })

  it('a key of 2001 opens and is exported, but makes no signatures', () => {
    const key = generatePrivateKey('cryptopro-A', randomOctets)
    const spec = { privateKey: key, scheme: 'ru-2001', parameterSet: '1.2.643.2.2.36.0' } as const
    const opened = open(buildContainer({ ...spec, pin })).key
    expect(opened.scheme.id).toBe('ru-2001')
    expect(codeOf(() => opened.signingKey())).toBe('key.verify-only')
    const parsed = parsePkcs8(opened.exportPkcs8())
    expect(parsed.type === 'gost' && toHex(parsed.privateKey)).toBe(toHex(key))
  })

  it('is no key of another room', () => {
    expect(codeOf(() => open(new Map([['header.key', generateKey('ru-2012-256')]])))).toBe(
      'cryptopro.damaged',
    )
  })
})
