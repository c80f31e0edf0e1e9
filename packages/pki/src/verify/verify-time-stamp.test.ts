import { beforeAll, describe, expect, it } from 'vitest'
import { der } from '../asn1/index.ts'
import {
  addSignatureTimeStamp,
  addUnsignedAttribute,
  cmsAttributeOid,
  contentTypeOid,
  createSignedData,
  parseSignedData,
} from '../cms/index.ts'
import {
  profileAttributes,
  testAttribute,
  writeContainer,
  writeSignerInfo,
} from '../cms/testing/write-container.ts'
import { writeSignedData } from '../cms/write-signed-data.ts'
import { algorithmOid } from '../keys/index.ts'
import { sandboxPolicyOid } from '../policy/index.ts'
import { createTrustStore } from '../trust/index.ts'
import { timeStampTokenOf } from '../tsp/index.ts'
import { encodeTstInfo } from '../tsp/tst-info.ts'
import { extension, extKeyUsageOid } from '../x509/index.ts'
import type { VerificationReport } from './report.ts'
import { answerOcsp, listRevoked } from './testing/revocation-data.ts'
import { sampleContent, stamp, trustIn } from './testing/sample-containers.ts'
import {
  issue,
  sampleGenTime,
  sampleNow,
  sampleSigningTime,
  type TestIdentity,
  type TestPki,
  testPki,
} from './testing/test-pki.ts'
import type { StoredMaterial } from './types.ts'
import { verifySignature } from './verify-signature.ts'
import { type TimeStampReport, verifyTimeStamp } from './verify-time-stamp.ts'

let pki: TestPki
let gost: TestPki
let plain: Uint8Array
let signature: Uint8Array
beforeAll(async () => {
  pki = await testPki('rsa-2048')
  gost = await testPki('kz-2015-512')
  plain = await createSignedData({
    content: sampleContent,
    form: 'detached',
    signers: [{ ...pki.signer, signingTime: sampleSigningTime }],
    certificates: [pki.authority.certificate.bytes],
  })
  signature = parseSignedData(plain).signerInfos[0]?.signature ?? new Uint8Array()
})

const verify = async (
  container: Uint8Array,
  { at, stored }: { readonly at?: Date; readonly stored?: StoredMaterial } = {},
): Promise<VerificationReport> => {
  const { report } = await verifySignature({
    container,
    content: sampleContent,
    trust: trustIn(pki.root),
    policy: 'etsi-basic',
    now: sampleNow,
    ...(at === undefined ? {} : { at }),
    ...(stored === undefined ? {} : { stored }),
  })
  return report
}

/** The signature with this token on it. */
const stampedWith = (token: Uint8Array): Promise<VerificationReport> =>
  verify(addSignatureTimeStamp(plain, { token }))

const detailsOf = (report: VerificationReport): string =>
  report.signatures
    .flatMap(({ checks }) => checks)
    .filter(({ name, result }) => name === 'time-stamp' && result !== 'passed')
    .map(({ detail }) => detail)
    .join()

const passed = { indication: 'TOTAL-PASSED', signatures: [{ timestamps: [{ valid: true }] }] }
const broken = { indication: 'TOTAL-FAILED', subIndication: 'FORMAT_FAILURE' }
const open = (subIndication: string) => ({ indication: 'INDETERMINATE', subIndication })

/** A token whose every part may be wrong. */
const writeToken = (
  tsa: TestIdentity,
  {
    attributes,
    signers = 1,
    tstInfo = encodeTstInfo({
      policy: '1.2.398.3.3.2.6.4',
      messageImprint: { digestOid: algorithmOid.sha256, hash: new Uint8Array(32) },
      serialNumber: 1n,
      genTime: sampleGenTime,
    }),
  }: {
    readonly attributes?: 'without-ess'
    readonly signers?: number
    readonly tstInfo?: Uint8Array
  } = {},
): Uint8Array => {
  const { ess, signingTime, messageDigest } = profileAttributes(tsa, tstInfo)
  const contentType = testAttribute(cmsAttributeOid.contentType, der.oid(contentTypeOid.tstInfo))
  const info = writeSignerInfo({
    identity: tsa,
    signed: tstInfo,
    attributes: [
      contentType,
      signingTime,
      messageDigest,
      ...(attributes === 'without-ess' ? [] : [ess]),
    ],
  })
  return writeContainer([tsa], {
    version: 3,
    contentType: contentTypeOid.tstInfo,
    content: der.octets(tstInfo),
    signerInfos: Array.from({ length: signers }, () => info),
  })
}

