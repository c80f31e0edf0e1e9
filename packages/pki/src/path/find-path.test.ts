import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { der } from '../asn1/write.ts'
import { schemeById } from '../keys/schemes.ts'
import { createSigningKey } from '../keys/signing-key.ts'
import type { PathFailureCode, PathResult } from '../path/types.ts'
import { fixtureCertificate, hasFixtures, readFixture } from '../test-support/fixtures.ts'
import {
  caExtensions,
  issueTest,
  signerExtensions,
  type TestCertificateSpec,
  type TestEntity,
  testKey,
  testNotAfter,
  testNotBefore,
} from '../test-support/test-ca.ts'
import { buildExtension, extension } from '../x509/build-extension.ts'
import { parseCertificate } from '../x509/parse-certificate.ts'
import { findPath } from './find-path.ts'

const at = new Date('2026-06-01T00:00:00Z')
const rootKey = testKey('root')
const caKey = testKey('ca')
const leafKey = testKey('leaf')
const caName = [['CN', 'TEST CA']] as const
const leafName = [['CN', 'ТЕСТОВ ТЕСТ']] as const

const root = await issueTest({ key: rootKey })
const issueCa = (change: TestCertificateSpec = {}): Promise<TestEntity> =>
  issueTest({
    subject: caName,
    key: caKey,
    issuer: root,
    extensions: caExtensions(caKey),
    ...change,
  })
const issueLeaf = (change: TestCertificateSpec = {}): Promise<TestEntity> =>
  issueTest({ subject: leafName, key: leafKey, extensions: signerExtensions(leafKey), ...change })
const ca = await issueCa()
const leaf = await issueLeaf({ issuer: ca })

type World = {
  readonly leaf?: TestEntity
  readonly cas?: readonly TestEntity[]
  readonly anchors?: readonly TestEntity[]
  readonly at?: Date
}
const find = (world: World = {}): PathResult =>
  findPath(
    {
      certificate: (world.leaf ?? leaf).certificate,
      anchors: (world.anchors ?? [root]).map(({ certificate }) => certificate),
      intermediates: (world.cas ?? [ca]).map(({ certificate }) => certificate),
    },
    { at: world.at ?? at },
  )
const codeOf = (result: PathResult): PathFailureCode | 'valid' =>
  result.status === 'valid' ? 'valid' : result.code

describe('findPath finds', () => {
  it('leaf, CA and root, with every check of each passed', () => {
    const result = find()
    expect(result.status).toBe('valid')
    expect(result.chain).toEqual([leaf, ca, root].map(({ certificate }) => certificate))
    expect(result.anchor).toBe(root.certificate)
    expect(result.checks.every((check) => check.result === 'passed')).toBe(true)
    expect(result.checks.filter(({ name }) => name === 'signature')).toHaveLength(2)
  })

  it('a chain that ends at a trusted intermediate', () => {
    expect(find({ anchors: [ca], cas: [] }).chain).toHaveLength(2)
  })

  it('a leaf that is itself trusted', () => {
    expect(find({ anchors: [leaf], cas: [] }).chain).toEqual([leaf.certificate])
  })

  it('the right one of two CAs with one name and other keys', async () => {
    const otherKey = testKey('other')
    const other = await issueCa({ key: otherKey, extensions: caExtensions(otherKey) })
    for (const cas of [
      [other, ca],
      [ca, other],
    ]) {
      expect(find({ cas }).chain[1]).toBe(ca.certificate)
    }
  })

  it('the valid one of two certificates of one CA key', async () => {
    const expired = await issueCa({ change: { notAfter: new Date('2025-01-01T00:00:00Z') } })
    for (const cas of [
      [expired, ca],
      [ca, expired],
    ]) {
      expect(find({ cas }).chain[1]).toBe(ca.certificate)
    }
    expect(codeOf(find({ cas: [expired] }))).toBe('expired')
  })

  it('a leaf whose validity is not nested in its CA’s', async () => {
    const older = await issueLeaf({
      issuer: ca,
      change: { notBefore: new Date('2020-01-01T00:00:00Z') },
    })
    expect(codeOf(find({ leaf: older }))).toBe('valid')
  })

  it('a CA whose name differs in case and spaces only', async () => {
    const named = await issueCa({ subject: [['CN', 'test   ca ']] })
    expect(codeOf(find({ cas: [named] }))).toBe('valid')
  })

  it('at the first and the last second of validity, and not a second beyond', () => {
    const after = (date: Date, seconds: number): Date => new Date(date.getTime() + seconds * 1000)
    expect(codeOf(find({ at: testNotBefore }))).toBe('valid')
    expect(codeOf(find({ at: testNotAfter }))).toBe('valid')
    expect(codeOf(find({ at: after(testNotBefore, -1) }))).toBe('not-yet-valid')
    expect(codeOf(find({ at: after(testNotAfter, 1) }))).toBe('expired')
  })
})

