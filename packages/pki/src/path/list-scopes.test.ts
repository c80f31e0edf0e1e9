import { describe, expect, it } from 'vitest'
import {
  directoryName,
  distributionPoints,
  hours,
  issueList,
  issuingPoint,
  listTime,
  nameOf,
  relativeName,
  revoke,
  uriName,
} from '../test-support/crl-world.ts'
import {
  authority,
  ca,
  caName,
  issueLeaf,
  judgeLeaf,
  listKey,
  root,
} from '../test-support/list-world.ts'
import { extension } from '../x509/build-extension.ts'
import { checkPathRevocation } from './check-path-revocation.ts'

const point = [...caName, ['CN', 'point 1']] as const
const full = directoryName(...point)
const below = relativeName(['CN', 'point 1'])

describe('distribution points', () => {
  it.each([
    ['whole names', { fullName: [full] }, { fullName: [full] }],
    ['a name below the issuer, and a whole one', { relative: below }, { fullName: [full] }],
    ['a whole name, and one below the issuer', { fullName: [full] }, { relative: below }],
    ['names below the issuer', { relative: below }, { relative: below }],
    [
      'one common name of several',
      { fullName: [uriName('ldap://a'), full] },
      { fullName: [uriName('http://b'), full] },
    ],
    ['a URI', { fullName: [uriName('http://a/b')] }, { fullName: [uriName('http://a/b')] }],
  ])('meet by %s', async (_name, ofCertificate, ofList) => {
    const leaf = await issueLeaf([distributionPoints(ofCertificate)])
    const extensions = [issuingPoint(ofList)]
    expect(judgeLeaf({ leaf, crls: [await issueList(ca, { extensions })] })).toBe('good')
    const revoking = await issueList(ca, { extensions, entries: [revoke(leaf)] })
    expect(judgeLeaf({ leaf, crls: [revoking] })).toBe('revoked')
  })

  it.each([
    ['other names', { fullName: [full] }, { fullName: [directoryName(['CN', 'point 2'])] }],
    ['another name below', { relative: below }, { relative: relativeName(['CN', 'point 2']) }],
    [
      'URIs that differ in case',
      { fullName: [uriName('http://a/b')] },
      { fullName: [uriName('http://a/B')] },
    ],
  ])('do not meet by %s', async (_name, ofCertificate, ofList) => {
    const leaf = await issueLeaf([distributionPoints(ofCertificate)])
    const crls = [await issueList(ca, { extensions: [issuingPoint(ofList)] })]
    expect(judgeLeaf({ leaf, crls })).toBe('scope-mismatch')
  })

  it('are none in a certificate: a list of a point is not its list, one of its issuer is', async () => {
    const leaf = await issueLeaf()
    const ofPoint = await issueList(ca, { extensions: [issuingPoint({ fullName: [full] })] })
    expect(judgeLeaf({ leaf, crls: [ofPoint] })).toBe('scope-mismatch')
    const ofIssuer = await issueList(ca, { extensions: [issuingPoint({ fullName: [nameOf(ca)] })] })
    expect(judgeLeaf({ leaf, crls: [ofIssuer] })).toBe('good')
  })

  it('are none in a list: it is about every certificate of its issuer', async () => {
    const leaf = await issueLeaf([distributionPoints({ fullName: [full] })])
    expect(judgeLeaf({ leaf, crls: [await issueList(ca)] })).toBe('good')
  })

  it('of several each may do, and the first that covers everything does', async () => {
    const other = directoryName(['CN', 'point 2'])
    const leaf = await issueLeaf([distributionPoints({ fullName: [other] }, { fullName: [full] })])
    const extensions = [issuingPoint({ fullName: [full] })]
    expect(judgeLeaf({ leaf, crls: [await issueList(ca, { extensions })] })).toBe('good')
  })

  it('of a pile more than any certificate has are not looked at', async () => {
    const many = Array.from({ length: 100 }, (_, index) => ({
      fullName: [uriName(`http://${index}`)],
    }))
    const leaf = await issueLeaf([distributionPoints(...many)])
    const list = (index: number) =>
      issueList(ca, { extensions: [issuingPoint({ fullName: [uriName(`http://${index}`)] })] })
    expect(judgeLeaf({ leaf, crls: [await list(3)] })).toBe('good')
    expect(judgeLeaf({ leaf, crls: [await list(90)] })).toBe('scope-mismatch')
  })
})

