import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { VerificationReport } from '@muhr/pki'
import { afterAll, describe, expect, it } from 'vitest'
import { createCommandWorld } from '../command/testing.ts'
import { runVerify } from './run-verify.ts'

const fixtures = resolve(
  process.env['MUHR_FIXTURES'] ?? resolve(import.meta.dirname, '../../../../../shared/fixtures'),
)
const hasFixtures = existsSync(resolve(fixtures, 'kz/expected.json'))

const world = createCommandWorld(new Date('2026-03-01T00:00:00Z'))
afterAll(world.remove)

type Wanted = {
  readonly code: 0 | 1 | 2 | 65
  readonly trust?: readonly string[]
  readonly content?: string
  readonly at?: string
  readonly indication?: VerificationReport['indication']
  readonly subIndication?: string
  readonly country?: 'KZ' | 'RU' | 'UZ' | null
  readonly cryptography?: 'valid' | 'invalid' | 'unsupported'
  readonly format?: string
}

const kzTrust = [
  'kz/ca-test/nca_gost2022_test.cer',
  'kz/ca-test/nca_gost_test_2019.cer',
  'kz/ca-test/nca_rsa_test_2019.cer',
]
const uzTrust = ['uz/synthetic/root.der']

const open = (subIndication: string, more: Partial<Wanted> = {}): Wanted => ({
  code: 2,
  indication: 'INDETERMINATE',
  subIndication,
  cryptography: 'valid',
  ...more,
})
const failed = (subIndication: string, more: Partial<Wanted> = {}): Wanted => ({
  code: 1,
  indication: 'TOTAL-FAILED',
  subIndication,
  ...more,
})
const passed = (more: Partial<Wanted> = {}): Wanted => ({
  code: 0,
  indication: 'TOTAL-PASSED',
  cryptography: 'valid',
  ...more,
})

const untrusted = open('NO_CERTIFICATE_CHAIN_FOUND')

