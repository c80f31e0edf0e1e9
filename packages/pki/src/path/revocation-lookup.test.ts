import { describe, expect, it } from 'vitest'
import { buildOcspResponse } from '../revocation/build-ocsp-response.ts'
import { certIdOf } from '../revocation/cert-id.ts'
import type { CertStatus } from '../revocation/ocsp-response.ts'
import { hours, issueList, listTime } from '../test-support/crl-world.ts'
import { authority, ca, caName, issueLeaf, listKey, root } from '../test-support/list-world.ts'
import { issueTest, type TestEntity } from '../test-support/test-ca.ts'
import { extension } from '../x509/build-extension.ts'
import { extKeyUsageOid } from '../x509/oids.ts'
import { createRevocationLookup, pairsOf, type RevocationLookupInput } from './revocation-lookup.ts'

const leaf = await issueLeaf()
const subjectOf = ({ certificate }: TestEntity) => ({ certificate, issuer: ca.certificate })

const answer = (
  subject: TestEntity,
  { by = ca, status = { status: 'good' } }: { by?: TestEntity; status?: CertStatus } = {},
): Promise<Uint8Array> =>
  buildOcspResponse(
    {
      responder: by.certificate,
      producedAt: hours(-1),
      responses: [
        {
          certId: certIdOf(subjectOf(subject), '1.3.14.3.2.26'),
          certStatus: status,
          thisUpdate: hours(-1),
          nextUpdate: hours(1),
        },
      ],
    },
    by.key,
  )

const lookup = ({
  certificates = [],
  requirements = { at: listTime },
  ...input
}: Partial<RevocationLookupInput>) =>
  createRevocationLookup({
    anchor: root.certificate,
    certificates: [ca.certificate, ...certificates],
    requirements,
    ...input,
  })

const issueResponder = (...extensions: readonly Uint8Array[]) =>
  issueTest({
    subject: [['CN', 'TEST OCSP']],
    key: listKey('responder'),
    issuer: ca,
    extensions: [extension.extKeyUsage([extKeyUsageOid.ocspSigning]), ...extensions],
  })
const revoked: CertStatus = {
  status: 'revoked',
  revokedAt: hours(-5),
  reason: 'keyCompromise',
}

describe('an answer of a delegated responder', () => {
  it('counts for nothing once the authority revoked the responder by an answer', async () => {
    const responder = await issueResponder()
    const ofLeaf = await answer(leaf, { by: responder })
    expect(lookup({ ocsp: [ofLeaf] }).lookUp(subjectOf(leaf))).toMatchObject({ status: 'good' })
    const ocsp = [ofLeaf, await answer(responder, { status: revoked })]
    expect(lookup({ ocsp }).lookUp(subjectOf(leaf))).toEqual({
      source: 'ocsp',
      status: 'unusable',
      code: 'responder-revoked',
    })
    const good = [ofLeaf, await answer(responder)]
    expect(lookup({ ocsp: good }).lookUp(subjectOf(leaf))).toMatchObject({ status: 'good' })
  })

  it('counts where the responder is not to be looked up, as its certificate says', async () => {
    const exempt = await issueResponder(extension.ocspNoCheck())
    const ocsp = [await answer(leaf, { by: exempt }), await answer(exempt, { status: revoked })]
    expect(lookup({ ocsp }).lookUp(subjectOf(leaf))).toMatchObject({ status: 'good' })
  })

  it('about the responder itself, which it signed, is its own word and no more', async () => {
    const responder = await issueResponder()
    const ocsp = [await answer(responder, { by: responder })]
    expect(lookup({ ocsp }).lookUp(subjectOf(responder))).toMatchObject({ status: 'good' })
  })
})

describe('a look-up', () => {
  it('says that answers are about others, and nothing where there are none', async () => {
    const other = await issueLeaf()
    expect(lookup({ ocsp: [await answer(other)] }).lookUp(subjectOf(leaf))).toEqual({
      source: 'ocsp',
      status: 'unusable',
      code: 'other-certificate',
    })
    expect(lookup({}).lookUp(subjectOf(leaf))).toBeUndefined()
  })

  it('is made a hundred times, and remembers what it found', () => {
    const { lookUp } = lookup({})
    const numbered = (index: number) => ({
      certificate: { ...leaf.certificate, sha256: `${index}` },
      issuer: ca.certificate,
    })
    for (let index = 0; index < 100; index += 1) {
      expect(lookUp(numbered(index))).toBeUndefined()
    }
    const limit = { source: 'crl', status: 'unusable', code: 'signer-not-found', detail: 'limit' }
    expect(lookUp(numbered(100))).toEqual(limit)
    expect(lookUp(numbered(0))).toBeUndefined()
    expect(lookUp(numbered(99))).toBeUndefined()
  })

  it('takes lists of schemes that the path may use, and weak ones where it is only warned of them', async () => {
    const list = await issueList(ca)
    const ofScheme = (rest: Partial<RevocationLookupInput['requirements']>) =>
      lookup({ crls: [list], requirements: { at: listTime, ...rest } }).lookUp(subjectOf(leaf))
    expect(ofScheme({})).toMatchObject({ status: 'good' })
    expect(ofScheme({ allowedSchemes: ['ru-2012-256'] })).toMatchObject({ status: 'good' })
    const other = { allowedSchemes: ['rsa-sha256'] } as const
    expect(ofScheme(other)).toMatchObject({ status: 'unusable' })
    expect(ofScheme({ ...other, weakAlgorithms: 'warning' })).toMatchObject({ status: 'good' })
    expect(ofScheme({ ...other, weakAlgorithms: 'failed' })).toMatchObject({ status: 'unusable' })
  })

  it('tells of lists and answers that cannot be read', () => {
    const junk = new TextEncoder().encode('junk')
    for (const input of [{ crls: [junk] }, { ocsp: [junk] }]) {
      expect(lookup(input).lookUp(subjectOf(leaf))).toMatchObject({
        status: 'unusable',
        code: 'unreadable',
      })
    }
  })
})

describe('signers of lists beside the issuer', () => {
  it('are other keys of its name under the same anchor, and none where the issuer signed', async () => {
    const renewed = await authority(caName, { issuer: root, label: 'renewed' })
    const byRenewed = await issueList(renewed)
    const certificates = [renewed.certificate]
    const of = (crls: RevocationLookupInput['crls'] = []) =>
      lookup({ certificates, crls }).findSigners(subjectOf(leaf))
    const rootList = await issueList(root)
    expect(of([byRenewed, rootList])).toEqual([renewed.certificate])
    expect(of([byRenewed])).toEqual([])
    expect(of([await issueList(ca), rootList])).toEqual([])
    expect(of([rootList])).toEqual([])
    const stranger = await authority(caName, { label: 'stranger' })
    const byStranger = await issueList(stranger)
    expect(
      lookup({ certificates: [stranger.certificate], crls: [byStranger, rootList] }).findSigners(
        subjectOf(leaf),
      ),
    ).toEqual([])
  })
})

describe('the pairs of a chain', () => {
  it('are every certificate below the anchor with its issuer', () => {
    const [first, second, third] = [leaf, ca, root].map(({ certificate }) => certificate)
    const chain = [first, second, third].flatMap((each) => each ?? [])
    expect(pairsOf(chain)).toEqual([
      { certificate: first, issuer: second },
      { certificate: second, issuer: third },
    ])
    expect(pairsOf(chain.slice(0, 1))).toEqual([])
    expect(pairsOf([])).toEqual([])
  })
})
