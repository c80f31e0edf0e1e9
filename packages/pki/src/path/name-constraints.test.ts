import { describe, expect, it } from 'vitest'
import { der } from '../asn1/write.ts'
import {
  caExtensions,
  issueTest,
  signerExtensions,
  type TestEntity,
  testKey,
} from '../test-support/test-ca.ts'
import { buildExtension } from '../x509/build-extension.ts'
import { buildName, type NameAttributeInput } from '../x509/build-name.ts'
import { extensionOid } from '../x509/oids.ts'
import { findPath } from './find-path.ts'

const at = new Date('2026-06-01T00:00:00Z')
const key = testKey('any')
const root = await issueTest({ key })

const text = (tag: number, value: string): Uint8Array =>
  der.context(tag, new TextEncoder().encode(value), { constructed: false })
const email = (value: string): Uint8Array => text(1, value)
const dns = (value: string): Uint8Array => text(2, value)
const uri = (value: string): Uint8Array => text(6, value)
const ip = (...octets: readonly number[]): Uint8Array =>
  der.context(7, Uint8Array.from(octets), { constructed: false })
const directory = (...attributes: readonly NameAttributeInput[]): Uint8Array =>
  der.context(4, buildName(attributes))
const otherName = der.context(0, [
  der.oid('1.3.6.1.4.1.311.20.2.3'),
  der.context(0, der.utf8('a@b')),
])
const registeredId = der.context(8, Uint8Array.of(0x2a, 0x03), { constructed: false })

type Subtrees = {
  readonly permitted?: readonly Uint8Array[]
  readonly excluded?: readonly Uint8Array[]
  readonly critical?: boolean
}
const constraints = ({ permitted, excluded, critical = true }: Subtrees): Uint8Array => {
  const list = (tag: number, bases: readonly Uint8Array[] | undefined) =>
    bases === undefined
      ? []
      : [
          der.context(
            tag,
            bases.map((base) => der.sequence(base)),
          ),
        ]
  return buildExtension(
    extensionOid.nameConstraints,
    der.sequence(...list(0, permitted), ...list(1, excluded)),
    { critical },
  )
}
const altNames = (names: readonly Uint8Array[]): readonly Uint8Array[] =>
  names.length === 0 ? [] : [buildExtension(extensionOid.subjectAltName, der.sequenceOf(names))]

const caName = [['O', 'TEST CA']] as const
const issueCa = (extensions: readonly Uint8Array[], issuer: TestEntity = root) =>
  issueTest({ subject: caName, key, issuer, extensions: [...caExtensions(key), ...extensions] })

/** The outcome for a leaf below a CA so constrained. */
const judge = async (
  extensions: readonly Uint8Array[],
  names: readonly Uint8Array[],
  subject: readonly NameAttributeInput[] = [['CN', 'ТЕСТОВ ТЕСТ']],
): Promise<string> => {
  const ca = await issueCa(extensions)
  const leaf = await issueTest({
    subject,
    key,
    issuer: ca,
    extensions: [...signerExtensions(key), ...altNames(names)],
  })
  const result = findPath(
    {
      certificate: leaf.certificate,
      anchors: [root.certificate],
      intermediates: [ca.certificate],
    },
    { at },
  )
  return result.status === 'valid' ? 'valid' : result.code
}

const outside = 'name-not-permitted'
const excluded = 'name-excluded'
const unclear = 'name-constraints-unsupported'