/** What `muhr verify` has to say of every container of the real data (their SOURCES.md and indexes). */
const table: Readonly<Record<string, Wanted>> = {
  // expected.json: judged at signing time, under the test authorities.
  'kz/cms/gost2015-attached-tsp-legacy.p7s': open('NO_CERTIFICATE_CHAIN_FOUND', {
    trust: kzTrust,
    country: 'KZ',
    format: 'CMS',
  }),
  'kz/cms/gost2004-org-attached-2020.p7s': passed({
    trust: kzTrust,
    at: '2020-09-09T20:03:14Z',
    country: 'KZ',
  }),
  'kz/cms/rsa-individual-sign-2020.p7s': passed({
    trust: kzTrust,
    at: '2020-09-09T20:03:14Z',
    country: 'KZ',
  }),
  'kz/cms/two-signers-gost2015-rsa-attached.p7s': failed('EXPIRED', {
    trust: kzTrust,
    at: '2022-09-27T21:17:59Z',
  }),
  'kz/cms/rsa-attached-2022.p7s': failed('EXPIRED', { trust: kzTrust, at: '2022-09-28T14:40:30Z' }),
  'kz/cms/rsa-individual-auth-2020.p7s': open('CHAIN_CONSTRAINTS_FAILURE', {
    trust: kzTrust,
    at: '2020-09-09T20:03:14Z',
  }),
  'kz/cms/rsa-org-auth-revoked-2020.p7s': open('CHAIN_CONSTRAINTS_FAILURE', {
    trust: kzTrust,
    at: '2020-09-09T20:03:14Z',
  }),
  // Nothing here proves a revocation: without a policy that asks for data it stands.
  'kz/cms/rsa-individual-sign-revoked-2020.p7s': passed({
    trust: kzTrust,
    at: '2020-09-09T20:03:14Z',
  }),
  'crypto/kz-nca-test/cms-attached-one-signer.der': failed('EXPIRED', { trust: kzTrust }),
  'crypto/kz-nca-test/cms-cades-t-gost2015-512-tst-gost2004.der': untrusted,

  // Documents of Kazakhstan, at a time of their certificates: they claim none themselves.
  'kz/xml/gost2015-enveloped-2025.xml': passed({
    trust: kzTrust,
    at: '2025-02-24T19:23:14Z',
    country: 'KZ',
    format: 'XMLDSig',
  }),
  'kz/xml/gost2004-org-attached-2020.xml': passed({
    trust: kzTrust,
    at: '2020-09-09T20:03:14Z',
    country: 'KZ',
    format: 'XMLDSig',
  }),
  'kz/xml/rsa-individual-sign-2020.xml': passed({
    trust: kzTrust,
    at: '2020-09-09T20:03:14Z',
    format: 'XMLDSig',
  }),
  'kz/xml/rsa-individual-sign-revoked-2020.xml': passed({
    trust: kzTrust,
    at: '2020-09-09T20:03:14Z',
  }),
  'kz/xml/rsa-individual-auth-2020.xml': open('CHAIN_CONSTRAINTS_FAILURE', {
    trust: kzTrust,
    at: '2020-09-09T20:03:14Z',
  }),
  'kz/xml/rsa-org-auth-revoked-2020.xml': open('CHAIN_CONSTRAINTS_FAILURE', {
    trust: kzTrust,
    at: '2020-09-09T20:03:14Z',
  }),
  'kz/xml/rsa-enveloped-2022.xml': open('OUT_OF_BOUNDS_NO_POE', { trust: kzTrust }),
  'kz/xml/wsse-rsa-2022.xml': open('OUT_OF_BOUNDS_NO_POE', { trust: kzTrust }),
  'crypto/kz-nca-test/xmldsig-gost2015-512-enveloped.xml': passed({
    trust: kzTrust,
    at: '2024-07-22T12:32:51Z',
  }),
  'crypto/ru-xmldsig/enveloped-gost2012-256.xml': {
    ...untrusted,
    at: '2026-11-01T00:00:00Z',
    country: 'RU',
    format: 'XMLDSig',
  },
  'crypto/ru-xmldsig/enveloped-gost2001.xml': {
    ...untrusted,
    at: '2026-11-01T00:00:00Z',
    country: 'RU',
    format: 'XMLDSig',
  },
  'crypto/eu-dss-xades/dss-signed-altered-refRemoved.xml': failed('FORMAT_FAILURE'),
  'crypto/eu-dss-xades/dss-signed-altered-signedPropsRemoved.xml': failed('FORMAT_FAILURE'),
  'crypto/eu-dss-xades/xades-tampered-keyinfo.xml': failed('FORMAT_FAILURE'),

  // index.json of the synthetic set.
  'uz/synthetic/attached-inn.p7b64': passed({ trust: uzTrust, country: 'UZ', format: 'CMS' }),
  'uz/synthetic/attached-json.p7b64': passed({ trust: uzTrust, country: 'UZ' }),
  'uz/synthetic/attached-chunked.p7b64': passed({ trust: uzTrust, country: 'UZ' }),
  'uz/synthetic/attached-two-signers.p7b64': passed({ trust: uzTrust, country: 'UZ' }),
  'uz/synthetic/attached-json-timestamped.p7b64': passed({ trust: uzTrust, country: 'UZ' }),
  'uz/synthetic/bad-content.p7b64': failed('HASH_FAILURE', {
    trust: uzTrust,
    cryptography: 'invalid',
  }),
  'uz/synthetic/bad-signature.p7b64': failed('SIG_CRYPTO_FAILURE', {
    trust: uzTrust,
    cryptography: 'invalid',
  }),
  'uz/synthetic/expired-cert.p7b64': failed('EXPIRED', { trust: uzTrust, cryptography: 'valid' }),
  'uz/synthetic/bad-timestamp-imprint.p7b64': failed('FORMAT_FAILURE', { trust: uzTrust }),
  'uz/synthetic/detached-json.p7b64': open('SIGNED_DATA_NOT_FOUND', { trust: uzTrust }),

  // SOURCES.md of Russia: valid mathematically, no trust; the document of Госключ is not published.
  'ru/esia-apikey-1.sig.ber': {
    ...untrusted,
    content: 'ru/esia-apikey-1.txt',
    country: 'RU',
    format: 'CAdES-B',
  },
  'ru/esia-apikey-2.sig.der': {
    ...untrusted,
    content: 'ru/esia-apikey-2.txt',
    country: 'RU',
    format: 'CMS',
  },
  'ru/esia-apikey-1.sig.b64url.txt': {
    ...untrusted,
    content: 'ru/esia-apikey-1.txt',
    country: 'RU',
    format: 'CAdES-B',
  },
  'ru/esia-apikey-2.sig.percent.txt': {
    ...untrusted,
    content: 'ru/esia-apikey-2.txt',
    country: 'RU',
    format: 'CMS',
  },
  'ru/goskey-result-07_01.pdf.sig': open('SIGNED_DATA_NOT_FOUND', {
    country: 'RU',
    format: 'CAdES-B',
  }),
  'crypto/ru-tc26-cms/signed_a111.pem': { ...untrusted, country: 'RU' },
  'crypto/ru-tk26/cms-signed-256-XchA.der': open('NO_SIGNING_CERTIFICATE_FOUND', {
    cryptography: 'unsupported',
    country: null,
  }),
  'crypto/ru-tc26-cms/hashed_a311.pem': { code: 65 },
  'crypto/ru-tk26/cms-digested-256.der': { code: 65 },

  // The European set: see the second table of SOURCES.md.
  'crypto/eu-dss-cades/cades-bes-signeddata-enveloping.p7m': { ...untrusted, country: null },
  'crypto/eu-dss-cades/Signature-CBp-B-1.p7m': { ...untrusted, format: 'CAdES-B' },
  'crypto/eu-dss-cades/cades-bes-signeddata-detached.p7s': open('SIGNED_DATA_NOT_FOUND'),
  'crypto/eu-dss-cades/cms-no-sign-cert.p7m': open('NO_SIGNING_CERTIFICATE_FOUND', {
    cryptography: 'unsupported',
  }),
  'crypto/eu-dss-cades/cms-wrong-sign-cert-ref.p7m': failed('FORMAT_FAILURE'),
  'crypto/eu-dss-cades/cms-wrong-sign-cert-hash-algo.pkcs7': failed('FORMAT_FAILURE'),
  'crypto/eu-dss-cades/cades-duplicated-signed-attrs.p7m': failed('FORMAT_FAILURE'),
  'crypto/eu-dss-cades/cades-broken-sig-tst.p7m': { code: 1, indication: 'TOTAL-FAILED' },
  'crypto/eu-dss-cades/BER_reordered_prova.txt.p7m': { code: 1, indication: 'TOTAL-FAILED' },
  'crypto/eu-dss-cades/DER_reordered_prova.txt.p7m': { code: 1, indication: 'TOTAL-FAILED' },
}

