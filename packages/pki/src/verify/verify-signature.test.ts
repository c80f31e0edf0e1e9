import { beforeAll, describe, expect, it } from 'vitest'
import { der, writePem } from '../asn1/index.ts'
import { createSignedData } from '../cms/index.ts'
import { writeContainer, writeSignerInfo } from '../cms/testing/write-container.ts'
import { algorithmOid } from '../keys/index.ts'
import { sandboxPolicyOid } from '../policy/index.ts'
import { createTrustStore, type TrustStore } from '../trust/index.ts'
import { extension } from '../x509/index.ts'
import { listRevoked } from './testing/revocation-data.ts'
import { sampleContent, trustIn, withTimeStamp } from './testing/sample-containers.ts'
import {
  createSampleJudge,
  failedFor,
  notPassed,
  openFor,
  passedReport,
  type SampleJudge,
} from './testing/sample-judge.ts'
import {
  issue,
  sampleGenTime,
  sampleNow,
  sampleSigningTime,
  type TestIdentity,
  type TestPki,
} from './testing/test-pki.ts'
import { goodSources } from './testing/test-sources.ts'
import { verifySignature } from './verify-signature.ts'

let pki: TestPki
let plain: Uint8Array
let stamped: Uint8Array
let verify: SampleJudge['verify']
let report: SampleJudge['report']
let sign: SampleJudge['sign']
beforeAll(async () => {
  ;({ pki, plain, stamped, verify, report, sign } = await createSampleJudge())
})

describe('verifySignature under the Kazakh rules', () => {
  it('passes with path, revocation and time-stamp, asking OCSP first and lists where it must', async () => {
    const sources = goodSources(pki)
    const result = await report(stamped, { policy: 'kz-500', sources })
    expect(notPassed(result)).toEqual([])
    expect(result).toMatchObject({
      indication: 'TOTAL-PASSED',
      policy: 'kz-500',
      validationTime: sampleNow.toISOString(),
      sandbox: false,
      signatures: [
        {
          format: 'CAdES-T',
          country: 'KZ',
          cryptography: 'valid',
          level: 'unknown',
          signer: { iin: '123456789011', name: 'ТЕСТОВ ТЕСТ', role: '1.2.398.3.3.4.1.1' },
          signingTime: sampleSigningTime.toISOString(),
          timestamps: [{ genTime: sampleGenTime.toISOString(), valid: true }],
          anchor: { sha256: pki.root.certificate.sha256 },
          revocation: [
            { source: 'ocsp', status: 'good', thisUpdate: sampleNow.toISOString() },
            { source: 'crl', status: 'good' },
          ],
        },
      ],
    })
    expect(result.signatures[0]?.chain).toHaveLength(3)
    expect(sources.asked.filter((asked) => asked.startsWith('ocsp'))).toHaveLength(4)
  })

  it('judges the same years later, offline, from the material alone', async () => {
    const { material, report: first } = await verify(stamped, {
      policy: 'kz-500',
      sources: goodSources(pki),
    })
    const stored = {
      certificates: material.certificates.map(({ bytes }) => bytes),
      ocsp: material.ocsp.map(({ bytes }) => bytes),
      crls: material.crls.map(({ bytes }) => bytes),
    }
    expect(material.timestamps).toHaveLength(1)
    expect(material.certificates).toHaveLength(4)
    expect([material.ocsp.length, material.crls.length]).toEqual([2, 1])
    const later = new Date('2040-02-01T00:00:00Z')
    const again = await report(stamped, { policy: 'kz-500', stored, now: later })
    expect(notPassed(again)).toEqual([])
    expect(again).toEqual({ ...first, validationTime: later.toISOString() })
    const without = await report(stamped, { policy: 'kz-500', now: later })
    expect(without).toMatchObject(openFor('TRY_LATER'))
  })

  it('asks nobody again for what is stored', async () => {
    const { material } = await verify(stamped, { policy: 'kz-500', sources: goodSources(pki) })
    const sources = goodSources(pki)
    const stored = {
      ocsp: material.ocsp.map(({ bytes }) => bytes),
      crls: material.crls.map(({ bytes }) => bytes),
    }
    expect(await report(stamped, { policy: 'kz-500', sources, stored })).toMatchObject(passedReport)
    expect(sources.asked).toEqual([])
  })

  it('is INDETERMINATE without revocation data, and says so', async () => {
    const result = await report(stamped, { policy: 'kz-500' })
    expect(result).toMatchObject(openFor('TRY_LATER'))
    expect(notPassed(result)).toContain(
      'revocation indeterminate certificate-revocation-unavailable',
    )
  })

  it('is INDETERMINATE without the time-stamp that is required', async () => {
    const result = await report(plain, { policy: 'kz-500', sources: goodSources(pki) })
    expect(result).toMatchObject(openFor('SIG_CONSTRAINTS_FAILURE'))
    expect(notPassed(result)).toEqual(['time-stamp failed time-stamp-missing'])
  })

  it('is INDETERMINATE while sources are down, and falls back to lists', async () => {
    const down = {
      ocsp: async () => {
        throw new Error('connection refused')
      },
      crl: async () => {
        throw new Error('connection refused')
      },
    }
    const open = await report(stamped, { policy: 'kz-500', sources: down })
    expect(open).toMatchObject(openFor('TRY_LATER'))
    expect(notPassed(open)[0]).toContain('ocsp-source-down crl-source-down')
    const lists = {
      ...down,
      crl: async () => [await listRevoked(pki.authority, []), await listRevoked(pki.root, [])],
    }
    const result = await report(stamped, { policy: 'kz-500', sources: lists })
    expect(result).toMatchObject(passedReport)
    expect(result.signatures[0]?.revocation.map(({ source }) => source)).toEqual(['crl', 'crl'])
  })

  it('does not pass a signature without signed attributes', async () => {
    const bare = writeContainer([pki.signer], {
      content: der.octets(sampleContent),
      certificates: [pki.signer.certificate.bytes, pki.authority.certificate.bytes],
      signerInfos: [
        writeSignerInfo({
          identity: pki.signer,
          signed: sampleContent,
          attributes: null,
          signatureAlgorithm: der.sequence(der.oid(algorithmOid.rsaEncryption), der.null()),
        }),
      ],
    })
    const container = await withTimeStamp(bare, pki.tsa)
    expect(await report(container)).toMatchObject(passedReport)
    const strict = await report(container, { policy: 'kz-1187', sources: goodSources(pki) })
    expect(strict).toMatchObject(openFor('SIG_CONSTRAINTS_FAILURE'))
    expect(notPassed(strict)).toEqual(['format failed signed-attributes-required'])
    expect(await report(stamped, { policy: 'kz-1187', sources: goodSources(pki) })).toMatchObject(
      passedReport,
    )
  })
})