describe('lists of a kind of certificates', () => {
  const of = async (only: 'user' | 'ca' | 'attribute') =>
    issueList(ca, { extensions: [issuingPoint({ only })] })

  it('say nothing of other kinds', async () => {
    const leaf = await issueLeaf()
    const sub = await authority([['CN', 'sub']], { issuer: ca })
    expect(judgeLeaf({ leaf, crls: [await of('user')] })).toBe('good')
    expect(judgeLeaf({ leaf, crls: [await of('ca')] })).toBe('scope-mismatch')
    expect(judgeLeaf({ leaf, crls: [await of('attribute')] })).toBe('scope-mismatch')
    expect(judgeLeaf({ leaf: sub, crls: [await of('ca')] })).toBe('good')
    expect(judgeLeaf({ leaf: sub, crls: [await of('user')] })).toBe('scope-mismatch')
    expect(judgeLeaf({ leaf, crls: [await of('user'), await of('ca')] })).toBe('good')
  })
})

describe('lists of some reasons', () => {
  const some = [1, 2] as const
  const rest = [3, 4, 5, 6, 7, 8] as const
  const list = async (reasons: readonly number[], entries: Parameters<typeof issueList>[1] = {}) =>
    issueList(ca, { extensions: [issuingPoint({ reasons })], ...entries })

  it('count when together they cover all', async () => {
    const leaf = await issueLeaf()
    expect(judgeLeaf({ leaf, crls: [await list(some)] })).toBe('reasons-incomplete')
    expect(judgeLeaf({ leaf, crls: [await list(some), await list(rest)] })).toBe('good')
    expect(judgeLeaf({ leaf, crls: [await list(some), await list([3, 4, 5, 6, 7])] })).toBe(
      'reasons-incomplete',
    )
    expect(judgeLeaf({ leaf, crls: [await list(some), await issueList(ca)] })).toBe('good')
  })

  it('revoke by any of them', async () => {
    const leaf = await issueLeaf()
    const revoking = await list(rest, { entries: [revoke(leaf, { reason: 'certificateHold' })] })
    expect(judgeLeaf({ leaf, crls: [await list(some), revoking] })).toBe('revoked')
    expect(judgeLeaf({ leaf, crls: [revoking] })).toBe('revoked')
  })

  it('are narrowed by the reasons of the point', async () => {
    const other = directoryName(['CN', 'point 2'])
    const points = distributionPoints(
      { fullName: [full], reasons: some },
      { fullName: [other], reasons: rest },
    )
    const leaf = await issueLeaf([points])
    const of = (name: Uint8Array) =>
      issueList(ca, { extensions: [issuingPoint({ fullName: [name] })] })
    expect(judgeLeaf({ leaf, crls: [await of(full), await of(other)] })).toBe('good')
    expect(judgeLeaf({ leaf, crls: [await of(full)] })).toBe('reasons-incomplete')
    expect(judgeLeaf({ leaf, crls: [await of(other)] })).toBe('reasons-incomplete')
  })

  it('tell the times of the oldest of them', async () => {
    const leaf = await issueLeaf()
    const crls = [
      await list(some, { thisUpdate: hours(-3), nextUpdate: hours(5) }),
      await list(rest, { thisUpdate: hours(-2), nextUpdate: hours(2) }),
    ]
    const [found] = checkPathRevocation({
      chain: [leaf, ca, root].map(({ certificate }) => certificate),
      crls,
      requirements: { at: listTime },
    })
    expect(found?.fact).toMatchObject({
      status: 'good',
      thisUpdate: hours(-3),
      nextUpdate: hours(2),
    })
  })
})