const place = (path: string): string => {
  const name = path.replaceAll('/', '_')
  world.write(name, readFileSync(resolve(fixtures, path)))

  return name
}

describe.skipIf(!hasFixtures)('muhr verify on the real data', () => {
  it.each(Object.entries(table))('%s', async (file, wanted) => {
    const args = [
      place(file),
      '--json',
      ...(wanted.trust ?? []).flatMap((path) => ['--trust', place(path)]),
      ...(wanted.content === undefined ? [] : ['--content', place(wanted.content)]),
      ...(wanted.at === undefined ? [] : ['--at', wanted.at]),
    ]
    const run = await world.run(runVerify, args)
    expect(run.code, run.stdout + run.stderr).toBe(wanted.code)
    const json = JSON.parse(run.stdout)
    if (wanted.code === 65) {
      expect(json).toMatchObject({ error: { code: 'cli.wrong-kind' } })

      return
    }
    const { indication, subIndication, country, cryptography, format } = wanted
    expect(json).toMatchObject({
      policy: 'etsi-basic',
      indication,
      ...(subIndication === undefined ? {} : { subIndication }),
      sandbox: false,
    })
    const [signature] = (json as VerificationReport).signatures
    for (const [key, value] of Object.entries({ country, cryptography, format })) {
      if (value !== undefined) {
        expect(signature?.[key as 'country' | 'cryptography' | 'format'], key).toBe(value)
      }
    }
    expect(Object.hasOwn(json, 'subIndication')).toBe(indication !== 'TOTAL-PASSED')
  })

  it('tells over which document a detached signature of Uzbekistan holds', async () => {
    const { cases } = JSON.parse(
      readFileSync(resolve(fixtures, 'uz/synthetic/index.json'), 'utf8'),
    ) as { cases: readonly { file: string; content_b64: string }[] }
    const stated = cases.find(({ file }) => file === 'detached-json.p7b64')
    world.write('document.json', Buffer.from(stated?.content_b64 ?? '', 'base64'))
    world.write('other.json', Buffer.from('{}'))
    const base = [
      place('uz/synthetic/detached-json.p7b64'),
      '--trust',
      place('uz/synthetic/root.der'),
    ]
    expect((await world.run(runVerify, [...base, '--content', 'document.json'])).code).toBe(0)
    expect((await world.run(runVerify, [...base, '--content', 'other.json'])).code).toBe(1)
  })

  it('says under a national policy what is missing', async () => {
    const run = await world.run(runVerify, [
      place('uz/synthetic/attached-json.p7b64'),
      '--trust',
      place('uz/synthetic/root.der'),
      '--policy',
      'uz-e-imzo',
      '--json',
    ])
    expect(run.code).toBe(2)
    expect(JSON.parse(run.stdout)).toMatchObject({
      policy: 'uz-e-imzo',
      indication: 'INDETERMINATE',
      subIndication: 'TRY_LATER',
    })
  })
})