describe('trust', () => {
  const store = (origin: 'explicit' | 'configured' | 'sandbox', anchor = pki.root): TrustStore =>
    createTrustStore([{ certificate: anchor.certificate, origin }])

  it('none, or in a foreign authority of another name, is INDETERMINATE', async () => {
    const foreign = await issue({ commonName: 'TEST FOREIGN ROOT', ca: {} })
    for (const trust of [createTrustStore([]), store('explicit', foreign)]) {
      expect(await report(stamped, { trust })).toMatchObject(openFor('NO_CERTIFICATE_CHAIN_FOUND'))
    }
  })

  it('in a foreign authority of the same name never passes', async () => {
    const impostor = await issue({ commonName: 'TEST ROOT', ca: {} })
    const result = await report(stamped, { trust: store('explicit', impostor) })
    expect(result).toMatchObject(openFor('NO_CERTIFICATE_CHAIN_FOUND'))
    expect(await report(stamped, { trust: store('explicit') })).toMatchObject(passedReport)
  })

  it('of a sandbox counts only under its policy', async () => {
    const sources = goodSources(pki)
    expect(
      await report(stamped, { trust: store('sandbox'), policy: 'sandbox', sources }),
    ).toMatchObject(passedReport)
    for (const policy of ['kz-500', 'etsi-basic'] as const) {
      expect(await report(stamped, { trust: store('sandbox'), policy, sources })).toMatchObject(
        openFor('NO_CERTIFICATE_CHAIN_FOUND'),
      )
      expect(await report(stamped, { trust: store('configured'), policy, sources })).toMatchObject(
        passedReport,
      )
    }
  })

  it('in a certificate with the sandbox policy needs that policy or a word', async () => {
    const signer = await issue(
      {
        commonName: 'ТЕСТОВ ТЕСТ',
        key: pki.signer.key,
        iin: '123456789011',
        moreExtensions: [
          extension.certificatePolicies([{ oid: sandboxPolicyOid }], { critical: true }),
        ],
      },
      pki.authority,
    )
    const container = await sign(signer)
    const configured = await report(container, { trust: store('configured') })
    expect(configured).toMatchObject({ ...openFor('CHAIN_CONSTRAINTS_FAILURE'), sandbox: true })
    expect(notPassed(configured)).toEqual(['sandbox failed sandbox-certificate'])
    expect(await report(container, { trust: store('explicit') })).toMatchObject({
      ...passedReport,
      sandbox: true,
      signatures: [{ level: 'unqualified' }],
    })
    const untrusted = await report(container, { trust: createTrustStore([]) })
    expect(untrusted.sandbox).toBe(true)
  })
})

