import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { der } from '../asn1/write.ts'
import { isPkiError } from '../error.ts'
import {
  distributionPoints,
  issueList,
  issuingPoint,
  listTime,
  nameOf,
  revoke,
} from '../test-support/crl-world.ts'
import { authority, ca, issueLeaf, listKey, root } from '../test-support/list-world.ts'
import { nodeSigner } from '../test-support/node-key.ts'
import { caExtensions, issueTest, type TestEntity } from '../test-support/test-ca.ts'
import { buildExtension, extension } from '../x509/build-extension.ts'
import { buildName } from '../x509/build-name.ts'
import { extensionOid } from '../x509/oids.ts'
import { type Certificate, parseCertificate } from '../x509/parse-certificate.ts'
import { checkPathRevocation } from './check-path-revocation.ts'
import { findPath, findPaths } from './find-path.ts'
import type { PathRequirements } from './types.ts'

const at = listTime
const judge = (
  leaf: TestEntity,
  cas: readonly TestEntity[] = [ca],
  change: Partial<PathRequirements> = {},
): string => {
  const result = findPath(
    {
      certificate: leaf.certificate,
      anchors: [root.certificate],
      intermediates: cas.map(({ certificate }) => certificate),
    },
    { at, ...change },
  )
  return result.status === 'valid' ? 'valid' : result.code
}

const rich = (change: { readonly policy?: Uint8Array } = {}) =>
  authority(
    [
      ['C', 'KZ'],
      ['CN', 'TEST rich CA'],
    ],
    {
      issuer: root,
      extensions: [
        change.policy ?? extension.certificatePolicies([{ oid: '2.25.1' }, { oid: '2.25.2' }]),
        buildExtension(
          extensionOid.policyMappings,
          der.sequence(der.sequence(der.oid('2.25.1'), der.oid('2.25.3'))),
          { critical: true },
        ),
        buildExtension(
          extensionOid.policyConstraints,
          der.sequence(der.context(0, Uint8Array.of(0), { constructed: false })),
          { critical: true },
        ),
        buildExtension(extensionOid.inhibitAnyPolicy, der.integer(1), { critical: true }),
        buildExtension(
          extensionOid.nameConstraints,
          der.sequence(der.context(0, der.sequence(der.context(4, buildName([['C', 'KZ']]))))),
          { critical: true },
        ),
      ],
    },
  )

const issueBelow = (issuer: TestEntity, extensions: readonly Uint8Array[]): Promise<TestEntity> =>
  issueTest({
    subject: [
      ['C', 'KZ'],
      ['CN', 'ТЕСТОВ'],
    ],
    key: listKey('leaf'),
    issuer,
    extensions,
  })

describe('constraints of a CA', () => {
  it('are met, or refuse by their own name', async () => {
    const above = await rich()
    const leaf = await issueBelow(above, [extension.certificatePolicies([{ oid: '2.25.3' }])])
    expect(judge(leaf, [above])).toBe('valid')
    const unmapped = await issueBelow(above, [extension.certificatePolicies([{ oid: '2.25.1' }])])
    expect(judge(unmapped, [above])).toBe('policy-required')
    const silent = await issueBelow(above, [])
    expect(judge(silent, [above])).toBe('policy-required')
    const wanted = { policies: { initialPolicySet: ['2.25.1'] } }
    expect(judge(leaf, [above], wanted)).toBe('valid')
    expect(judge(leaf, [above], { policies: { initialPolicySet: ['2.25.2'] } })).toBe(
      'policy-required',
    )
    expect(judge(leaf, [above], { policies: { initialPolicySet: ['2.5.29.32.0'] } })).toBe('valid')
    expect(judge(leaf, [above], { policies: { inhibitPolicyMapping: true } })).toBe(
      'policy-required',
    )
  })

  it('with a policy twice are refused, which of the two counts being open', async () => {
    const twice = extension.certificatePolicies([{ oid: '2.25.1' }, { oid: '2.25.1', cps: 'x' }])
    const above = await rich({ policy: twice })
    const leaf = await issueBelow(above, [extension.certificatePolicies([{ oid: '2.25.3' }])])
    expect(judge(leaf, [above])).toBe('policy-malformed')
  })
})