describe('findPath refuses', () => {
  const refusedCa = async (change: TestCertificateSpec): Promise<PathFailureCode | 'valid'> =>
    codeOf(find({ cas: [await issueCa(change)] }))
  const refusedLeaf = async (change: TestCertificateSpec): Promise<PathFailureCode | 'valid'> =>
    codeOf(find({ leaf: await issueLeaf({ issuer: ca, ...change }) }))

  it('a leaf with no issuer at hand', () => {
    const result = find({ cas: [] })
    expect(result).toMatchObject({ status: 'invalid', code: 'issuer-not-found', anchor: null })
    expect(result.chain).toEqual([leaf.certificate])
  })

  it('a root that is no anchor', () => {
    const result = find({ anchors: [], cas: [ca, root] })
    expect(codeOf(result)).toBe('untrusted-root')
    expect(result.chain).toHaveLength(3)
  })

  it('a foreign root that bears the name of the anchor', async () => {
    const foreignKey = testKey('foreign')
    const foreign = await issueTest({ key: foreignKey })
    const foreignCa = await issueCa({ issuer: foreign })
    const foreignLeaf = await issueLeaf({ issuer: foreignCa })
    const world = { leaf: foreignLeaf, cas: [foreignCa, foreign] }
    expect(codeOf(find(world))).toBe('untrusted-root')
    expect(codeOf(find({ ...world, anchors: [foreign] }))).toBe('valid')
  })

  it('a changed octet in the leaf, and names the issuer that did not verify', () => {
    const bytes = Uint8Array.from(leaf.certificate.bytes)
    const at = Buffer.from(bytes).indexOf(Buffer.from('ТЕСТОВ'))
    bytes[at + 1] = (bytes[at + 1] ?? 0) ^ 1
    const changed = { certificate: parseCertificate(bytes), key: leafKey }
    const result = find({ leaf: changed })
    expect(result).toMatchObject({ code: 'signature-invalid', candidate: ca.certificate })
  })

  it('an issuer of the name with another key identifier', async () => {
    const otherKey = testKey('other')
    const other = await issueCa({ key: otherKey, extensions: caExtensions(otherKey) })
    const pinned = await issueLeaf({
      issuer: ca,
      extensions: [
        ...signerExtensions(leafKey),
        extension.authorityKeyIdentifier(new Uint8Array(20).fill(9)),
      ],
    })
    expect(codeOf(find({ leaf: pinned, cas: [other] }))).toBe('issuer-key-mismatch')
    expect(codeOf(find({ cas: [other] }))).toBe('signature-invalid')
    expect(codeOf(find({ leaf: pinned, cas: [ca] }))).toBe('valid')
  })

  it('a leaf that issues', async () => {
    const below = await issueLeaf({ issuer: leaf, subject: [['CN', 'TEST below']] })
    expect(codeOf(find({ leaf: below, cas: [ca, leaf] }))).toBe('not-a-ca')
    expect(codeOf(find({ leaf: below, cas: [ca, leaf], anchors: [root, leaf] }))).toBe('not-a-ca')
  })

  it('a CA without basicConstraints, or with cA false', async () => {
    expect(await refusedCa({ extensions: [extension.keyUsage(['keyCertSign'])] })).toBe('not-a-ca')
    const notCa = [extension.basicConstraints({ ca: false }), extension.keyUsage(['keyCertSign'])]
    expect(await refusedCa({ extensions: notCa })).toBe('not-a-ca')
    const isCa = [extension.basicConstraints({ ca: true }), extension.keyUsage(['keyCertSign'])]
    expect(await refusedCa({ extensions: isCa })).toBe('valid')
  })

  it('a CA whose key may not sign certificates', async () => {
    const extensions = [extension.basicConstraints({ ca: true }), extension.keyUsage(['cRLSign'])]
    expect(await refusedCa({ extensions })).toBe('no-key-cert-sign')
  })

  it('a chain longer than a CA allows, self-issued certificates not counted', async () => {
    const narrowRoot = await issueTest({ key: rootKey, extensions: caExtensions(rootKey, 0) })
    const narrowCa = await issueCa({ issuer: narrowRoot })
    const narrowLeaf = await issueLeaf({ issuer: narrowCa })
    const world = { leaf: narrowLeaf, cas: [narrowCa] }
    expect(codeOf(find({ ...world, anchors: [narrowRoot] }))).toBe('path-length-exceeded')
    const wideRoot = await issueTest({ key: rootKey, extensions: caExtensions(rootKey, 1) })
    expect(codeOf(find({ ...world, anchors: [wideRoot] }))).toBe('valid')
    const newKey = testKey('root, renewed')
    const rolledOver = await issueTest({
      key: newKey,
      issuer: narrowRoot,
      extensions: caExtensions(newKey),
    })
    const direct = await issueLeaf({ issuer: rolledOver })
    expect(codeOf(find({ leaf: direct, cas: [rolledOver], anchors: [narrowRoot] }))).toBe('valid')
  })

  it('an unknown critical extension, in leaf or CA', async () => {
    const unknown = (critical: boolean) => buildExtension('1.2.3.4', der.null(), { critical })
    for (const refused of [refusedLeaf, refusedCa]) {
      const base = refused === refusedLeaf ? signerExtensions(leafKey) : caExtensions(caKey)
      expect(await refused({ extensions: [...base, unknown(true)] })).toBe(
        'unknown-critical-extension',
      )
      expect(await refused({ extensions: [...base, unknown(false)] })).toBe('valid')
    }
  })

  it('a critical policy is understood', async () => {
    const policy = extension.certificatePolicies([{ oid: '2.25.1' }], { critical: true })
    expect(await refusedLeaf({ extensions: [...signerExtensions(leafKey), policy] })).toBe('valid')
  })

  it('a CA that constrains names', async () => {
    const constraint = buildExtension('2.5.29.30', der.sequence(), { critical: true })
    expect(await refusedCa({ extensions: [...caExtensions(caKey), constraint] })).toBe(
      'name-constraints-unsupported',
    )
  })

  it('a chain signed with SHA-1, unless history is looked at', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pkcs8 = new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }))
    const historic = {
      ...createSigningKey(pkcs8),
      scheme: schemeById('rsa-sha1'),
      sign: (data: Uint8Array) => new Uint8Array(sign('sha1', data, privateKey)),
    }
    const oldRoot = await issueTest({ key: historic, extensions: caExtensions(historic) })
    const oldLeaf = await issueLeaf({ issuer: oldRoot })
    const search = { certificate: oldLeaf.certificate, anchors: [oldRoot.certificate] }
    expect(codeOf(findPath(search, { at }))).toBe('algorithm-weak')
    expect(codeOf(findPath(search, { at, allowedSchemes: ['rsa-sha1'] }))).toBe('valid')
  })

  it('a scheme that was not allowed', () => {
    const search = {
      certificate: leaf.certificate,
      anchors: [root.certificate],
      intermediates: [ca.certificate],
    }
    expect(codeOf(findPath(search, { at, allowedSchemes: ['rsa-sha256'] }))).toBe('algorithm-weak')
    expect(codeOf(findPath(search, { at, allowedSchemes: ['kz-2015-512'] }))).toBe('valid')
  })

  it('an RSA key shorter than asked', async () => {
    const key = testKey('rsa', 'rsa-2048')
    const rsaLeaf = await issueLeaf({ key, issuer: ca, extensions: signerExtensions(key) })
    const search = {
      certificate: rsaLeaf.certificate,
      anchors: [root.certificate],
      intermediates: [ca.certificate],
    }
    expect(codeOf(findPath(search, { at, minRsaBits: 3072 }))).toBe('algorithm-weak')
    expect(codeOf(findPath(search, { at }))).toBe('valid')
  })

  it('a signature of an algorithm that belongs to another key', async () => {
    const rsaKey = testKey('rsa', 'rsa-2048')
    const rsaCa = await issueCa({ key: rsaKey, extensions: caExtensions(rsaKey) })
    expect(codeOf(find({ cas: [rsaCa] }))).toBe('algorithm-unsupported')
  })
})

