import { concatOctets, der, readBer, writePem } from '../../asn1/index.ts'
import { asLongLength } from './hostile-cms.ts'
import type { HostileProfile } from './hostile-profile.ts'
import type { HostileCase, HostileSample } from './hostile-sample.ts'

const nested = (depth: number): Uint8Array => {
  let value = der.null()
  for (let level = 0; level < depth; level += 1) {
    value = der.sequence(value)
  }
  return value
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value)

/** The first place of some octets inside others. */
const placeOf = (needle: Uint8Array, haystack: Uint8Array): number => {
  for (let offset = 0; offset + needle.length <= haystack.length; offset += 1) {
    if (needle.every((octet, index) => haystack[offset + index] === octet)) {
      return offset
    }
  }
  throw new Error('the part is not in the container')
}

/** Hostile encodings: row "ASN.1" of crypto.md §6, row 5 of security.md, and changes of named parts. */
export const hostileAsn1 = (profile: HostileProfile): readonly HostileSample[] => {
  const { pki, container, verified, attributes } = profile
  const { signer, authority } = pki
  const right = container()
  const twin = verified(right)
  const data = readBer(right).children[1]?.children[0]
  const fields = data?.children ?? []
  const rebuilt = (...parts: readonly Uint8Array[]): Uint8Array =>
    der.sequence(der.oid('1.2.840.113549.1.7.2'), der.context(0, der.sequence(...parts)))
  const parts = fields.map(({ bytes }) => bytes)
  const replaced = (index: number, value: Uint8Array): Uint8Array =>
    rebuilt(...parts.map((part, place) => (place === index ? value : part)))
  const flipped = (needle: Uint8Array, within: number): Uint8Array => {
    const position = placeOf(needle, right) + within
    return right.with(position, (right[position] ?? 0) ^ 1)
  }
  const signature = signer.key.sign(der.setOf(...Object.values(attributes)))
  const info = readBer(parts.at(-1) ?? new Uint8Array()).children[0]
  const value = info?.children[5]?.content ?? signature
  const own = signer.certificate
  const many = der.sequenceOf(Array.from({ length: 300_000 }, () => der.null()))
  const pem = writePem('CMS', right)

  const rows: readonly (readonly [
    name: string,
    hostile: Uint8Array | HostileCase,
    code: string,
    indication?: HostileSample['indication'],
  ])[] = [
    [
      'nesting of 10,000 levels in place of the version',
      replaced(0, nested(10_000)),
      'asn1.too-deep',
    ],
    [
      'nesting of 200 levels among the certificates',
      container({ certificates: [own.bytes, nested(200)] }),
      'asn1.too-deep',
    ],
    ['300,000 parts', replaced(1, many), 'asn1.too-many-nodes'],
    [
      'a length of four gigabytes',
      concatOctets(Uint8Array.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff), right.subarray(4)),
      'asn1',
    ],
    [
      'a length of nine octets',
      replaced(0, Uint8Array.of(2, 0x89, 1, 1, 1, 1, 1, 1, 1, 1, 1)),
      'asn1.bad-length',
    ],
    ['a reserved length', right.with(1, 0xff), 'asn1.bad-length'],
    ['an indefinite length that never ends', right.with(1, 0x80), 'asn1'],
    ['a version that is not minimal', replaced(0, Uint8Array.of(2, 2, 0, 1)), 'asn1.bad-integer'],
    ['an empty version', replaced(0, Uint8Array.of(2, 0)), 'asn1.bad-integer'],
    ['a negative version', replaced(0, der.integer(-1)), 'cms.bad-version'],
    [
      'a version of 40 octets',
      replaced(0, concatOctets(Uint8Array.of(2, 40), new Uint8Array(40).fill(1))),
      'asn1.bad-integer',
    ],
    ['a NULL that is not empty', replaced(0, Uint8Array.of(5, 1, 0)), 'asn1.bad-null'],
    ['a BOOLEAN of two octets', replaced(0, Uint8Array.of(1, 2, 0xff, 0xff)), 'asn1.bad-boolean'],
    [
      'an OID that is cut',
      replaced(2, der.sequence(Uint8Array.of(6, 2, 0x2a, 0x86))),
      'asn1.bad-oid',
    ],
    [
      'an OID with a padded arc',
      replaced(2, der.sequence(Uint8Array.of(6, 3, 0x2a, 0x80, 0x01))),
      'asn1.bad-oid',
    ],
    ['an empty OID', replaced(2, der.sequence(Uint8Array.of(6, 0))), 'asn1.bad-oid'],
    [
      'a tag of the long form without need',
      concatOctets(Uint8Array.of(0x3f, 0x10), right.subarray(1)),
      'asn1',
    ],
    [
      'a digest algorithm set that is a sequence',
      replaced(1, der.sequence()),
      'asn1.unexpected-type',
    ],
    [
      'signers in a sequence',
      rebuilt(...parts.slice(0, -1), der.sequence(info?.bytes ?? new Uint8Array())),
      'asn1.unexpected-type',
    ],
    ['the parts in another order', rebuilt(...parts.toReversed()), 'asn1'],
    [
      'the certificates before the content',
      rebuilt(
        parts[0] ?? der.null(),
        parts[1] ?? der.null(),
        parts[3] ?? der.null(),
        parts[2] ?? der.null(),
        ...parts.slice(4),
      ),
      'asn1',
    ],
    ['no content at all', rebuilt(...parts.filter((_, place) => place !== 2)), 'asn1'],
    [
      'a second content',
      rebuilt(...parts.slice(0, 3), parts[2] ?? der.null(), ...parts.slice(3)),
      'asn1.unexpected-type',
    ],
    ['half of the file', right.subarray(0, right.length / 2), 'asn1.truncated'],
    ['the file twice', concatOctets(right, right), 'asn1.trailing-octets'],
    [
      'a certificate whose length is not minimal inside',
      container({
        certificates: [
          der.sequence(
            asLongLength(readBer(own.bytes).children[0]?.bytes ?? der.null()),
            ...readBer(own.bytes)
              .children.slice(1)
              .map(({ bytes }) => bytes),
          ),
          authority.certificate.bytes,
        ],
      }),
      'asn1.non-minimal-length',
    ],
    ['PEM with a foreign character', text(pem.replace('MI', 'M*')), 'container.unreadable'],
    [
      'PEM whose end is missing',
      text(pem.slice(0, pem.lastIndexOf('-----END'))),
      'container.unreadable',
    ],

    [
      'a bit of the content',
      flipped(new TextEncoder().encode('shartnoma'), 2),
      'content-digest message-digest-mismatch',
    ],
    ['a bit of the signature value', flipped(value, 20), 'signature-value signature-invalid'],
    [
      'a bit of the messageDigest',
      flipped(readBer(attributes.messageDigest).content.subarray(-20), 3),
      'content-digest message-digest-mismatch',
    ],
    [
      'a bit of the signing time',
      flipped(readBer(attributes.signingTime).content.subarray(-13), 11),
      'signature-value signature-invalid',
    ],
    [
      'a bit of the reference to the certificate',
      flipped(readBer(attributes.ess).content.subarray(-20), 1),
      'signing-certificate signing-certificate.mismatch',
    ],
    [
      'a bit of the key in the certificate',
      flipped(own.spki.subjectPublicKey.subarray(-20), 7),
      'embedded-values embedded-damaged',
    ],
    [
      'a bit of the signature on the certificate',
      flipped(own.bytes.subarray(-20), 19),
      'embedded-values embedded-damaged',
    ],
    [
      'a bit of the subject of the certificate',
      flipped(own.subject.bytes, own.subject.bytes.length - 1),
      'embedded-values embedded-damaged',
    ],
    [
      'a bit of the signature on the authority',
      flipped(authority.certificate.bytes.subarray(-20), 19),
      'embedded-values embedded-damaged',
    ],
    ['an empty file', new Uint8Array(), 'container.not-a-signature', 'error'],
    ['a file of zeros', new Uint8Array(5000), 'container.not-a-signature', 'error'],
    ['a text', text('это не подпись'), 'container.not-a-signature', 'error'],
    ['a certificate', own.bytes, 'container.not-a-signature', 'error'],
    ['base64 of nothing', text('===='), 'container.not-a-signature', 'error'],
  ]
  return rows.map(([name, hostile, code, indication = 'TOTAL-FAILED']) => ({
    name: `${profile.name}: ${name}`,
    hostile: hostile instanceof Uint8Array ? verified(hostile) : hostile,
    twin,
    code,
    indication,
  }))
}