describe('algorithms', () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const old = nodeSigner(pair, 'rsa-sha1')

  it('that are weak are warnings where they are asked to be', async () => {
    const oldRoot = await issueTest({ key: old, extensions: caExtensions(old) })
    const leaf = await issueTest({
      subject: [['CN', 'TEST old']],
      key: listKey('leaf'),
      issuer: oldRoot,
    })
    const search = { certificate: leaf.certificate, anchors: [oldRoot.certificate] }
    expect(findPath(search, { at })).toMatchObject({ status: 'invalid', code: 'algorithm-weak' })
    const warned = findPath(search, { at, weakAlgorithms: 'warning' })
    expect(warned.status).toBe('valid')
    expect(
      warned.checks.flatMap((check) => (check.result === 'warning' ? [check.detail] : [])),
    ).toEqual(['RSA 1024', 'rsa-sha1'])
  })

  it('that are broken are refused even so', async () => {
    const signer = { ...old, scheme: { ...old.scheme, signatureOid: '1.2.840.113549.1.1.4' } }
    const md5Root = await issueTest({ key: signer, extensions: caExtensions(old) })
    const leaf = await issueTest({ key: listKey('leaf'), issuer: { ...md5Root, key: signer } })
    const search = { certificate: leaf.certificate, anchors: [md5Root.certificate] }
    expect(findPath(search, { at, weakAlgorithms: 'warning' })).toMatchObject({
      code: 'algorithm-unsupported',
    })
    const tiny = nodeSigner(generateKeyPairSync('rsa', { modulusLength: 768 }), 'rsa-sha256')
    const tinyRoot = await issueTest({ key: tiny, extensions: caExtensions(tiny) })
    const below = await issueTest({
      key: listKey('leaf'),
      issuer: tinyRoot,
      subject: [['CN', 'x']],
    })
    expect(
      findPath(
        { certificate: below.certificate, anchors: [tinyRoot.certificate] },
        { at, weakAlgorithms: 'warning' },
      ),
    ).toMatchObject({ code: 'algorithm-unsupported' })
  })

  it('of an issuer under another name are told as the broken name', async () => {
    const identifier = new Uint8Array(20).fill(7)
    const renamed = await issueTest({
      subject: [['CN', 'TEST another name']],
      key: ca.key,
      issuer: root,
      extensions: [
        extension.basicConstraints({ ca: true }),
        extension.subjectKeyIdentifier(identifier),
      ],
    })
    const leaf = await issueLeaf([extension.authorityKeyIdentifier(identifier)])
    expect(judge(leaf, [renamed])).toBe('name-chaining')
    expect(judge(leaf, [])).toBe('issuer-not-found')
    expect(judge(leaf, [renamed, ca])).toBe('valid')
  })
})

describe('every chain', () => {
  it('is judged in turn, the valid and the others', async () => {
    const { certificate } = await issueLeaf()
    const expired = await issueTest({
      subject: [
        ['O', 'TEST'],
        ['CN', 'CA'],
      ],
      key: ca.key,
      issuer: root,
      extensions: caExtensions(ca.key),
      change: { notAfter: new Date('2025-01-01T00:00:00Z') },
    })
    const intermediates = [expired.certificate, ca.certificate]
    const search = { certificate, anchors: [root.certificate], intermediates }
    const statuses = [...findPaths(search, { at })].map(({ status }) => status)
    expect(statuses.toSorted()).toEqual(['invalid', 'valid'])
    expect([...findPaths({ ...search, limits: { maxPaths: 1 } }, { at })]).toHaveLength(1)
    expect([...findPaths({ ...search, anchors: [] }, { at })]).toHaveLength(1)
  })
})

const changed = (bytes: Uint8Array, { at: place, mask }: { at: number; mask: number }) =>
  bytes.with(place % bytes.length, (bytes[place % bytes.length] ?? 0) ^ mask)

const read = (bytes: Uint8Array): Certificate | undefined => {
  try {
    return parseCertificate(bytes)
  } catch (error) {
    expect(isPkiError(error)).toBe(true)
    return undefined
  }
}

describe('any changed octet', async () => {
  const above = await rich()
  const points = distributionPoints({ fullName: [nameOf(above)], crlIssuer: [nameOf(above)] })
  const leaf = await issueBelow(above, [extension.certificatePolicies([{ oid: '2.25.3' }]), points])
  const list = await issueList(above, {
    extensions: [issuingPoint({ fullName: [nameOf(above)], indirect: true })],
    entries: [revoke(root)],
  })
  const rootList = await issueList(root)
  const change = fc.record({ at: fc.nat(5000), mask: fc.integer({ min: 1, max: 255 }) })
  const requirements = { at }

  it('of a certificate of the chain makes no path, and throws nothing', () => {
    fc.assert(
      fc.property(change, fc.boolean(), (where, ofLeaf) => {
        const certificate = ofLeaf ? read(changed(leaf.certificate.bytes, where)) : leaf.certificate
        const middle = ofLeaf ? above.certificate : read(changed(above.certificate.bytes, where))
        if (certificate !== undefined) {
          const path = findPath(
            {
              certificate,
              anchors: [root.certificate],
              intermediates: middle === undefined ? [] : [middle],
            },
            requirements,
          )
          expect(path.status).toBe('invalid')
        }
      }),
      { numRuns: 400 },
    )
  })

  it('of a list says nothing good, and throws nothing', () => {
    const chain = [leaf, above, root].map(({ certificate }) => certificate)
    const judgeList = (bytes: Uint8Array) =>
      checkPathRevocation({ chain, crls: [rootList, bytes], requirements })[0]?.fact?.status
    expect(judgeList(list.bytes)).toBe('good')
    fc.assert(
      fc.property(change, (where) => {
        expect(judgeList(changed(list.bytes, where))).not.toBe('good')
      }),
      { numRuns: 300 },
    )
  })
})