const tstInfoOver = async (data: Uint8Array): Promise<Uint8Array> =>
  parseSignedData(await stamp(pki.tsa, data)).content ?? new Uint8Array()

describe('a signature time-stamp', () => {
  it('passes when it is right, with the ESS attribute of either version', async () => {
    expect(await stampedWith(await stamp(pki.tsa, signature))).toMatchObject(passed)
    expect(
      await stampedWith(await stamp(pki.tsa, signature, { signingCertificate: 'v1' })),
    ).toMatchObject(passed)
    expect(
      await stampedWith(writeToken(pki.tsa, { tstInfo: await tstInfoOver(signature) })),
    ).toMatchObject(passed)
  })

  it('over the content instead of the signature value fails', async () => {
    const report = await stampedWith(await stamp(pki.tsa, sampleContent))
    expect(report).toMatchObject(broken)
    expect(detailsOf(report)).toContain('imprint-mismatch')
  })

  it('of an untrusted TSA leaves the signature open', async () => {
    const foreign = await issue({
      commonName: 'TEST FOREIGN TSA',
      extKeyUsages: [extKeyUsageOid.timeStamping],
      extKeyUsageCritical: true,
    })
    const report = await stampedWith(await stamp(foreign, signature))
    expect(report).toMatchObject({
      ...open('NO_CERTIFICATE_CHAIN_FOUND'),
      signatures: [{ timestamps: [{ valid: false }] }],
    })
  })

  it.each([
    ['no extended key usage', undefined, false],
    ['a usage that is not critical', [extKeyUsageOid.timeStamping], false],
    ['a second usage beside it', [extKeyUsageOid.timeStamping, extKeyUsageOid.ocspSigning], true],
    ['another usage alone', [extKeyUsageOid.emailProtection], true],
  ] as const)('by a certificate with %s does not count', async (_name, usages, critical) => {
    const tsa = await issue(
      {
        commonName: 'TEST TSA 2',
        key: pki.tsa.key,
        extKeyUsageCritical: critical,
        ...(usages === undefined ? {} : { extKeyUsages: usages }),
      },
      pki.authority,
    )
    const report = await stampedWith(await stamp(tsa, signature))
    expect(report).toMatchObject(open('SIG_CONSTRAINTS_FAILURE'))
    expect(detailsOf(report)).toContain('not-a-time-stamp-certificate')
  })

  it('without the ESS attribute does not count', async () => {
    const tstInfo = await tstInfoOver(signature)
    const report = await stampedWith(writeToken(pki.tsa, { tstInfo, attributes: 'without-ess' }))
    expect(report).toMatchObject(open('SIG_CONSTRAINTS_FAILURE'))
    expect(detailsOf(report)).toContain('signing-certificate-missing')
  })

  it('with two signers or none, or over no TSTInfo, is broken', async () => {
    const tstInfo = await tstInfoOver(signature)
    for (const token of [
      writeToken(pki.tsa, { tstInfo, signers: 2 }),
      writeToken(pki.tsa, { tstInfo: der.sequence(der.integer(1)) }),
      // A TSTInfo that nobody signed, bare and in a SignedData without signers
      tstInfo,
      writeToken(pki.tsa, { tstInfo, signers: 0 }),
      plain,
      der.sequence(der.sequence(der.integer(2))),
    ]) {
      const report = await stampedWith(token)
      expect(report).toMatchObject(broken)
      expect(detailsOf(report)).toContain('broken')
    }
  })

  it('may carry what proves it later, undamaged', async () => {
    const token = await stamp(pki.tsa, signature)
    const withValues = addUnsignedAttribute(token, {
      type: cmsAttributeOid.certificateValues,
      value: der.sequence(pki.authority.certificate.bytes),
    })
    expect(await stampedWith(withValues)).toMatchObject(passed)
    const ocsp = await answerOcsp(pki, pki.tsa)
    const { digestAlgorithms, certificates, signerInfos, content } = parseSignedData(token)
    const longTerm = writeSignedData({
      contentType: contentTypeOid.tstInfo,
      content,
      digestAlgorithms,
      certificateChoices: certificates,
      revocationChoices: [der.context(1, [der.oid('1.3.6.1.5.5.7.16.2'), ocsp])],
      signerInfos,
    })
    expect(await stampedWith(longTerm)).toMatchObject(passed)
    // Its certificates under the tag of revocation data: [1] in place of [0]
    const retagged = Uint8Array.from(token)
    const embedded = parseSignedData(token).certificates[0] ?? new Uint8Array()
    const place = Buffer.from(token).indexOf(embedded)
    const header = token.lastIndexOf(0xa0, place - 1)
    retagged[header] = 0xa1
    expect(await stampedWith(retagged)).toMatchObject(broken)
    const damaged = addUnsignedAttribute(token, {
      type: cmsAttributeOid.certificateValues,
      value: der.null(),
    })
    const report = await stampedWith(damaged)
    expect(report).toMatchObject(broken)
    expect(detailsOf(report)).toContain('broken tsp.malformed')
  })

  it('of an expired or revoked TSA does not count', async () => {
    const tsa = await issue(
      {
        commonName: 'TEST TSA 3',
        key: pki.tsa.key,
        extKeyUsages: [extKeyUsageOid.timeStamping],
        extKeyUsageCritical: true,
        notAfter: new Date('2026-01-01T00:00:00Z'),
      },
      pki.authority,
    )
    const expired = await stampedWith(await stamp(tsa, signature))
    expect(expired).toMatchObject(open('CHAIN_CONSTRAINTS_FAILURE'))
    expect(detailsOf(expired)).toContain('authority-expired')
    const container = addSignatureTimeStamp(plain, { token: await stamp(pki.tsa, signature) })
    const crls = [
      await listRevoked(pki.authority, [
        { subject: pki.tsa, at: new Date('2026-01-15T00:00:00Z') },
      ]),
    ]
    expect(await verify(container, { stored: { crls } })).toMatchObject(
      open('SIG_CONSTRAINTS_FAILURE'),
    )
  })

  it('of a sandbox is believed by a word, and not because its root is configured', async () => {
    const policies = extension.certificatePolicies([{ oid: sandboxPolicyOid }], { critical: true })
    const tsa = await issue(
      {
        commonName: 'TEST SANDBOX TSA',
        key: pki.tsa.key,
        extKeyUsages: [extKeyUsageOid.timeStamping],
        extKeyUsageCritical: true,
        moreExtensions: [policies],
      },
      pki.authority,
    )
    const container = addSignatureTimeStamp(plain, { token: await stamp(tsa, signature) })
    const judged = async (origin: 'explicit' | 'configured') => {
      const { report } = await verifySignature({
        container,
        content: sampleContent,
        trust: createTrustStore([{ certificate: pki.root.certificate, origin }]),
        policy: 'etsi-basic',
        now: sampleNow,
      })
      return report
    }
    expect(await judged('explicit')).toMatchObject({ ...passed, sandbox: true })
    const report = await judged('configured')
    expect(report).toMatchObject({ ...open('CHAIN_CONSTRAINTS_FAILURE'), sandbox: true })
    expect(detailsOf(report)).toContain('sandbox-certificate')
  })

  it('from after the validation time proves nothing about it', async () => {
    const container = addSignatureTimeStamp(plain, { token: await stamp(pki.tsa, signature) })
    expect(await verify(container, { at: new Date('2026-01-01T00:00:00Z') })).toMatchObject(
      open('TIMESTAMP_ORDER_FAILURE'),
    )
  })

  it('with a SHA-1 imprint does not count', async () => {
    const report = await stampedWith(
      await stamp(pki.tsa, signature, { digestOid: algorithmOid.sha1 }),
    )
    expect(report).toMatchObject(open('CRYPTO_CONSTRAINTS_FAILURE'))
    expect(detailsOf(report)).toContain('imprint-algorithm-weak')
  })

  it('of two counts the earlier; one broken is enough to fail', async () => {
    const first = addSignatureTimeStamp(plain, { token: await stamp(pki.tsa, signature) })
    const earlier = await stamp(pki.tsa, signature, { genTime: new Date('2026-02-01T10:00:01Z') })
    const { facts, report } = await verifySignature({
      container: addSignatureTimeStamp(first, { token: earlier }),
      content: sampleContent,
      trust: trustIn(pki.root),
      policy: 'etsi-basic',
      now: sampleNow,
    })
    expect(report.indication).toBe('TOTAL-PASSED')
    expect(facts.signers[0]?.referenceTime).toEqual(new Date('2026-02-01T10:00:01Z'))
    const other = await stamp(pki.tsa, sampleContent)
    expect(await verify(addSignatureTimeStamp(first, { token: other }))).toMatchObject(broken)
  })

  it('of another country than the signature counts as well', async () => {
    const container = addSignatureTimeStamp(plain, { token: await stamp(gost.tsa, signature) })
    const { report } = await verifySignature({
      container,
      content: sampleContent,
      trust: trustIn(pki.root, gost.authority),
      policy: 'etsi-basic',
      now: sampleNow,
    })
    expect(report).toMatchObject(passed)
  })
})