describe('the search is bounded', () => {
  it('by the length of a chain and by signatures', async () => {
    const search = {
      certificate: leaf.certificate,
      anchors: [root.certificate],
      intermediates: [ca.certificate],
    }
    expect(codeOf(findPath({ ...search, limits: { maxLength: 2 } }, { at }))).toBe('search-limit')
    expect(codeOf(findPath({ ...search, limits: { maxLength: 3 } }, { at }))).toBe('valid')
    const few = { maxSignatureChecks: 1 }
    expect(codeOf(findPath({ ...search, limits: few }, { at }))).toBe('search-limit')
  })

  it('in a mesh of CAs that all certify each other', async () => {
    const names = ['A', 'B', 'C', 'D'].map((name) => [['CN', `TEST ${name}`]] as const)
    const meshKeys = names.map((_name, index) => testKey(`mesh ${index}`))
    const roots = await Promise.all(
      names.map((subject, index) => issueTest({ subject, key: meshKeys[index] ?? caKey })),
    )
    const crossed = await Promise.all(
      roots.flatMap((issuer, from) =>
        names.flatMap((subject, to) => {
          const key = meshKeys[to] ?? caKey
          return from === to
            ? []
            : [issueTest({ subject, key, issuer, extensions: caExtensions(key) })]
        }),
      ),
    )
    const meshLeaf = await issueLeaf({ issuer: roots[0] ?? root })
    const result = find({ leaf: meshLeaf, cas: crossed })
    expect(['issuer-not-found', 'search-limit', 'untrusted-root']).toContain(codeOf(result))
    expect(codeOf(find({ leaf: meshLeaf, cas: crossed, anchors: [roots[3] ?? root] }))).toBe(
      'valid',
    )
  })
})

