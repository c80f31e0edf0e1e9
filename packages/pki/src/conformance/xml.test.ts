import { describe, expect, it } from 'vitest'
import { createTrustStore } from '../trust/index.ts'
import { type Verification, verifySignature } from '../verify/index.ts'
import { parseCertificate } from '../x509/index.ts'
import { gatherXmlSignatures } from '../xml/gather-signatures.ts'
import { fixture, fixtureJson, fixtureNames, hasFixtures } from './fixtures.ts'

type ExpectedXml = {
  readonly alg: 'gost2015-512' | 'gost2004' | 'rsa-sha256'
  readonly mathOk: boolean
  readonly root?: string
  readonly iin?: string
  readonly bin?: string
  readonly documentSigningKeyUsageOk?: boolean
  readonly profile?: string
  readonly reference?: string
}

const expected = hasFixtures
  ? (fixtureJson('kz/expected.json') as { readonly xml: Readonly<Record<string, ExpectedXml>> }).xml
  : {}

const schemeIds = {
  'gost2015-512': 'kz-2015-512',
  gost2004: 'kz-2004',
  'rsa-sha256': 'rsa-sha256',
} as const

const now = new Date('2026-11-01T00:00:00Z')

/** Verifies inside the validity period of the certificate, so that only the document decides. */
const verify = async (container: Uint8Array, content?: Uint8Array): Promise<Verification> => {
  const trust = createTrustStore(
    fixtureNames('kz/ca-test').map((name) => ({
      certificate: parseCertificate(fixture(`kz/ca-test/${name}`)),
      origin: 'explicit' as const,
    })),
  )
  const [fact] = await gatherXmlSignatures(container)
  const [bytes] = fact?.keyInfo.certificates ?? []
  const leaf = bytes === undefined ? undefined : parseCertificate(bytes)
  return verifySignature({
    container,
    ...(content === undefined ? {} : { content }),
    trust,
    policy: 'etsi-basic',
    at:
      leaf === undefined ? now : new Date((leaf.notBefore.getTime() + leaf.notAfter.getTime()) / 2),
    now,
  })
}

const replaced = (bytes: Uint8Array, from: string, to: string): Uint8Array => {
  const text = new TextDecoder().decode(bytes)
  expect(text).toContain(from)
  return new TextEncoder().encode(text.replace(from, to))
}

describe.skipIf(!hasFixtures)('Kazakh XML signatures of the fixtures', () => {
  for (const [file, values] of Object.entries(expected)) {
    describe(file, () => {
      const container = () => fixture(`kz/xml/${file}`)

      it(`alg ${values.alg}, mathOk ${values.mathOk}`, async () => {
        const { report, facts } = await verify(container())
        expect(facts.signers[0]?.check).toMatchObject({
          scheme: { id: schemeIds[values.alg] },
          signature: values.mathOk ? 'valid' : 'invalid',
          digest: { result: 'match' },
          defects: [],
        })
        expect(report.signatures).toMatchObject([
          { format: 'XMLDSig', country: 'KZ', cryptography: 'valid' },
        ])
      })

      it('names the signer', async () => {
        const [signature] = (await verify(container())).report.signatures
        expect(values.iin ?? signature?.signer.iin).toBe(signature?.signer.iin)
        expect(values.bin ?? signature?.signer.bin).toBe(signature?.signer.bin)
      })

      it('passes when trusted at its time, unless its key signs no documents', async () => {
        const { report } = await verify(container())
        const isDocumentKey = values.documentSigningKeyUsageOk !== false
        expect(report.subIndication).toBe(isDocumentKey ? undefined : 'CHAIN_CONSTRAINTS_FAILURE')
        expect(report.indication).toBe(isDocumentKey ? 'TOTAL-PASSED' : 'INDETERMINATE')
      })

      it('says what it covers', async () => {
        const [fact] = await gatherXmlSignatures(container())
        if (values.reference === undefined) {
          expect(fact?.coverage.covers).toBe('document')
          expect(fact?.path).toBe(`/${values.root}/ds:Signature`)
          expect(new TextDecoder().decode(fact?.references[0]?.octets)).toMatch(
            new RegExp(`^<${values.root}>`),
          )
        } else {
          expect(fact?.references[0]?.uri).toBe(values.reference)
          expect(fact?.coverage).toMatchObject({
            covers: ['/SOAP-ENV:Envelope/SOAP-ENV:Body'],
            uncovered: undefined,
          })
        }
      })

      it('fails when a character of the content is another', async () => {
        const [fact] = await gatherXmlSignatures(container())
        const text = new TextDecoder().decode(fact?.references[0]?.octets)
        const word = />([^<>\s]{3,})</.exec(text)?.[1] ?? ''
        const { report } = await verify(replaced(container(), word, `${word}1`))
        expect(report).toMatchObject({
          indication: 'TOTAL-FAILED',
          subIndication: 'HASH_FAILURE',
        })
      })
    })
  }

  it('the stored document is what was signed, whatever its declaration', async () => {
    const signed = fixture('kz/xml/gost2015-enveloped-2025.xml')
    const original = new TextEncoder().encode('<test><message>QCxn00hfuH9zCv58</message></test>')
    const right = await verify(signed, original)
    expect(right.report.indication).toBe('TOTAL-PASSED')
    const wrong = await verify(signed, replaced(original, 'QCxn', 'QCxm'))
    expect(wrong.report).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'HASH_FAILURE',
    })
  })
})

describe.skipIf(!hasFixtures)('Russian XML signatures of the fixtures', () => {
  it.each([
    ['enveloped-gost2012-256.xml', 'ru-2012-256'],
    ['enveloped-gost2001.xml', 'ru-2001'],
  ])('%s is right mathematically', async (file, scheme) => {
    const { report, facts } = await verify(fixture(`crypto/ru-xmldsig/${file}`))
    expect(facts.signers[0]?.check).toMatchObject({
      scheme: { id: scheme },
      signature: 'valid',
      digest: { result: 'match' },
      defects: [],
    })
    expect(report.signatures).toMatchObject([{ format: 'XMLDSig', cryptography: 'valid' }])
    expect(report.indication).toBe('INDETERMINATE')
  })
})

describe.skipIf(!hasFixtures)('XAdES of the fixtures that must be refused', () => {
  it.each([
    ['dss-signed-altered-refRemoved.xml', 'xml.reference.no-content'],
    ['dss-signed-altered-signedPropsRemoved.xml', 'xml.xades.signed-properties-not-referenced'],
    ['xades-tampered-keyinfo.xml', 'xml.key-info.malformed'],
    ['xades-with-no-name-reference.xml', 'xml.xades.object-reference'],
  ])('%s by %s', async (file, code) => {
    const { report } = await verify(fixture(`crypto/eu-dss-xades/${file}`))
    expect(report).toMatchObject({
      indication: 'TOTAL-FAILED',
      subIndication: 'FORMAT_FAILURE',
    })
    const format = report.signatures[0]?.checks.find(({ name }) => name === 'format')
    expect(format?.detail?.split(' ')).toContain(code)
  })
})
