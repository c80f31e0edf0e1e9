import { describe, expect, it } from 'vitest'
import {
  caExtensions,
  issueTest,
  signerExtensions,
  type TestCertificateSpec,
  type TestEntity,
  testKey,
} from '../test-support/test-ca.ts'
import { extension, keyIdentifierOf } from '../x509/build-extension.ts'
import { buildPaths } from './build-paths.ts'
import { findPath, findPaths } from './find-path.ts'
import type { PathLimits } from './types.ts'

const at = new Date('2026-06-01T00:00:00Z')
const rootKey = testKey('root')
const caKey = testKey('ca')
const otherKey = testKey('other')
const leafKey = testKey('leaf')
const caName = [['CN', 'TEST CA']] as const
const ended = { notAfter: new Date('2025-01-01T00:00:00Z') }

const root = await issueTest({ key: rootKey })
const foreign = await issueTest({ key: otherKey, subject: [['CN', 'TEST foreign root']] })
const issueCa = (change: TestCertificateSpec = {}): Promise<TestEntity> =>
  issueTest({
    subject: caName,
    key: caKey,
    issuer: root,
    extensions: caExtensions(caKey),
    ...change,
  })
const ca = await issueCa()
const leaf = await issueTest({
  subject: [['CN', 'ТЕСТОВ ТЕСТ']],
  key: leafKey,
  issuer: ca,
  extensions: [
    ...signerExtensions(leafKey),
    extension.authorityKeyIdentifier(keyIdentifierOf(caKey.spki)),
  ],
})

const searchIn = (
  intermediates: readonly TestEntity[],
  { anchors = [root], limits = {} }: { anchors?: readonly TestEntity[]; limits?: PathLimits } = {},
) => ({
  certificate: leaf.certificate,
  anchors: anchors.map(({ certificate }) => certificate),
  intermediates: intermediates.map(({ certificate }) => certificate),
  limits,
})
const find = (...args: Parameters<typeof searchIn>) => findPath(searchIn(...args), { at })

/** Both orders of two certificates. */
const bothWays = (one: TestEntity, other: TestEntity) => [
  [one, other],
  [other, one],
]

describe('of several dead ends', () => {
  it('the one that says most is told, in whatever order they are met', async () => {
    const toForeign = await issueCa({ issuer: foreign })
    for (const cas of bothWays(ca, toForeign)) {
      expect(find([...cas, foreign], { anchors: [] })).toMatchObject({
        code: 'untrusted-root',
        chain: [leaf.certificate, toForeign.certificate, foreign.certificate],
        anchor: null,
        checks: [],
      })
    }
    const forgedKey = testKey('forger')
    const forger = await issueTest({
      subject: [['CN', 'TEST foreign root']],
      key: forgedKey,
      extensions: caExtensions(forgedKey),
    })
    for (const cas of bothWays(ca, toForeign)) {
      expect(find([...cas, forger], { anchors: [] })).toMatchObject({
        code: 'signature-invalid',
        candidate: forger.certificate,
      })
    }
  })

  it('each outweighs those that say less', async () => {
    const nameOf = (label: string) => [['CN', `TEST issuer ${label}`]] as const
    const named = (keyIdentifier: Uint8Array) => extension.authorityKeyIdentifier(keyIdentifier)
    const branch = async (
      label: string,
      others: (issuer: TestEntity) => Promise<readonly TestEntity[]>,
      more: readonly Uint8Array[] = [],
    ) => {
      const key = testKey(`issuer ${label}`)
      const extensions = caExtensions(key)
      const issuer = await issueTest({ subject: nameOf(label), key, extensions })
      const below = await issueCa({ issuer, extensions: [...caExtensions(caKey), ...more] })
      return [below, ...(await others(issuer))]
    }
    const namesake = (label: string, key: TestEntity['key']) =>
      issueTest({ subject: nameOf(label), key, issuer: foreign, extensions: caExtensions(key) })
    const wrongKey = named(new Uint8Array(20).fill(7))
    const renamedKey = testKey('issuer renamed')
    const branches = [
      [
        'signature-invalid',
        await branch('forged', async () => [await namesake('forged', otherKey)]),
      ],
      [
        'name-chaining',
        await branch('renamed', async () => [await namesake('of another name', renamedKey)], [
          named(keyIdentifierOf(renamedKey.spki)),
        ]),
      ],
      [
        'algorithm-unsupported',
        await branch('rsa', async () => [await namesake('rsa', testKey('rsa', 'rsa-2048'))]),
      ],
      [
        'issuer-key-mismatch',
        await branch('other', async () => [await namesake('other', otherKey)], [wrongKey]),
      ],
      ['untrusted-root', await branch('root', async (issuer) => [issuer])],
      ['issuer-not-found', await branch('absent', async () => [])],
    ] as const
    for (const [index, [code, more]] of branches.entries()) {
      for (const [, less] of branches.slice(index)) {
        expect(find([...less, ...more], { anchors: [] })).toMatchObject({ code })
        expect(find([...more, ...less], { anchors: [] })).toMatchObject({ code })
      }
    }
  })

  it('the longest chain of those that say the same is told, of equal ones the first', async () => {
    const middle = await issueTest({
      subject: [['CN', 'TEST middle']],
      key: otherKey,
      issuer: foreign,
      extensions: caExtensions(otherKey),
    })
    const below = await issueCa({ issuer: middle })
    for (const cas of bothWays(ca, below)) {
      expect(find([...cas, middle], { anchors: [] })).toMatchObject({
        code: 'issuer-not-found',
        chain: [leaf.certificate, below.certificate, middle.certificate],
      })
    }
    const again = await issueCa()
    for (const cas of bothWays(ca, again)) {
      expect(find(cas, { anchors: [] }).chain[1]).toBe(cas[0]?.certificate)
    }
  })
})

