import { describe, expect, it } from 'vitest'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { codeOf } from '../test-support/code-of.ts'
import { buildExtension } from './build-extension.ts'
import { buildName } from './build-name.ts'
import { allReasons, reasonFlags, wholeNames } from './distribution-points.ts'
import { parseCertificateExtensions } from './extensions.ts'
import { parseName } from './name.ts'
import { extensionOid } from './oids.ts'

const parse = (oid: string, value: Uint8Array) =>
  parseCertificateExtensions(readDer(der.sequence(buildExtension(oid, value))))

const count = (tag: number, ...octets: readonly number[]): Uint8Array =>
  der.context(tag, Uint8Array.from(octets), { constructed: false })
const dns = count(2, 0x61)
const directory = der.context(4, buildName([['CN', 'a']]))

describe('extensions that constrain', () => {
  it('are read', () => {
    const { policyConstraints } = parse(
      extensionOid.policyConstraints,
      der.sequence(count(0, 2), count(1, 0)),
    )
    expect(policyConstraints).toEqual({
      critical: false,
      requireExplicitPolicy: 2,
      inhibitPolicyMapping: 0,
    })
    expect(parse(extensionOid.inhibitAnyPolicy, der.integer(3)).inhibitAnyPolicy).toEqual({
      critical: false,
      skipCerts: 3,
    })
    const mapping = der.sequence(der.oid('2.25.1'), der.oid('2.25.2'))
    expect(parse(extensionOid.policyMappings, der.sequence(mapping)).policyMappings).toEqual({
      critical: false,
      mappings: [{ issuerDomainPolicy: '2.25.1', subjectDomainPolicy: '2.25.2' }],
    })
  })

  it('of names tell bounds that mean nothing in this profile', () => {
    const subtree = (...bounds: readonly Uint8Array[]) =>
      parse(
        extensionOid.nameConstraints,
        der.sequence(der.context(1, der.sequence(dns, ...bounds))),
      ).nameConstraints?.excluded?.[0]?.isBounded
    expect(subtree()).toBe(false)
    expect(subtree(count(0, 0))).toBe(false)
    expect(subtree(count(0, 1))).toBe(true)
    expect(subtree(count(1, 5))).toBe(true)
    expect(subtree(count(0, 0), count(1, 5))).toBe(true)
  })

  it.each([
    ['no policy constraint', extensionOid.policyConstraints, der.sequence()],
    ['a negative count', extensionOid.policyConstraints, der.sequence(count(0, 0xff))],
    ['a negative skip', extensionOid.inhibitAnyPolicy, der.integer(-1)],
    ['no mapping', extensionOid.policyMappings, der.sequence()],
    [
      'a mapping of three',
      extensionOid.policyMappings,
      der.sequence(der.sequence(der.oid('2.25.1'), der.oid('2.25.1'), der.oid('2.25.1'))),
    ],
    ['no policy', extensionOid.certificatePolicies, der.sequence()],
    [
      'a policy with no qualifier in its list',
      extensionOid.certificatePolicies,
      der.sequence(der.sequence(der.oid('2.25.1'), der.sequence())),
    ],
    ['no subtree', extensionOid.nameConstraints, der.sequence(der.context(0, []))],
    ['a third list of subtrees', extensionOid.nameConstraints, der.sequence(der.context(2, dns))],
    ['no point', extensionOid.crlDistributionPoints, der.sequence()],
    [
      'a point named twice',
      extensionOid.crlDistributionPoints,
      der.sequence(
        der.sequence(der.context(0, [der.context(0, directory), der.context(1, der.null())])),
      ),
    ],
    [
      'a point below by what is no name',
      extensionOid.freshestCrl,
      der.sequence(der.sequence(der.context(0, der.context(1, der.integer(1))))),
    ],
    ['no alternative name', extensionOid.issuerAltName, der.sequence()],
  ])('are refused with %s', (_name, oid, value) => {
    expect(codeOf(() => parse(oid, value))).toBe('x509.bad-extension')
  })
})

describe('distribution points', () => {
  const point = (...parts: readonly Uint8Array[]) =>
    parse(extensionOid.crlDistributionPoints, der.sequence(der.sequence(...parts)))
      .crlDistributionPoints?.points[0]

  it('tell reasons by their bits', () => {
    expect(point(count(1, 6, 0x40))?.reasons).toBe(reasonFlags.keyCompromise)
    expect(point(count(1, 7, 0xff, 0x80))?.reasons).toBe(allReasons)
    expect(point(count(1, 7, 0x80))?.reasons).toBe(0)
    expect(point()?.reasons).toBeUndefined()
  })

  it('named below an issuer have a whole name with it', () => {
    const issuer = parseName(
      buildName([
        ['C', 'KZ'],
        ['O', 'a'],
      ]),
    )
    const part = buildName([['CN', 'b']]).subarray(2)
    expect(wholeNames({ relativeName: part }, issuer)).toMatchObject([
      { type: 'directory', name: { text: 'CN=b,O=a,C=KZ' } },
    ])
    const deep = parseName(buildName(Array.from({ length: 64 }, () => ['OU', 'a'] as const)))
    expect(wholeNames({ relativeName: part }, deep)).toEqual([])
  })
})