/** Constraint, name, outcome when the constraint permits, outcome when it excludes. */
const forms: readonly (readonly [string, Uint8Array, Uint8Array, string, string])[] = [
  ['a mailbox', email('a@host.kz'), email('a@HOST.kz'), 'valid', excluded],
  ['a mailbox, case of its local part', email('a@host.kz'), email('A@host.kz'), outside, 'valid'],
  ['all mail of a host', email('host.kz'), email('b@host.kz'), 'valid', excluded],
  ['a host and one below it', email('host.kz'), email('b@sub.host.kz'), outside, 'valid'],
  ['mail of the hosts below', email('.host.kz'), email('b@sub.host.kz'), 'valid', excluded],
  ['the hosts below and the host', email('.host.kz'), email('b@host.kz'), outside, 'valid'],
  ['mail and no mailbox', email('host.kz'), email('host.kz'), unclear, unclear],
  ['a host', dns('host.kz'), dns('HOST.kz'), 'valid', excluded],
  ['a host with labels', dns('host.kz'), dns('a.b.host.kz'), 'valid', excluded],
  ['a host and a longer label', dns('host.kz'), dns('myhost.kz'), outside, 'valid'],
  ['a host and its parent', dns('a.host.kz'), dns('host.kz'), outside, 'valid'],
  ['a final dot', dns('host.kz'), dns('a.host.kz.'), 'valid', excluded],
  ['any host', dns(''), dns('host.kz'), 'valid', excluded],
  ['a domain with a dot', dns('.host.kz'), dns('host.kz'), outside, 'valid'],
  ['a wildcard over what is named', dns('a.host.kz'), dns('*.host.kz'), outside, excluded],
  ['a URI of a host', uri('host.kz'), uri('https://u:p@HOST.kz:8443/x?y'), 'valid', excluded],
  ['a URI below a host', uri('host.kz'), uri('https://a.host.kz/'), outside, 'valid'],
  ['a URI of a domain', uri('.host.kz'), uri('ldap://a.host.kz/'), 'valid', excluded],
  ['a URI of the domain itself', uri('.host.kz'), uri('https://host.kz/'), outside, 'valid'],
  [
    'a URI with a host in its user',
    uri('host.kz'),
    uri('http://host.kz@evil.kz'),
    outside,
    'valid',
  ],
  ['a URI with an address', uri('host.kz'), uri('https://10.0.0.1/'), unclear, unclear],
  ['a URI without a host', uri('host.kz'), uri('urn:oid:1.2'), unclear, unclear],
  ['an address', ip(10, 1, 0, 0, 255, 255, 0, 0), ip(10, 1, 2, 3), 'valid', excluded],
  ['another address', ip(10, 1, 0, 0, 255, 255, 0, 0), ip(10, 2, 0, 1), outside, 'valid'],
  [
    'an address of the other family',
    ip(0, 0, 0, 0, 0, 0, 0, 0),
    ip(...Array<number>(16).fill(0)),
    outside,
    'valid',
  ],
  ['a mask with a hole', ip(10, 1, 0, 0, 255, 0, 255, 0), ip(10, 1, 0, 3), unclear, unclear],
  ['a mask too short', ip(10, 1, 255, 255), ip(10, 1, 0, 3), unclear, unclear],
  [
    'a directory',
    directory(['C', 'KZ'], ['O', 'Ромашка']),
    directory(['C', 'KZ'], ['O', ' ромашка '], ['CN', 'a']),
    'valid',
    excluded,
  ],
  [
    'a directory and its parent',
    directory(['C', 'KZ'], ['O', 'a']),
    directory(['C', 'KZ']),
    outside,
    'valid',
  ],
  [
    'a directory in another order',
    directory(['C', 'KZ'], ['O', 'a']),
    directory(['O', 'a'], ['C', 'KZ']),
    outside,
    'valid',
  ],
  ['mail of a host written with a sign', email('@host.kz'), email('b@host.kz'), 'valid', excluded],
  ['a mailbox of another host', email('a@host.kz'), email('a@other.kz'), outside, 'valid'],
  ['the hosts below and no label', email('.host.kz'), email('b@.host.kz'), outside, 'valid'],
  ['any mail', email(''), email('b@host.kz'), 'valid', excluded],
  ['mail and no host', email('host.kz'), email('b@'), unclear, unclear],
  ['mail and no local part', email('host.kz'), email('@host.kz'), unclear, unclear],
  ['a host and none', dns('host.kz'), dns(''), unclear, unclear],
  ['a domain with a dot and a label', dns('.host.kz'), dns('a.host.kz'), 'valid', excluded],
  ['a URI behind other text', uri('host.kz'), uri('1 https://host.kz/'), unclear, unclear],
  [
    'a URI with a port that is none',
    uri('.host.kz'),
    uri('https://a:b.host.kz/'),
    unclear,
    unclear,
  ],
  ['a URI with a wildcard', uri('.host.kz'), uri('https://*.host.kz/'), unclear, unclear],
  ['a URI with more than a host', uri('host.kz'), uri('https://host.kz*/'), unclear, unclear],
  ['a URI whose host ends in digits', uri('.10'), uri('https://a.10/'), 'valid', excluded],
  ['a URI whose host begins so', uri('.host.kz'), uri('https://10.host.kz/'), 'valid', excluded],
  ['any URI', uri(''), uri('https://host.kz/'), 'valid', excluded],
  [
    'an address of six',
    ip(0x20, 1, ...Array<number>(14).fill(0), 255, 255, ...Array<number>(14).fill(0)),
    ip(0x20, 1, ...Array<number>(14).fill(7)),
    'valid',
    excluded,
  ],
  [
    'octets that are no address',
    ip(10, 1, 0, 0, 255, 255, 0, 0),
    ip(10, 1, 2, 3, 4),
    unclear,
    unclear,
  ],
  ['a mask that begins late', ip(10, 1, 0, 0, 255, 15, 0, 0), ip(10, 1, 2, 3), unclear, unclear],
  ['another name', otherName, otherName, unclear, unclear],
  ['a registered identifier', registeredId, registeredId, unclear, unclear],
]