describe.skipIf(!hasFixtures('kz'))('chains of Kazakhstan', () => {
  const { chains } = JSON.parse(new TextDecoder().decode(readFixture('kz/expected.json'))) as {
    readonly chains: Readonly<Record<string, string>>
  }
  const prod = ['root_gost', 'root_gost_2020', 'root_gost_2022', 'root_rsa', 'root_rsa_2020']
  const anchors = [
    ...prod.map((name) => `kz/ca-prod/${name}.cer`),
    'kz/ca-test/root_test_gost_2022.cer',
    'kz/ca-test/nca_gost_test_2019.cer',
    'kz/ca-test/nca_rsa_test_2019.cer',
  ].map(fixtureCertificate)
  const intermediates = [
    'nca_gost',
    'nca_gost_2022',
    'nca_rsa',
    'nca_rsa_2022',
    'ucgo_gost',
    'btsd_gost',
  ]
    .map((name) => fixtureCertificate(`kz/ca-prod/${name}.cer`))
    .concat(fixtureCertificate('kz/ca-test/nca_gost2022_test.cer'))

  it.each(Object.entries(chains))('%s chains to %s', (child, parent) => {
    const certificate = fixtureCertificate(`kz/${child}`)
    const middle = new Date((certificate.notBefore.getTime() + certificate.notAfter.getTime()) / 2)
    const result = findPath({ certificate, anchors, intermediates }, { at: middle })
    expect(codeOf(result)).toBe('valid')
    expect(result.chain[1]?.sha256).toBe(fixtureCertificate(`kz/${parent}`).sha256)
  })

  it('of the test PKI do not reach the roots of production', () => {
    const certificate = fixtureCertificate('kz/certs/individual_sign_gost2015_2023.cer')
    const result = findPath(
      { certificate, anchors: anchors.slice(0, prod.length), intermediates },
      { at: new Date('2024-06-01T00:00:00Z') },
    )
    expect(codeOf(result)).toBe('issuer-not-found')
  })

  it('that ended are expired today and valid before', () => {
    const certificate = fixtureCertificate('kz/ca-prod/nca_gost.cer')
    const judge = (at: string) =>
      codeOf(findPath({ certificate, anchors, intermediates }, { at: new Date(at) }))
    expect(judge('2026-01-01T00:00:00Z')).toBe('expired')
    expect(judge('2024-01-01T00:00:00Z')).toBe('valid')
  })
})
