import { describe, expect, it } from 'vitest'
import { decodeContainer } from '../asn1/index.ts'
import { knownAuthorities, knownAuthority } from '../trust/index.ts'
import { createTrustStore } from '../trust/trust-store.ts'
import { verifySignature } from '../verify/index.ts'
import { parseCertificate } from '../x509/index.ts'
import { fixture, fixtureNames, hasFixtures } from './fixtures.ts'

const folders = [
  'kz/ca-prod',
  'kz/ca-test',
  'kz/certs',
  'uz/certs',
  'uz/synthetic',
  'ru/authority/anchors',
  'ru/authority/samples',
] as const

const certificates = () =>
  folders.flatMap((folder) =>
    fixtureNames(folder)
      .filter((name) => /\.(cer|crt|der)$/.test(name))
      .map((name) => ({
        path: `${folder}/${name}`,
        certificate: parseCertificate(decodeContainer(fixture(`${folder}/${name}`))),
      })),
  )

describe.skipIf(!hasFixtures)('the table of published authorities', () => {
  it('has a file of the fixtures behind every line, of its name and kind', () => {
    const bySha256 = new Map(
      certificates().map(({ certificate }) => [certificate.sha256, certificate]),
    )
    for (const { sha256, name, kind } of knownAuthorities) {
      const certificate = bySha256.get(sha256)
      expect(certificate?.subject.text, name).toContain(`CN=${name}`)
      expect(certificate?.issuer.text === certificate?.subject.text, name).toBe(kind === 'root')
    }
  })

  it('knows no person, no synthetic authority, and none by its name alone', () => {
    const others = certificates().filter(({ path }) => /synthetic|samples|kz\/certs|mvd/.test(path))
    expect(others.length).toBeGreaterThan(8)
    expect(others.filter(({ certificate }) => knownAuthority(certificate.sha256))).toEqual([])
  })
})

/** Containers of all three countries that bring their authorities, up to the root, with them. */
const bringing = [
  'uz/synthetic/attached-json.p7b64',
  'uz/synthetic/attached-json-timestamped.p7b64',
  'ru/esia-apikey-1.sig.ber',
  'ru/esia-apikey-2.sig.der',
  'ru/authority/samples/document.txt.sig',
  'crypto/ru-tc26-cms/signed_a111.pem',
  'kz/cms/gost2015-attached-tsp-legacy.p7s',
  'kz/cms/two-signers-gost2015-rsa-attached.p7s',
] as const

describe.skipIf(!hasFixtures)('nothing is trusted because it came inside a signature', () => {
  it.each(bringing)('%s', async (file) => {
    for (const policy of ['etsi-basic', 'sandbox', 'kz-500', 'ru-63fz', 'uz-e-imzo'] as const) {
      const { report } = await verifySignature({
        container: fixture(file),
        trust: createTrustStore([]),
        policy,
        now: new Date('2025-07-01T00:00:00Z'),
      })
      expect(report.indication, policy).not.toBe('TOTAL-PASSED')
      for (const signature of report.signatures) {
        expect(signature.anchor).toBeUndefined()
        expect(signature.level).toBe('unknown')
        expect(signature.checks.find(({ name }) => name === 'certificate-path')?.result).not.toBe(
          'passed',
        )
      }
    }
  })

  it('the same containers pass by the root that they bring, once it is named', async () => {
    const certificate = parseCertificate(fixture('uz/synthetic/root.der'))
    const { report } = await verifySignature({
      container: fixture('uz/synthetic/attached-json.p7b64'),
      trust: createTrustStore([{ certificate, origin: 'explicit' }]),
      policy: 'etsi-basic',
      now: new Date('2025-07-01T00:00:00Z'),
    })
    expect(report.indication).toBe('TOTAL-PASSED')
  })
})