describe('of several chains that reach an anchor', () => {
  it('the one with the fewest failures is told, of equal ones the first', async () => {
    const once = await issueCa({ change: ended })
    const twice = await issueCa({
      change: ended,
      extensions: [
        extension.basicConstraints({ ca: false }),
        extension.subjectKeyIdentifier(keyIdentifierOf(caKey.spki)),
      ],
    })
    for (const cas of bothWays(once, twice)) {
      const result = find(cas)
      expect(result).toMatchObject({ status: 'invalid', anchor: root.certificate })
      expect(result.chain[1]).toBe(once.certificate)
    }
    const again = await issueCa({ change: ended })
    for (const cas of bothWays(once, again)) {
      expect(find(cas).chain[1]).toBe(cas[0]?.certificate)
    }
  })

  it('a valid one is found behind others, as far as the limit goes', async () => {
    const expired = await issueCa({ change: ended })
    const world = [expired, ca]
    expect(find(world, { limits: { maxPaths: 2 } })).toMatchObject({ status: 'valid' })
    expect(find(world, { limits: { maxPaths: 1 } })).toMatchObject({ code: 'expired' })
    const many = await Promise.all(Array.from({ length: 20 }, () => issueCa({ change: ended })))
    expect(find([...many.slice(1), ca])).toMatchObject({ status: 'valid' })
    expect(find([...many, ca])).toMatchObject({ code: 'expired' })
  })

  it('no dead end is told beside them', async () => {
    const toNowhere = await issueCa({ issuer: foreign })
    const results = [...findPaths(searchIn([toNowhere, ca]), { at })]
    expect(results.map(({ status }) => status)).toEqual(['valid'])
  })
})

describe('candidates are tried', () => {
  it('by key identifier, then by trust, then by the spelling of their name', async () => {
    const spelled = [['CN', 'test  ca']] as const
    const wrong = [
      extension.basicConstraints({ ca: true }),
      extension.subjectKeyIdentifier(new Uint8Array(20).fill(9)),
    ]
    const none = [extension.basicConstraints({ ca: true })]
    const cas = {
      agreesTrustedSpelled: await issueCa({ subject: spelled }),
      agrees: await issueCa(),
      agreesSpelled: await issueCa({ subject: spelled }),
      noneTrusted: await issueCa({ extensions: none }),
      none: await issueCa({ extensions: none }),
      wrongTrusted: await issueCa({ extensions: wrong }),
      wrongSpelled: await issueCa({ subject: spelled, extensions: wrong }),
    }
    const all = Object.values(cas)
    const anchors = [root, cas.wrongTrusted, cas.noneTrusted, cas.agreesTrustedSpelled]
    for (const intermediates of [all, all.toReversed()]) {
      const tried = [...buildPaths(searchIn(intermediates, { anchors }))].flatMap((finding) =>
        finding.kind === 'chain' ? [finding.chain[1]?.sha256] : [],
      )
      expect(
        tried.map((sha256) => all.findIndex((each) => each.certificate.sha256 === sha256)),
      ).toEqual([0, 1, 2, 3, 4, 5, 6])
    }
  })
})

describe('a key under another name', () => {
  const otherName = [['CN', 'TEST renamed CA']] as const

  it('breaks the chain at the name when it made the signature', async () => {
    const renamed = await issueCa({ subject: otherName })
    expect(find([renamed])).toMatchObject({
      code: 'name-chaining',
      chain: [leaf.certificate],
      candidate: renamed.certificate,
    })
  })

  it('is no issuer when it made none, or is not the one named', async () => {
    const claims = [
      extension.basicConstraints({ ca: true }),
      extension.subjectKeyIdentifier(keyIdentifierOf(caKey.spki)),
    ]
    const claiming = await issueCa({ subject: otherName, key: otherKey, extensions: claims })
    expect(find([claiming])).toMatchObject({ code: 'issuer-not-found' })
    const silent = [extension.basicConstraints({ ca: true })]
    const unnamed = await issueCa({ subject: otherName, extensions: silent })
    expect(find([unnamed])).toMatchObject({ code: 'issuer-not-found' })
    const renamed = await issueCa({ subject: otherName })
    const limits = { maxSignatureChecks: 1 }
    expect(find([claiming, renamed], { limits })).toMatchObject({ code: 'issuer-not-found' })
    expect(find([renamed, claiming], { limits })).toMatchObject({ code: 'name-chaining' })
    expect(find([claiming, renamed])).toMatchObject({ code: 'name-chaining' })
  })

  it('is not looked for where the certificate names no key', async () => {
    const bare = await issueTest({
      subject: [['CN', 'x']],
      key: leafKey,
      issuer: ca,
      extensions: [],
    })
    const silent = await issueCa({ subject: otherName, extensions: [] })
    const search = { ...searchIn([silent]), certificate: bare.certificate }
    expect(findPath(search, { at })).toMatchObject({ code: 'issuer-not-found' })
  })
})