describe('an unsigned attribute', () => {
  const withAttribute = (type: string, value: Uint8Array) =>
    verify(addUnsignedAttribute(plain, { type, value }))

  it('of another type that holds a time-stamp is a hidden one', async () => {
    const token = await stamp(pki.tsa, signature)
    for (const type of ['1.2.840.113549.1.9.16.2.15', '1.2.3.4', '1.2.840.113549.1.9.16.2.25']) {
      const report = await withAttribute(type, token)
      expect(report).toMatchObject(broken)
      expect(report.signatures[0]?.checks).toContainEqual(
        expect.objectContaining({ name: 'unsigned-attributes', result: 'failed' }),
      )
    }
    expect(await withAttribute(cmsAttributeOid.signatureTimeStamp, token)).toMatchObject(passed)
  })

  it('that holds certificates under another type is a hidden one', async () => {
    const values = der.sequence(pki.authority.certificate.bytes)
    expect(await withAttribute('1.2.3.4', values)).toMatchObject(broken)
    expect(await withAttribute(cmsAttributeOid.certificateValues, values)).toMatchObject({
      indication: 'TOTAL-PASSED',
    })
  })

  it('whose value is not what its type says fails', async () => {
    expect(await withAttribute(cmsAttributeOid.certificateValues, der.null())).toMatchObject(broken)
    const strange = [
      der.sequence(der.context(3, der.sequence())),
      der.sequence(der.context(1, der.sequence()), der.context(0, der.sequence())),
      // A list of CRLs under the tag of other values
      der.sequence(der.context(2, der.sequence(await listRevoked(pki.root, [])))),
      der.sequence(der.null()),
    ]
    for (const value of strange) {
      expect(await withAttribute(cmsAttributeOid.revocationValues, value)).toMatchObject(broken)
    }
    const right = [
      der.sequence(),
      der.sequence(der.context(0, der.sequence(await listRevoked(pki.root, [])))),
      der.sequence(der.context(2, der.sequence(der.oid('1.2.3'), der.null()))),
    ]
    for (const value of right) {
      expect((await withAttribute(cmsAttributeOid.revocationValues, value)).indication).toBe(
        'TOTAL-PASSED',
      )
    }
  })

  it('that nobody here can check takes nothing from the signature, and is named', async () => {
    const report = await withAttribute('1.2.3.4', der.utf8('…'))
    expect(report.indication).toBe('TOTAL-PASSED')
    expect(report.signatures[0]?.checks).toContainEqual({
      name: 'unsigned-attributes',
      result: 'passed',
      detail: 'warning.attribute-unverified 1.2.3.4',
    })
  })
})

