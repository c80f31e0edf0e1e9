import { beforeAll, describe, expect, it } from 'vitest'
import { readDer } from '../asn1/index.ts'
import { addSigner, createSignedData, parseSignedData } from '../cms/index.ts'
import { algorithmOid } from '../keys/index.ts'
import type { policies } from '../policy/index.ts'
import { codeOf, codeOfAsync } from '../test-support/code-of.ts'
import { buildTimeStampResponse, parseTimeStampRequest } from '../tsp/index.ts'
import { answerOcsp, listRevoked } from '../verify/testing/revocation-data.ts'
import { sampleContent, stamp, trustIn } from '../verify/testing/sample-containers.ts'
import { notPassed, passedReport } from '../verify/testing/sample-judge.ts'
import { sampleNow, sampleSigningTime, type TestPki, testPki } from '../verify/testing/test-pki.ts'
import { goodSources } from '../verify/testing/test-sources.ts'
import { verifySignature } from '../verify/verify-signature.ts'
import { augmentToLT } from './augment-to-lt.ts'
import { augmentToT, type TimeStampCall } from './augment-to-t.ts'

let pki: TestPki
let basic: Uint8Array
beforeAll(async () => {
  pki = await testPki('rsa-2048')
  basic = await createSignedData({
    content: sampleContent,
    form: 'detached',
    signers: [{ ...pki.signer, signingTime: sampleSigningTime }],
    certificates: [pki.authority.certificate.bytes],
  })
})

/** A TSA over one container: it signs whatever signature value is asked about. */
const tsaOf =
  (
    container: Uint8Array,
    change: (token: Uint8Array) => Uint8Array = (token) => token,
  ): TimeStampCall =>
  async (request) => {
    const { messageImprint } = parseTimeStampRequest(request)
    for (const { signature } of parseSignedData(container).signerInfos) {
      const token = await stamp(pki.tsa, signature, { digestOid: messageImprint.algorithm.oid })
      if (Buffer.from(token).includes(Buffer.from(messageImprint.hash))) {
        return buildTimeStampResponse({ token: change(token) })
      }
    }
    return buildTimeStampResponse({ failure: 'bad-request' })
  }

const nonce = (): bigint => 0x0123456789abcdefn

const verify = (container: Uint8Array, policy: keyof typeof policies = 'etsi-basic') =>
  verifySignature({
    container,
    content: sampleContent,
    trust: trustIn(pki.root),
    policy,
    now: sampleNow,
  })

describe('augmentToT', () => {
  it('puts a time-stamp on every signature, and leaves them as they are', async () => {
    const two = await addSigner(basic, {
      content: sampleContent,
      signer: { ...pki.tsa, signingTime: sampleSigningTime },
    })
    const stamped = await augmentToT(two, { timeStamp: tsaOf(two), nonce })
    expect(readDer(stamped).bytes).toEqual(stamped)
    const { report } = await verify(stamped)
    expect(report.signatures.map(({ format }) => format)).toEqual(['CAdES-T', 'CAdES-T'])
    expect(report.signatures.flatMap(({ timestamps }) => timestamps)).toMatchObject([
      { valid: true },
      { valid: true },
    ])
    const values = (container: Uint8Array) =>
      parseSignedData(container)
        .signerInfos.map(({ signature }) => signature.join())
        .toSorted()
    expect(values(stamped)).toEqual(values(two))
  })

  it('stamps only the signatures that are named', async () => {
    const stamped = await augmentToT(basic, { timeStamp: tsaOf(basic), nonce, signers: [] })
    expect(parseSignedData(stamped).signerInfos[0]?.unsignedAttributes).toEqual([])
  })

  it('takes no answer to another question', async () => {
    const augment = (options: Partial<Parameters<typeof augmentToT>[1]>) =>
      codeOfAsync(augmentToT(basic, { timeStamp: tsaOf(basic), nonce, ...options }))
    expect(await augment({})).toBe('accepted')
    expect(await augment({ nonce: () => 1n })).toBe('tsp.mismatch')
    expect(await augment({ policy: '1.2.3' })).toBe('tsp.mismatch')
    expect(await augment({ policy: '1.2.398.3.3.2.6.4' })).toBe('accepted')
    const otherImprint: TimeStampCall = async () =>
      buildTimeStampResponse({
        token: await stamp(pki.tsa, sampleContent, { digestOid: algorithmOid.sha256 }),
      })
    expect(await augment({ timeStamp: otherImprint })).toBe('tsp.mismatch')
    const refusal: TimeStampCall = async () => buildTimeStampResponse({ failure: 'bad-request' })
    expect(await augment({ timeStamp: refusal })).toBe('tsp.no-token')
    const plain: TimeStampCall = async () => buildTimeStampResponse({ token: basic })
    expect(await augment({ timeStamp: plain })).toBe('tsp.mismatch')
  })
})

