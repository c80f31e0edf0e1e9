import { describe, expect, it } from 'vitest'
import { hours, issueList, issuingPoint, listTime } from '../test-support/crl-world.ts'
import { authority, ca, caName, issueLeaf, root } from '../test-support/list-world.ts'
import { checkCrls } from './check-crl.ts'
import { findCrlSigner } from './find-crl-signer.ts'

const list = await issueList(ca)
const find = (candidates: readonly (typeof ca)[], allowedSchemes = ['ru-2012-256'] as const) =>
  findCrlSigner(list, {
    candidates: candidates.map(({ certificate }) => certificate),
    allowedSchemes,
  })
const namesakes = await Promise.all(
  Array.from({ length: 8 }, (_, index) => authority(caName, { label: `namesake ${index}` })),
)

describe('the signer of a list', () => {
  it('is the certificate of its issuer’s name whose key verifies', () => {
    expect(find([root, ...namesakes.slice(0, 7), ca])).toEqual({
      signer: ca.certificate,
      scheme: 'ru-2012-256',
    })
  })

  it('is not looked for in a pile', () => {
    expect(find([...namesakes, ca])).toEqual({ code: 'signature-invalid' })
  })

  it('has the list’s name, and another name is none', () => {
    expect(find([root])).toEqual({ code: 'signer-not-found' })
    expect(find([])).toEqual({ code: 'signer-not-found' })
  })

  it('may sign lists, in a scheme that is allowed', async () => {
    const mute = await authority(caName, {
      label: JSON.stringify(caName),
      usages: ['keyCertSign'],
    })
    expect(find([mute])).toEqual({ code: 'no-crl-sign' })
    expect(find([mute, ca])).toMatchObject({ signer: ca.certificate })
    expect(
      findCrlSigner(list, { candidates: [ca.certificate], allowedSchemes: ['rsa-sha256'] }),
    ).toEqual({ code: 'algorithm-weak', detail: 'ru-2012-256' })
  })
})

describe('a pile of lists', () => {
  it('is cut to the latest of the issuer', async () => {
    const leaf = await issueLeaf()
    const elsewhere = [issuingPoint({ only: 'ca' })]
    const later = await Promise.all(
      Array.from({ length: 64 }, () =>
        issueList(ca, { thisUpdate: hours(-0.5), extensions: elsewhere }),
      ),
    )
    const judge = (crls: readonly (typeof list)[]) =>
      checkCrls({
        certificate: leaf.certificate,
        issuer: ca.certificate,
        at: listTime,
        crls,
      })
    expect(judge([...later.slice(1), list])).toMatchObject({ status: 'good' })
    expect(judge([...later, list])).toMatchObject({ status: 'unusable', code: 'scope-mismatch' })
  })
})