describe('several signatures', () => {
  it('pass only together: one bad one is not hidden by good ones', async () => {
    const make = (second: TestIdentity) =>
      createSignedData({
        content: sampleContent,
        form: 'detached',
        signers: [
          { ...pki.signer, signingTime: sampleSigningTime },
          { ...second, signingTime: sampleSigningTime },
        ],
        certificates: [pki.authority.certificate.bytes],
      })
    const good = await issue({ commonName: 'TEST SECOND', iin: '123456789012' }, pki.authority)
    const expired = await issue(
      { commonName: 'TEST EXPIRED', key: good.key, notAfter: new Date('2026-01-15T00:00:00Z') },
      pki.authority,
    )
    expect(await report(await make(good))).toMatchObject(passedReport)
    const result = await report(await make(expired))
    expect(result).toMatchObject(failedFor('EXPIRED'))
    expect(result.signatures.map(({ indication }) => indication).sort()).toEqual([
      'TOTAL-FAILED',
      'TOTAL-PASSED',
    ])
  })
})

describe('the file', () => {
  it('is refused by a code when it is no signature', async () => {
    for (const container of [
      new TextEncoder().encode('%PDF-1.7'),
      new TextEncoder().encode('hello'),
      new Uint8Array(),
      pki.signer.certificate.bytes,
    ]) {
      await expect(verify(container)).rejects.toMatchObject({ code: 'container.not-a-signature' })
    }
  })

  it('may be PEM, base64 or a data URL, but of one spelling', async () => {
    const text = (value: string) => new TextEncoder().encode(value)
    const base64 = Buffer.from(plain).toString('base64')
    for (const form of [
      writePem('CMS', plain),
      base64,
      base64.replaceAll(/.{76}/g, '$&\r\n'),
      `data:application/pkcs7-signature;base64,${base64}`,
      Buffer.from(plain).toString('base64url'),
      encodeURIComponent(base64),
      encodeURIComponent(base64.replace(/=+$/, '')),
      `\n\n${base64}\n\n`,
      `\r\n${base64.replaceAll(/.{64}/g, '$&\r\n')}\r\n\r\n`,
      `The contract, signed\nby both\n${writePem('PKCS7', plain)}\nthe end`,
    ]) {
      expect(await report(text(form))).toMatchObject(passedReport)
    }
    const mixed = base64.replace(/[+/]/, (found) => (found === '+' ? '-' : '_'))
    expect(mixed).not.toBe(base64)
    const uneven = base64.replace(/.{10}/, '$&\n')
    for (const form of [
      mixed,
      uneven,
      `${base64}\r\n\n`,
      encodeURIComponent(base64).replaceAll('%2F', '%2f'),
      `${encodeURIComponent(base64)}/+==`,
      writePem('CMS', plain).replace('\n', '\r\n'),
    ]) {
      expect(await report(text(form))).toMatchObject(failedFor('FORMAT_FAILURE'))
    }
  })

  it('that is cut or damaged is a report, not an error', async () => {
    expect(await report(plain.subarray(0, 500))).toMatchObject({
      ...failedFor('FORMAT_FAILURE'),
      code: 'asn1.truncated',
      signatures: [],
    })
  })

  it('with content that differs from what is stored fails', async () => {
    const attached = await createSignedData({
      content: sampleContent,
      form: 'attached',
      signers: [{ ...pki.signer, signingTime: sampleSigningTime }],
      certificates: [pki.authority.certificate.bytes],
    })
    const other = { content: new TextEncoder().encode('Шарт № 2') }
    expect(await report(attached)).toMatchObject(passedReport)
    expect(await report(attached, other)).toMatchObject(failedFor('HASH_FAILURE'))
    expect(await report(plain, other)).toMatchObject(failedFor('HASH_FAILURE'))
  })

  it('detached without its content is INDETERMINATE', async () => {
    const { report: result } = await verifySignature({
      container: plain,
      trust: trustIn(pki.root),
      policy: 'etsi-basic',
      now: sampleNow,
    })
    expect(result).toMatchObject(openFor('SIGNED_DATA_NOT_FOUND'))
    expect(result.signatures[0]?.cryptography).toBe('valid')
  })
})

it('an unknown policy is refused by its code', async () => {
  await expect(verify(plain, { policy: 'none' as 'kz-500' })).rejects.toMatchObject({
    code: 'policy.unknown',
  })
})
