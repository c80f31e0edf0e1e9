import { describe, expect, it } from 'vitest'
import { decodeContainer } from '../asn1/index.ts'
import { createTrustStore } from '../trust/index.ts'
import { type SignatureReport, type VerificationReport, verifySignature } from '../verify/index.ts'
import { parseCertificate } from '../x509/index.ts'
import { fixture, hasFixtures } from './fixtures.ts'

const now = new Date('2026-03-01T00:00:00Z')

const judge = async (
  file: string,
  { content, anchor, at = now }: { content?: string; anchor?: string; at?: Date } = {},
): Promise<VerificationReport> => {
  const { report } = await verifySignature({
    container: fixture(file),
    ...(content === undefined ? {} : { content: fixture(content) }),
    trust: createTrustStore(
      anchor === undefined
        ? []
        : [{ certificate: parseCertificate(decodeContainer(fixture(anchor))), origin: 'explicit' }],
    ),
    policy: 'etsi-basic',
    at,
    now,
  })
  return report
}

const failures = ({ signatures }: VerificationReport): string =>
  signatures
    .flatMap(({ checks }) => checks)
    .filter(({ result }) => result === 'failed')
    .map(({ name, detail }) => `${name} ${detail}`)
    .join(', ')

/** Mathematics and format, with the trust left open: nobody here is an anchor. */
const holds = { cryptography: 'valid' } as const

describe.skipIf(!hasFixtures)('CAdES of the European test set', () => {
  const folder = 'crypto/eu-dss-cades'

  it.each([
    ['Signature-CBp-B-1.p7m', 'algorithms algorithm-weak rsa-sha1'],
    ['cades-bes-signeddata-enveloping.p7m', ''],
  ])('%s holds, without trust', async (file, expectedFailures) => {
    const report = await judge(`${folder}/${file}`)
    expect(report).toMatchObject({
      indication: 'INDETERMINATE',
      signatures: [{ ...holds, format: 'CAdES-B' }],
    })
    expect(failures(report)).toBe(expectedFailures)
  })

  it('cades-bes-signeddata-detached.p7s needs its content', async () => {
    expect(await judge(`${folder}/cades-bes-signeddata-detached.p7s`)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'SIGNED_DATA_NOT_FOUND',
    })
  })

  it('cms-no-sign-cert.p7m has no certificate inside', async () => {
    expect(await judge(`${folder}/cms-no-sign-cert.p7m`)).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_SIGNING_CERTIFICATE_FOUND',
    })
  })

  it.each([
    ['cms-wrong-sign-cert-ref.p7m', 'time-stamp broken signing-certificate.mismatch'],
    ['cms-wrong-sign-cert-hash-algo.pkcs7', 'format signed-attributes.malformed'],
    ['cades-duplicated-signed-attrs.p7m', ''],
    ['cades-broken-sig-tst.p7m', 'signature-value signature-invalid'],
    ['BER_reordered_prova.txt.p7m', ''],
    ['DER_reordered_prova.txt.p7m', ''],
  ])('%s is refused', async (file, failure) => {
    const report = await judge(`${folder}/${file}`)
    expect(report.indication).toBe('TOTAL-FAILED')
    expect(failures(report)).toContain(failure)
  })
})

describe.skipIf(!hasFixtures)('CMS of Russia', () => {
  const only = ({ signatures }: VerificationReport): SignatureReport => {
    const [signature] = signatures
    if (signature === undefined) {
      throw new Error('there is no signature')
    }
    return signature
  }

  it('signed_a111 of R 1323565.1.025-2019 holds (512 bit, set A)', async () => {
    expect(only(await judge('crypto/ru-tc26-cms/signed_a111.pem'))).toMatchObject({
      ...holds,
      country: 'RU',
      signatureAlgorithm: { oid: '1.2.643.7.1.1.1.2' },
    })
  })

  it.each([
    ['ru/esia-apikey-1.sig.ber', 'ru/esia-apikey-1.txt', 'CAdES-B'],
    ['ru/esia-apikey-2.sig.der', 'ru/esia-apikey-2.txt', 'CMS'],
  ])('%s holds over its text, and over no other', async (file, content, format) => {
    const report = await judge(file, { content })
    expect(only(report)).toMatchObject({ ...holds, format, country: 'RU' })
    expect(failures(report)).toBe('')
    const other = content.replace('1', '3').replace('2', '1').replace('3', '2')
    expect(await judge(file, { content: other })).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'HASH_FAILURE',
    })
  })

  it('a result of Госключ holds, its content not at hand', async () => {
    const report = await judge('ru/goskey-result-07_01.pdf.sig')
    expect(report).toMatchObject({ subIndication: 'SIGNED_DATA_NOT_FOUND' })
    expect(only(report)).toMatchObject({ ...holds, format: 'CAdES-B', country: 'RU' })
  })

  it('a signature over a document passes under its test root, and over no other', async () => {
    const folder = 'ru/authority/samples'
    const options = { anchor: `${folder}/test-root.der`, content: `${folder}/document.txt` }
    const report = await judge(`${folder}/document.txt.sig`, options)
    expect(failures(report)).toBe('')
    expect(only(report)).toMatchObject(holds)
    expect(
      await judge(`${folder}/document.txt.sig`, { ...options, content: `${folder}/tsl-shape.xml` }),
    ).toMatchObject({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' })
  })
})

describe.skipIf(!hasFixtures)('CMS of the Kazakh test authority', () => {
  const folder = 'crypto/kz-nca-test'

  it('of one RSA signer holds, and its certificate had expired', async () => {
    const report = await judge(`${folder}/cms-attached-one-signer.der`, {
      anchor: `${folder}/ca-nca_rsa_test.crt`,
      at: new Date('2022-09-28T14:40:30Z'),
    })
    expect(report).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'EXPIRED',
      signatures: [{ ...holds, country: 'KZ' }],
    })
    expect(failures(report)).toBe('certificate-validity signing-time-after-not-after')
  })

  it('with a time-stamp of a 2004 key holds, the TSA untrusted', async () => {
    const file = `${folder}/cms-cades-t-gost2015-512-tst-gost2004.der`
    const report = await judge(file, { anchor: `${folder}/ca-nca_gost2015_test.cer` })
    expect(failures(report)).toBe('')
    expect(report).toMatchObject({
      indication: 'INDETERMINATE',
      subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
      signatures: [{ ...holds, timestamps: [{ genTime: '2024-07-22T12:32:51.000Z' }] }],
    })
  })
})
