import { describe, expect, it } from 'vitest'
import { buildOcspResponse } from '../revocation/build-ocsp-response.ts'
import { certIdOf } from '../revocation/cert-id.ts'
import {
  certificateIssuer,
  directoryName,
  distributionPoints,
  hours,
  issueList,
  issuingPoint,
  listTime,
  nameOf,
  relativeName,
  revoke,
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
import { issueTest, type TestEntity } from '../test-support/test-ca.ts'
import { extension } from '../x509/build-extension.ts'
import { extKeyUsageOid } from '../x509/oids.ts'
import { checkPathRevocation } from './check-path-revocation.ts'

const full = directoryName(...caName, ['CN', 'point 1'])

describe('indirect lists', async () => {
  const lister = await authority([['CN', 'TEST lister']], { issuer: root, usages: ['cRLSign'] })
  const otherCa = await authority([['CN', 'TEST other CA']], { issuer: root })
  const points = distributionPoints({ fullName: [nameOf(lister)], crlIssuer: [nameOf(lister)] })
  const leaf = await issueLeaf([points])
  const scope = { extensions: [issuingPoint({ fullName: [nameOf(lister)], indirect: true })] }
  const others = [lister, otherCa]
  const list = (entries: Parameters<typeof issueList>[1] = {}) =>
    issueList(lister, { ...scope, ...entries })
  const filler = { serialNumber: 'abc', revokedAt: hours(-9) }

  it('speak of certificates whose point names their issuer', async () => {
    expect(judgeLeaf({ leaf, others, crls: [await list()] })).toBe('good')
    const entries = [revoke(leaf, { extensions: [certificateIssuer(ca)] })]
    expect(judgeLeaf({ leaf, others, crls: [await list({ entries })] })).toBe('revoked')
  })

  it('name the issuer of an entry and of those behind it, until another is named', async () => {
    const mine = { extensions: [certificateIssuer(ca)] }
    const theirs = { extensions: [certificateIssuer(otherCa)] }
    const ofList = async (...entries: ReturnType<typeof revoke>[]) =>
      judgeLeaf({ leaf, others, crls: [await list({ entries })] })
    expect(await ofList(revoke(leaf))).toBe('good')
    expect(await ofList(revoke(leaf, theirs))).toBe('good')
    expect(await ofList({ ...filler, ...mine }, revoke(leaf))).toBe('revoked')
    expect(await ofList({ ...filler, ...mine }, filler, filler, revoke(leaf))).toBe('revoked')
    expect(await ofList({ ...filler, ...mine }, revoke(leaf, theirs))).toBe('good')
    expect(await ofList({ ...filler, ...theirs }, { ...filler, ...mine }, revoke(leaf))).toBe(
      'revoked',
    )
    expect(await ofList(revoke(leaf, theirs), revoke(leaf, mine))).toBe('revoked')
  })

  it('of the certificate’s own issuer list its certificates by default', async () => {
    const plain = await issueLeaf()
    const extensions = [issuingPoint({ indirect: true })]
    const entries = [revoke(plain)]
    expect(judgeLeaf({ leaf: plain, crls: [await issueList(ca, { extensions })] })).toBe('good')
    expect(judgeLeaf({ leaf: plain, crls: [await issueList(ca, { extensions, entries })] })).toBe(
      'revoked',
    )
    const theirs = [revoke(plain, { extensions: [certificateIssuer(otherCa)] })]
    expect(
      judgeLeaf({ leaf: plain, crls: [await issueList(ca, { extensions, entries: theirs })] }),
    ).toBe('good')
  })

  it('are refused where they do not say that they are', async () => {
    const extensions = [issuingPoint({ fullName: [nameOf(lister)] })]
    expect(judgeLeaf({ leaf, others, crls: [await list({ extensions })] })).toBe('issuer-mismatch')
    const entries = [revoke(leaf, { extensions: [certificateIssuer(otherCa)] })]
    const plain = await issueLeaf()
    expect(judgeLeaf({ leaf: plain, crls: [await issueList(ca, { entries })] })).toBe(
      'unknown-critical-extension',
    )
  })

  it('are refused where no point names their issuer, or another point', async () => {
    const plain = await issueLeaf()
    expect(judgeLeaf({ leaf: plain, others, crls: [await list()] })).toBe('issuer-mismatch')
    const elsewhere = await issueLeaf([
      distributionPoints({ fullName: [full], crlIssuer: [nameOf(lister)] }),
    ])
    expect(judgeLeaf({ leaf: elsewhere, others, crls: [await list()] })).toBe('scope-mismatch')
  })

  it('are found by a name below their issuer, and by their issuer alone', async () => {
    const relative = relativeName(['CN', 'users'])
    const byRelative = await issueLeaf([
      distributionPoints({ relative, crlIssuer: [nameOf(lister)] }),
    ])
    const extensions = [issuingPoint({ relative, indirect: true })]
    const users = await list({ extensions })
    expect(judgeLeaf({ leaf: byRelative, others, crls: [users] })).toBe('good')
    const byIssuer = await issueLeaf([distributionPoints({ crlIssuer: [nameOf(lister)] })])
    expect(judgeLeaf({ leaf: byIssuer, others, crls: [await list()] })).toBe('good')
    expect(judgeLeaf({ leaf: byIssuer, others, crls: [users] })).toBe('scope-mismatch')
  })

  it('need a valid certificate of their issuer, under the same anchor', async () => {
    expect(judgeLeaf({ leaf, crls: [await list()] })).toBe('signer-not-found')
    const mute = await authority([['CN', 'TEST lister']], {
      issuer: root,
      label: JSON.stringify([['CN', 'TEST lister']]),
      usages: ['keyCertSign'],
    })
    expect(judgeLeaf({ leaf, others: [mute], crls: [await list()] })).toBe('no-crl-sign')
    const strangeRoot = await authority([['CN', 'TEST strange root']])
    const strange = await authority([['CN', 'TEST lister']], {
      issuer: strangeRoot,
      label: JSON.stringify([['CN', 'TEST lister']]),
    })
    expect(judgeLeaf({ leaf, others: [strange, strangeRoot], crls: [await list()] })).toBe(
      'signer-not-found',
    )
  })

  it('are refused when their issuer is revoked, or nothing is known of it', async () => {
    const revoking = await issueList(root, { thisUpdate: hours(-0.5), entries: [revoke(lister)] })
    expect(judgeLeaf({ leaf, others, crls: [await list(), revoking] })).toBe('signer-not-found')
    const listerBelow = await authority([['CN', 'TEST lister']], {
      issuer: otherCa,
      label: JSON.stringify([['CN', 'TEST lister']]),
    })
    const below = [listerBelow, otherCa]
    expect(judgeLeaf({ leaf, others: below, crls: [await list()] })).toBe('signer-not-found')
    expect(judgeLeaf({ leaf, others: below, crls: [await list(), await issueList(otherCa)] })).toBe(
      'good',
    )
  })

  it('may vouch for the certificate of their own issuer, and may revoke it', async () => {
    const own = await authority([['CN', 'TEST lister']], {
      issuer: ca,
      label: JSON.stringify([['CN', 'TEST lister']]),
      extensions: [points],
    })
    expect(judgeLeaf({ leaf, others: [own], crls: [await list()] })).toBe('good')
    const entries = [revoke(own, { extensions: [certificateIssuer(ca)] })]
    expect(judgeLeaf({ leaf, others: [own], crls: [await list({ entries })] })).toBe(
      'signer-not-found',
    )
  })
})

describe('keys of one name', () => {
  it('a new key lists what the old one issued, while it is good itself', async () => {
    const renewed = await authority(caName, { issuer: root, label: 'renewed CA' })
    const leaf = await issueLeaf()
    const list = await issueList(renewed)
    const revoking = await issueList(renewed, { entries: [revoke(leaf)] })
    expect(judgeLeaf({ leaf, crls: [list] })).toBe('signature-invalid')
    expect(judgeLeaf({ leaf, others: [renewed], crls: [list] })).toBe('good')
    expect(judgeLeaf({ leaf, others: [renewed], crls: [revoking] })).toBe('revoked')
    const rootRevoking = await issueList(root, {
      thisUpdate: hours(-0.5),
      entries: [revoke(renewed)],
    })
    expect(judgeLeaf({ leaf, others: [renewed], crls: [list, rootRevoking] })).toBe(
      'signature-invalid',
    )
  })

  it('a key that certifies itself lists nothing', async () => {
    const fake = await authority(caName, { label: 'fake CA' })
    const leaf = await issueLeaf()
    expect(judgeLeaf({ leaf, others: [fake], crls: [await issueList(fake)] })).toBe(
      'signature-invalid',
    )
  })

  it('a pile of lists and keys ends', async () => {
    const leaf = await issueLeaf()
    const keys = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        authority(caName, { issuer: root, label: `pile ${index % 5}` }),
      ),
    )
    const lists = await Promise.all(
      Array.from({ length: 80 }, (_, index) => {
        const by = keys[index % keys.length] ?? ca
        return issueList(by, { crlNumber: BigInt(index), entries: [revoke(by)] })
      }),
    )
    expect(judgeLeaf({ leaf, others: keys, crls: lists })).toMatch(/good|invalid|not-found/)
  })
})