describe('name constraints on subjectAltName', () => {
  it.each(forms)('%s', async (_name, base, name, ifPermitted, ifExcluded) => {
    const subject = [
      ['C', 'KZ'],
      ['O', 'РОМАШКА'],
      ['CN', 'x'],
    ] as const
    const isDirectory = base[0] === 0xa4
    // A constraint on directory names binds the subject too: there it is the only name that is judged.
    const permitting = [constraints({ permitted: [base] })]
    const excluding = [constraints({ excluded: [base] })]
    const inSubject = isDirectory && ifPermitted === 'valid' ? subject : [['CN', 'x'] as const]
    if (!isDirectory || ifPermitted === 'valid') {
      expect(await judge(permitting, [name], inSubject)).toBe(ifPermitted)
    } else {
      expect(await judge(permitting, [name], subject)).toBe(outside)
    }
    expect(await judge(excluding, [name], [['CN', 'x']])).toBe(ifExcluded)
  })

  it('say nothing of other forms', async () => {
    expect(await judge([constraints({ permitted: [dns('host.kz')] })], [email('a@b.kz')])).toBe(
      'valid',
    )
    const each = [email('host.kz'), dns('host.kz'), uri('host.kz'), directory(['O', 'a'])]
    const mixed = [...each, ip(10, 1, 0, 0, 255, 255, 0, 0), otherName]
    const values = [
      ...[email('b@other.kz'), dns('other.kz'), uri('https://other.kz/'), directory(['O', 'b'])],
      ...[ip(10, 2, 0, 0), registeredId],
    ]
    for (const [form, value] of values.entries()) {
      const others = mixed.filter((_base, index) => index !== form)
      expect(await judge([constraints({ excluded: others })], [value])).toBe('valid')
    }
    expect(await judge([constraints({ excluded: [otherName] })], [registeredId])).toBe('valid')
    expect(await judge([constraints({ permitted: [otherName] })], [])).toBe('valid')
  })

  it('bind every name, and each needs one subtree of several', async () => {
    const both = constraints({ permitted: [dns('a.kz'), dns('b.kz')] })
    expect(await judge([both], [dns('x.a.kz'), dns('x.b.kz')])).toBe('valid')
    expect(await judge([both], [dns('x.a.kz'), dns('x.c.kz')])).toBe(outside)
  })

  it('count though not marked critical', async () => {
    const soft = constraints({ permitted: [dns('a.kz')], critical: false })
    expect(await judge([soft], [dns('b.kz')])).toBe(outside)
  })

  it('with bounds that RFC 5280 does not use refuse names of the form only', async () => {
    const bounded = buildExtension(
      extensionOid.nameConstraints,
      der.sequence(
        der.context(
          0,
          der.sequence(dns('a.kz'), der.context(1, Uint8Array.of(1), { constructed: false })),
        ),
      ),
      { critical: true },
    )
    expect(await judge([bounded], [dns('a.kz')])).toBe(unclear)
    expect(await judge([bounded], [email('a@a.kz')])).toBe('valid')
  })

  it('tell the form of the name that they refuse, never the name', async () => {
    const detailOf = async (base: Uint8Array, name: Uint8Array) => {
      const ca = await issueCa([constraints({ permitted: [base] })])
      const subject = [['CN', 'x']] as const
      const extensions = [...signerExtensions(key), ...altNames([name])]
      const leaf = await issueTest({ subject, key, issuer: ca, extensions })
      const anchors = [root.certificate]
      const intermediates = [ca.certificate]
      const { checks } = findPath({ certificate: leaf.certificate, anchors, intermediates }, { at })
      return checks.flatMap((check) => (check.result === 'failed' ? [check.detail] : []))
    }
    expect(await detailOf(dns('a.kz'), dns('b.kz'))).toEqual(['dns'])
    expect(await detailOf(otherName, otherName)).toEqual(['form 0'])
    expect(await detailOf(registeredId, registeredId)).toEqual(['form 8'])
  })

  it('that are empty are refused', async () => {
    const empty = buildExtension(extensionOid.nameConstraints, der.sequence(), { critical: true })
    expect(await judge([empty], [])).toBe(unclear)
  })
})