describe('augmentToLT', () => {
  it('puts in what proves the signature later, offline', async () => {
    const stamped = await augmentToT(basic, { timeStamp: tsaOf(basic), nonce })
    const values = {
      certificates: [pki.authority, pki.root, pki.ocsp].map(({ certificate }) => certificate.bytes),
      ocsp: [await answerOcsp(pki, pki.signer), await answerOcsp(pki, pki.tsa)],
      crls: [await listRevoked(pki.root, [])],
    }
    const longTerm = augmentToLT(stamped, values)
    expect(readDer(longTerm).bytes).toEqual(longTerm)
    const data = parseSignedData(longTerm)
    expect(data.version).toBe(5)
    expect(data.ocspResponses).toHaveLength(2)
    expect(data.crls).toHaveLength(1)
    expect(parseSignedData(augmentToLT(longTerm, values)).bytes).toEqual(longTerm)

    // A policy that asks for revocation and time-stamp is satisfied by what is inside.
    const { report } = await verify(longTerm, 'kz-500')
    expect(notPassed(report)).toEqual([])
    expect(report).toMatchObject({
      ...passedReport,
      signatures: [{ format: 'CAdES-LT', revocation: [{ source: 'ocsp' }, { source: 'crl' }] }],
    })
    const { report: without } = await verify(stamped, 'kz-500')
    expect(without).toMatchObject({
      indication: 'INDETERMINATE',
      signatures: [{ format: 'CAdES-T' }],
    })
  })

  it('makes a later verification out of what an earlier one used', async () => {
    const stamped = await augmentToT(basic, { timeStamp: tsaOf(basic), nonce })
    const { material } = await verifySignature({
      container: stamped,
      content: sampleContent,
      trust: trustIn(pki.root),
      policy: 'kz-500',
      now: sampleNow,
      sources: goodSources(pki),
    })
    const bytesOf = (items: readonly { readonly bytes: Uint8Array }[]) =>
      items.map(({ bytes }) => bytes)
    const longTerm = augmentToLT(stamped, {
      certificates: bytesOf(material.certificates),
      ocsp: bytesOf(material.ocsp),
      crls: bytesOf(material.crls),
    })
    const { report } = await verify(longTerm, 'kz-500')
    expect(notPassed(report)).toEqual([])
    expect(report).toMatchObject(passedReport)
  })

  it('asks for a time-stamp first', () => {
    expect(codeOf(() => augmentToLT(basic, {}))).toBe('cms.no-time-stamp')
  })

  it('asks for one on every signature', async () => {
    const two = await addSigner(basic, {
      content: sampleContent,
      signer: { ...pki.tsa, signingTime: sampleNow },
    })
    const first = await augmentToT(two, { timeStamp: tsaOf(two), nonce, signers: [0] })
    expect(codeOf(() => augmentToLT(first, {}))).toBe('cms.no-time-stamp')
  })

  it('changes nothing where there is nothing to put in', async () => {
    const stamped = await augmentToT(basic, { timeStamp: tsaOf(basic), nonce })
    expect(augmentToLT(stamped, {})).toEqual(stamped)
  })
})