describe('OCSP along a path', async () => {
  const answer = async (
    subject: TestEntity,
    by: { readonly issuer: TestEntity; readonly responder?: TestEntity },
    status: 'good' | 'unknown' = 'good',
  ): Promise<Uint8Array> => {
    const { issuer, responder = issuer } = by
    return buildOcspResponse(
      {
        responder: responder.certificate,
        producedAt: hours(-1),
        responses: [
          {
            certId: certIdOf(
              { certificate: subject.certificate, issuer: issuer.certificate },
              '1.3.14.3.2.26',
            ),
            certStatus: { status },
            thisUpdate: hours(-1),
            nextUpdate: hours(1),
          },
        ],
      },
      responder.key,
    )
  }
  const responder = await issueTest({
    subject: [['CN', 'TEST OCSP']],
    key: listKey('responder'),
    issuer: ca,
    extensions: [extension.extKeyUsage([extKeyUsageOid.ocspSigning])],
  })

  it('a word of the issuer or its responder is enough', async () => {
    const leaf = await issueLeaf()
    expect(judgeLeaf({ leaf, crls: [], ocsp: [await answer(leaf, { issuer: ca })] })).toBe('good')
    const delegated = await answer(leaf, { issuer: ca, responder })
    expect(judgeLeaf({ leaf, crls: [], ocsp: [delegated] })).toBe('good')
  })

  it('a list that revokes outweighs an answer that does not, as the other way', async () => {
    const leaf = await issueLeaf()
    const ocsp = [await answer(leaf, { issuer: ca })]
    const revoking = await issueList(ca, { entries: [revoke(leaf)] })
    expect(judgeLeaf({ leaf, crls: [revoking], ocsp })).toBe('revoked')
    const unknown = [await answer(leaf, { issuer: ca }, 'unknown')]
    expect(judgeLeaf({ leaf, crls: [], ocsp: unknown })).toBe('unknown')
    expect(judgeLeaf({ leaf, crls: [await issueList(ca)], ocsp: unknown })).toBe('good')
  })

  it('a revoked responder has no say, unless it is not to be looked up', async () => {
    const leaf = await issueLeaf()
    const revoking = await issueList(ca, {
      extensions: [issuingPoint({ reasons: [1] })],
      entries: [revoke(responder)],
    })
    const ocsp = [await answer(leaf, { issuer: ca, responder })]
    expect(judgeLeaf({ leaf, crls: [revoking], ocsp })).toMatch(
      /responder-revoked|reasons-incomplete/,
    )
    const exempt = await issueTest({
      subject: [['CN', 'TEST OCSP']],
      key: listKey('responder'),
      issuer: ca,
      extensions: [extension.extKeyUsage([extKeyUsageOid.ocspSigning]), extension.ocspNoCheck()],
    })
    const listed = await issueList(ca, {
      extensions: [issuingPoint({ reasons: [1] })],
      entries: [revoke(exempt)],
    })
    const byExempt = [await answer(leaf, { issuer: ca, responder: exempt })]
    expect(judgeLeaf({ leaf, crls: [listed], ocsp: byExempt })).toBe('good')
  })

  it('a responder that its authority revoked has no say, whose twin has', async () => {
    const leaf = await issueLeaf()
    const ocsp = [await answer(leaf, { issuer: ca, responder })]
    // A list of one reason says that somebody is revoked, and of nobody that he is not.
    const listOf = (entries: ReturnType<typeof revoke>[]) =>
      issueList(ca, { entries, extensions: [issuingPoint({ reasons: [1] })] })
    expect(judgeLeaf({ leaf, crls: [await listOf([])], ocsp })).toBe('good')
    expect(judgeLeaf({ leaf, crls: [await listOf([revoke(responder)])], ocsp })).not.toBe('good')
  })

  it('an answer about another certificate of the issuer says that it is about none here', async () => {
    const leaf = await issueLeaf()
    const sibling = await issueLeaf()
    const ofSibling = await answer(sibling, { issuer: ca })
    const [found] = checkPathRevocation({
      chain: [leaf, ca, root].map(({ certificate }) => certificate),
      ocsp: [ofSibling],
      requirements: { at: listTime },
    })
    expect(found?.fact).toEqual({ source: 'ocsp', status: 'unusable', code: 'other-certificate' })
    const own = await answer(leaf, { issuer: ca })
    expect(judgeLeaf({ leaf, crls: [], ocsp: [ofSibling, own] })).toBe('good')
  })

  it('without lists and answers there is nothing to say', () => {
    const chain = [ca, root].map(({ certificate }) => certificate)
    const requirements = { at: listTime }
    expect(checkPathRevocation({ chain, requirements })).toEqual([
      { certificate: ca.certificate, fact: undefined },
    ])
    expect(checkPathRevocation({ chain: [], requirements })).toEqual([])
    expect(checkPathRevocation({ chain: [root.certificate], requirements })).toEqual([])
  })

  it('answers about others and octets that are none are told', async () => {
    const leaf = await issueLeaf()
    expect(judgeLeaf({ leaf, crls: [], ocsp: [await answer(ca, { issuer: root })] })).toBe(
      'issuer-mismatch',
    )
    const [found] = checkPathRevocation({
      chain: [leaf, ca, root].map(({ certificate }) => certificate),
      ocsp: [new TextEncoder().encode('junk')],
      requirements: { at: listTime },
    })
    expect(found?.fact).toMatchObject({ status: 'unusable', code: 'unreadable' })
  })
})