describe('name constraints on the subject', () => {
  const permitted = constraints({ permitted: [directory(['C', 'KZ'])] })

  it('hold for the distinguished name, unless it is empty', async () => {
    expect(
      await judge(
        [permitted],
        [],
        [
          ['C', 'KZ'],
          ['CN', 'x'],
        ],
      ),
    ).toBe('valid')
    expect(
      await judge(
        [permitted],
        [],
        [
          ['C', 'RU'],
          ['CN', 'x'],
        ],
      ),
    ).toBe(outside)
    expect(await judge([permitted], [directory(['C', 'KZ'])], [])).toBe('valid')
    expect(await judge([permitted], [directory(['C', 'RU'])], [])).toBe(outside)
  })

  it('hold for mail addresses in it', async () => {
    const mail = constraints({ permitted: [email('a.kz')] })
    expect(await judge([mail], [], [['EMAILADDRESS', 'x@a.kz']])).toBe('valid')
    expect(await judge([mail], [], [['EMAILADDRESS', 'x@b.kz']])).toBe(outside)
    expect(await judge([mail], [email('x@a.kz')], [['EMAILADDRESS', 'x@b.kz']])).toBe(outside)
  })

  it('see through invisible characters', async () => {
    const none = constraints({ excluded: [directory(['O', 'Evil'])] })
    expect(await judge([none], [], [['O', 'Good']])).toBe('valid')
    expect(await judge([none], [], [['O', 'E\u00advil\u200b']])).toBe(excluded)
  })
})

describe('name constraints along a chain', () => {
  const chain = async (
    first: readonly Uint8Array[],
    second: { readonly extensions?: readonly Uint8Array[]; readonly isSelfIssued?: boolean },
    names: readonly Uint8Array[],
  ): Promise<string> => {
    const upper = await issueCa(first)
    const lowerKey = testKey('lower')
    const lower = await issueTest({
      subject: second.isSelfIssued === true ? caName : [['O', 'TEST sub CA']],
      key: lowerKey,
      issuer: upper,
      extensions: [...caExtensions(lowerKey), ...(second.extensions ?? [])],
    })
    const leaf = await issueTest({
      subject: [['C', 'KZ']],
      key,
      issuer: lower,
      extensions: [...signerExtensions(key), ...altNames(names)],
    })
    const result = findPath(
      {
        certificate: leaf.certificate,
        anchors: [root.certificate],
        intermediates: [upper.certificate, lower.certificate],
      },
      { at },
    )
    return result.status === 'valid' ? 'valid' : result.code
  }

  it('narrow each other', async () => {
    const wide = [constraints({ permitted: [dns('kz')] })]
    const narrow = { extensions: [constraints({ permitted: [dns('a.kz')] })] }
    expect(await chain(wide, narrow, [dns('x.a.kz')])).toBe('valid')
    expect(await chain(wide, narrow, [dns('x.b.kz')])).toBe(outside)
    const elsewhere = { extensions: [constraints({ permitted: [dns('ru')] })] }
    expect(await chain(wide, elsewhere, [dns('x.kz')])).toBe(outside)
    expect(await chain(wide, elsewhere, [dns('x.ru')])).toBe(outside)
    const less = { extensions: [constraints({ excluded: [dns('b.kz')] })] }
    expect(await chain(wide, less, [dns('x.b.kz')])).toBe(excluded)
  })

  it('bind CAs below, but not self-issued ones', async () => {
    const kz = [constraints({ permitted: [directory(['C', 'KZ'])] })]
    expect(await chain(kz, {}, [])).toBe(outside)
    expect(await chain(kz, { isSelfIssued: true }, [])).toBe('valid')
  })

  it('of the caller count like those of an anchor', async () => {
    const leaf = await issueTest({ subject: [['C', 'KZ']], key, issuer: root })
    const base = { type: 'directory', name: root.certificate.subject } as const
    const search = { certificate: leaf.certificate, anchors: [root.certificate] }
    const nameConstraints = { excluded: [{ base, isBounded: false }] }
    expect(findPath(search, { at, nameConstraints })).toMatchObject({ status: 'valid' })
    const permittedOnly = { permitted: [{ base, isBounded: false }] }
    expect(findPath(search, { at, nameConstraints: permittedOnly })).toMatchObject({
      code: outside,
    })
    const bound = await issueTest({
      key,
      extensions: [...caExtensions(key), constraints({ permitted: [directory(['C', 'RU'])] })],
    })
    expect(findPath({ ...search, anchors: [bound.certificate] }, { at })).toMatchObject({
      code: outside,
    })
  })
})

describe('a pile of names and constraints', () => {
  it('is refused before it costs more than a chain is worth', async () => {
    const many = (make: (value: string) => Uint8Array) =>
      Array.from({ length: 900 }, (_, index) => make(`n${index}.kz`))
    const started = process.cpuUsage().user
    expect(await judge([constraints({ excluded: many(dns) })], many(dns))).toBe(unclear)
    expect(process.cpuUsage().user - started).toBeLessThan(5_000_000)
  })
})