describe('delta lists', async () => {
  const freshest = [extension.freshestCrl(['http://127.0.0.1/delta.crl'])]
  const base = await issueList(ca)
  const delta = (change: Parameters<typeof issueList>[1] = {}) =>
    issueList(ca, { thisUpdate: hours(-0.5), crlNumber: 12n, deltaBase: 9n, ...change })

  it('carry a base beyond its nextUpdate, while they are current', async () => {
    const leaf = await issueLeaf(freshest)
    const old = await issueList(ca, { thisUpdate: hours(-9), nextUpdate: hours(-8) })
    expect(judgeLeaf({ leaf, crls: [old] })).toBe('stale')
    expect(judgeLeaf({ leaf, crls: [old, await delta()] })).toBe('good')
    expect(judgeLeaf({ leaf, crls: [old, await delta({ entries: [revoke(leaf)] })] })).toBe(
      'revoked',
    )
    const revoking = await issueList(ca, {
      thisUpdate: hours(-9),
      nextUpdate: hours(-8),
      entries: [revoke(leaf)],
    })
    expect(judgeLeaf({ leaf, crls: [revoking, await delta()] })).toBe('revoked')
    const staleDelta = await delta({ nextUpdate: hours(-0.1) })
    expect(judgeLeaf({ leaf, crls: [old, staleDelta] })).toBe('stale')
    const later = await delta({ deltaBase: 11n })
    expect(judgeLeaf({ leaf, crls: [old, later] })).toBe('stale')
  })

  it('never stand alone', async () => {
    const leaf = await issueLeaf(freshest)
    expect(judgeLeaf({ leaf, crls: [await delta()] })).toBe('delta-without-base')
    expect(judgeLeaf({ leaf, crls: [base, await delta()] })).toBe('good')
  })

  it('put on hold, take back and revoke for good', async () => {
    const leaf = await issueLeaf(freshest)
    const hold = [revoke(leaf, { reason: 'certificateHold' })]
    const held = await issueList(ca, { entries: hold })
    expect(judgeLeaf({ leaf, crls: [held] })).toBe('revoked')
    const back = await delta({ entries: [revoke(leaf, { reason: 'removeFromCRL' })] })
    expect(judgeLeaf({ leaf, crls: [held, back] })).toBe('good')
    expect(judgeLeaf({ leaf, crls: [base, back] })).toBe('good')
    expect(judgeLeaf({ leaf, crls: [held, await delta({ entries: [revoke(leaf)] })] })).toBe(
      'revoked',
    )
    expect(judgeLeaf({ leaf, crls: [base, await delta({ entries: hold })] })).toBe('revoked')
  })

  it('beyond their nextUpdate revoke for good, and do nothing else', async () => {
    const leaf = await issueLeaf(freshest)
    const late = async (reason: 'keyCompromise' | 'certificateHold' | 'removeFromCRL') =>
      delta({ nextUpdate: hours(-0.1), entries: [revoke(leaf, { reason })] })
    expect(judgeLeaf({ leaf, crls: [base, await late('keyCompromise')] })).toBe('revoked')
    expect(judgeLeaf({ leaf, crls: [base, await late('certificateHold')] })).toBe('good')
    const held = await issueList(ca, { entries: [revoke(leaf, { reason: 'certificateHold' })] })
    expect(judgeLeaf({ leaf, crls: [held, await late('removeFromCRL')] })).toBe('revoked')
    const current = await delta()
    expect(judgeLeaf({ leaf, crls: [base, current, await late('keyCompromise')] })).toBe('good')
  })

  it.each([
    ['of another scope', { extensions: [issuingPoint({ only: 'user' })] }],
    ['of an older number', { crlNumber: 9n }],
    ['that begins after the base', { deltaBase: 11n }],
    ['of another key', { key: listKey('elsewhere') }],
    ['of another authority key', { authorityKeyIdentifier: new Uint8Array(20) }],
    ['of the future', { thisUpdate: hours(0.5), nextUpdate: hours(2) }],
  ] as const)('do not continue a base when they are %s', async (_name, change) => {
    const leaf = await issueLeaf(freshest)
    expect(judgeLeaf({ leaf, crls: [base, await delta({ entries: [revoke(leaf)] })] })).toBe(
      'revoked',
    )
    const unfit = await delta({ entries: [revoke(leaf)], ...change })
    expect(judgeLeaf({ leaf, crls: [base, unfit] })).toBe('good')
  })
})