describe('verifyTimeStamp', () => {
  const data = new TextEncoder().encode('manifest')
  const judge = async (
    token: Uint8Array,
    { over = data, trust = trustIn(pki.authority), policy = 'etsi-basic' as const } = {},
  ): Promise<TimeStampReport> =>
    (await verifyTimeStamp({ token, data: over, trust, policy, now: sampleNow })).report

  it('judges a time-stamp over any octets', async () => {
    const token = await stamp(pki.tsa, data)
    expect(await judge(token)).toMatchObject({
      indication: 'TOTAL-PASSED',
      genTime: sampleGenTime.toISOString(),
      tsaPolicy: '1.2.398.3.3.2.6.4',
      imprintAlgorithm: algorithmOid.sha256,
    })
    expect(await judge(token, { over: sampleContent })).toMatchObject(broken)
    expect(await judge(token, { trust: createTrustStore([]) })).toMatchObject(
      open('NO_CERTIFICATE_CHAIN_FOUND'),
    )
    expect(await judge(token.subarray(1))).toMatchObject(broken)
  })

  it('gives the material to judge again', async () => {
    const token = await stamp(pki.tsa, data)
    const { material } = await verifyTimeStamp({
      token,
      data,
      trust: trustIn(pki.authority),
      policy: 'etsi-basic',
      now: sampleNow,
    })
    expect(material.timestamps.map(({ bytes }) => bytes)).toEqual([token])
    expect(material.certificates.map(({ sha256 }) => sha256)).toContain(
      pki.authority.certificate.sha256,
    )
  })

  it('never takes an answer that only says a status for a token', async () => {
    const rejection = der.sequence(der.sequence(der.integer(2)))
    expect(() => timeStampTokenOf(rejection)).toThrow(
      expect.objectContaining({ code: 'tsp.no-token' }),
    )
    expect(await judge(rejection)).toMatchObject(broken)
  })
})
