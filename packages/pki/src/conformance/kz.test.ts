import { describe, expect, it } from 'vitest'
import { toHex } from '../asn1/index.ts'
import { contentTypeOid, parseSignedData } from '../cms/index.ts'
import { findPath } from '../path/index.ts'
import { createTrustStore, knownAuthority, type TrustStore } from '../trust/index.ts'
import { timeStampTokenOf } from '../tsp/index.ts'
import {
  type SignatureReport,
  type Verification,
  verifySignature,
  verifyTimeStamp,
} from '../verify/index.ts'
import { nationalIdentity, parseCertificate } from '../x509/index.ts'
import { fixture, fixtureJson, fixtureNames, hasFixtures } from './fixtures.ts'

type ExpectedTimeStamp = {
  readonly policy: string
  readonly imprintAlg: string
  readonly genTime: string
  readonly imprintMatchesSignatureValue?: boolean
  readonly tokenMathOk?: boolean
  readonly tsaIssuerInFixtures?: boolean
}

type ExpectedSigner = {
  readonly alg: 'gost2015-512' | 'gost2004' | 'rsa-sha256'
  readonly mathOk: boolean
  readonly iin?: string
  readonly bin?: string
  readonly role?: string
  readonly signingTime?: string
  readonly chainTo?: string
  readonly certificateValidTo?: string
  readonly certificateExpiredAtSigningTime?: boolean
  readonly documentSigningKeyUsageOk?: boolean
  readonly authenticationKeyUsageOk?: boolean
  readonly revokedAccordingToItsAuthors?: boolean
  readonly timestamp: ExpectedTimeStamp | null
}

type ExpectedContainer = {
  readonly attachedContentHex?: string
  readonly attachedContentUtf8?: string
  readonly signers: readonly ExpectedSigner[]
}

type ExpectedToken = {
  readonly kind?: string
  readonly status?: number
  readonly mathOk?: boolean
  readonly tokenMathOk?: boolean
  readonly policy?: string
  readonly imprintAlg?: string
  readonly genTime?: string
  readonly tsaIssuer?: string
}

type Expected = {
  readonly cms: Readonly<Record<string, ExpectedContainer>>
  readonly tsp: Readonly<Record<string, ExpectedToken>>
  readonly chains: Readonly<Record<string, string>>
}

const expected = (
  hasFixtures ? fixtureJson('kz/expected.json') : { cms: {}, tsp: {}, chains: {} }
) as Expected

/** Declares a test only where the fixture states the value. */
const when = (isStated: boolean, name: string, test: () => Promise<void>): void => {
  if (isStated) {
    it(name, test)
  }
}

const schemeIds = {
  'gost2015-512': 'kz-2015-512',
  gost2004: 'kz-2004',
  'rsa-sha256': 'rsa-sha256',
} as const

const certificate = (path: string) => parseCertificate(fixture(`kz/${path}`))

const trustOf = (...paths: readonly string[]): TrustStore =>
  createTrustStore(
    paths.map((path) => ({ certificate: certificate(path), origin: 'explicit' as const })),
  )

/** Every test authority of the fixtures: which one a chain ends at is what is to be found. */
const testTrust = (): TrustStore =>
  trustOf(...fixtureNames('kz/ca-test').map((name) => `ca-test/${name}`))

/** Long after everything in the fixtures. */
const now = new Date('2026-03-01T00:00:00Z')

const verify = (
  file: string,
  { at = now, content }: { readonly at?: Date; readonly content?: Uint8Array } = {},
): Promise<Verification> =>
  verifySignature({
    container: fixture(`kz/cms/${file}`),
    ...(content === undefined ? {} : { content }),
    trust: testTrust(),
    policy: 'etsi-basic',
    at,
    now,
  })

const resultOf = (signature: SignatureReport, name: string): string | undefined =>
  signature.checks.find((check) => check.name === name)?.result

describe.skipIf(!hasFixtures)('Kazakh CMS of the fixtures', () => {
  for (const [file, container] of Object.entries(expected.cms)) {
    describe(file, () => {
      const content =
        container.attachedContentHex === undefined
          ? new TextEncoder().encode(container.attachedContentUtf8)
          : new Uint8Array(Buffer.from(container.attachedContentHex, 'hex'))

      it('carries the expected content', () => {
        expect(parseSignedData(fixture(`kz/cms/${file}`)).content).toEqual(content)
      })

      it('has the expected number of signers', async () => {
        const { report } = await verify(file)
        expect(report.signatures).toHaveLength(container.signers.length)
      })

      it('fails over other content', async () => {
        const { report } = await verify(file, { content: Uint8Array.of(...content, 0) })
        expect(report).toMatchObject({
          indication: 'TOTAL-FAILED',
          subIndication: 'HASH_FAILURE',
        })
      })

      for (const [index, signer] of container.signers.entries()) {
        describe(`signer ${index}`, () => {
          // All samples without a stated time are of September 2020.
          const at = new Date(signer.signingTime ?? '2020-09-09T20:03:14Z')
          const judged = async () => {
            const verification = await verify(file, { at, content })
            const signature = verification.report.signatures[index]
            const facts = verification.facts.signers[index]
            if (signature === undefined || facts === undefined) {
              throw new Error('the signer is missing')
            }
            return { signature, facts }
          }

          it(`alg ${signer.alg}`, async () => {
            expect((await judged()).facts.check.scheme?.id).toBe(schemeIds[signer.alg])
          })
          it(`mathOk ${signer.mathOk}`, async () => {
            const { signature } = await judged()
            expect(signature.cryptography === 'valid').toBe(signer.mathOk)
            expect(resultOf(signature, 'content-digest')).toBe('passed')
            expect(resultOf(signature, 'format')).toBe('passed')
          })
          when(signer.iin !== undefined, `iin`, async () => {
            expect((await judged()).signature.signer.iin).toBe(signer.iin)
          })
          when(signer.bin !== undefined, `bin`, async () => {
            expect((await judged()).signature.signer.bin).toBe(signer.bin)
          })
          when(signer.role !== undefined, `role ${signer.role}`, async () => {
            expect((await judged()).signature.signer.role).toBe(signer.role)
          })
          when(signer.signingTime !== undefined, `signingTime ${signer.signingTime}`, async () => {
            expect((await judged()).signature.signingTime).toBe(at.toISOString())
          })
          when(signer.chainTo !== undefined, `chainTo ${signer.chainTo}`, async () => {
            const { signature } = await judged()
            expect(signature.anchor?.sha256).toBe(certificate(signer.chainTo ?? '').sha256)
            expect(resultOf(signature, 'certificate-path')).toBe('passed')
          })
          when(
            signer.certificateValidTo !== undefined,
            `certificateValidTo ${signer.certificateValidTo}`,
            async () => {
              const { facts } = await judged()
              expect(facts.certificate?.notAfter).toEqual(new Date(signer.certificateValidTo ?? ''))
            },
          )
          when(
            signer.certificateExpiredAtSigningTime === true,
            'certificateExpiredAtSigningTime: fails as EXPIRED',
            async () => {
              expect((await judged()).signature).toMatchObject({
                indication: 'TOTAL-FAILED',
                subIndication: 'EXPIRED',
              })
            },
          )
          when(
            signer.documentSigningKeyUsageOk === false,
            'documentSigningKeyUsageOk false: never passes as a document signature',
            async () => {
              const { signature } = await judged()
              expect(signature.indication).not.toBe('TOTAL-PASSED')
              expect(resultOf(signature, 'key-usage')).toBe('failed')
            },
          )
          when(signer.authenticationKeyUsageOk === true, 'authenticationKeyUsageOk', async () => {
            const { facts } = await judged()
            expect(facts.certificate?.extensions.keyUsage?.usages).toContain('digitalSignature')
          })
          const isPlain =
            signer.chainTo !== undefined &&
            signer.timestamp === null &&
            signer.certificateExpiredAtSigningTime !== true &&
            signer.documentSigningKeyUsageOk !== false
          when(isPlain, 'passes at its signing time under etsi-basic', async () => {
            const { signature } = await judged()
            expect(signature.checks.filter(({ result }) => result !== 'passed')).toEqual([])
            expect(signature.indication).toBe('TOTAL-PASSED')
          })
          when(isPlain, 'is INDETERMINATE without trust, and under kz-500', async () => {
            const container = fixture(`kz/cms/${file}`)
            const alone = await verifySignature({
              container,
              trust: createTrustStore([]),
              policy: 'etsi-basic',
              at,
              now,
            })
            expect(alone.report.signatures[index]).toMatchObject({
              indication: 'INDETERMINATE',
              subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
            })
            const strict = await verifySignature({
              container,
              trust: testTrust(),
              policy: 'kz-500',
              at,
              now,
            })
            expect(strict.report.signatures[index]?.indication).toBe('INDETERMINATE')
          })

          when(signer.timestamp === null, 'timestamp none', async () => {
            expect((await judged()).facts.timeStamps).toEqual([])
          })
          const { timestamp } = signer
          if (timestamp !== null) {
            const stamp = async () => {
              const [facts] = (await judged()).facts.timeStamps
              if (facts?.readable !== true) {
                throw new Error('the time-stamp cannot be read')
              }
              return facts
            }
            it(`timestamp policy ${timestamp.policy}`, async () => {
              expect((await stamp()).tstInfo.policy).toBe(timestamp.policy)
            })
            it(`timestamp imprintAlg ${timestamp.imprintAlg}`, async () => {
              const { tstInfo } = await stamp()
              expect(tstInfo.messageImprint.algorithm.oid).toBe(timestamp.imprintAlg)
            })
            it(`timestamp genTime ${timestamp.genTime}`, async () => {
              expect((await stamp()).tstInfo.genTime).toEqual(new Date(timestamp.genTime))
            })
            it('timestamp imprintMatchesSignatureValue', async () => {
              expect((await stamp()).imprint === 'match').toBe(
                timestamp.imprintMatchesSignatureValue,
              )
            })
            it('timestamp tokenMathOk', async () => {
              const { check, isTimeStampCertificate } = await stamp()
              expect(check).toMatchObject({
                signature: timestamp.tokenMathOk === true ? 'valid' : 'invalid',
                digest: { result: 'match' },
                certificateReference: 'match',
                defects: [],
              })
              expect(isTimeStampCertificate).toBe(true)
            })
            it('timestamp tsaIssuerInFixtures: an untrusted TSA leaves it open', async () => {
              const { signature } = await judged()
              expect(timestamp.tsaIssuerInFixtures).toBe(false)
              expect(signature).toMatchObject({
                indication: 'INDETERMINATE',
                subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
                timestamps: [{ valid: false }],
              })
            })
          }
        })
      }
    })
  }
})

describe.skipIf(!hasFixtures)('Kazakh time-stamps of the fixtures', () => {
  for (const [file, token] of Object.entries(expected.tsp)) {
    describe(file, () => {
      const judged = async () => {
        const bytes = fixture(`kz/tsp/${file}`)
        const { facts } = await verifyTimeStamp({
          token: token.kind === 'TimeStampResp' ? timeStampTokenOf(bytes) : bytes,
          data: new Uint8Array(),
          trust: testTrust(),
          policy: 'etsi-basic',
          now,
        })
        if (!facts.readable) {
          throw new Error('the time-stamp cannot be read')
        }
        return facts
      }

      it('is right mathematically', async () => {
        expect(token.mathOk ?? token.tokenMathOk).toBe(true)
        expect((await judged()).check).toMatchObject({
          signature: 'valid',
          digest: { result: 'match' },
          certificateReference: 'match',
          defects: [],
        })
      })
      when(token.policy !== undefined, `policy ${token.policy}`, async () => {
        expect((await judged()).tstInfo.policy).toBe(token.policy)
      })
      when(token.imprintAlg !== undefined, `imprintAlg ${token.imprintAlg}`, async () => {
        expect((await judged()).tstInfo.messageImprint.algorithm.oid).toBe(token.imprintAlg)
      })
      when(token.genTime !== undefined, `genTime ${token.genTime}`, async () => {
        expect((await judged()).tstInfo.genTime).toEqual(new Date(token.genTime ?? ''))
      })
      when(token.tsaIssuer !== undefined, `tsaIssuer ${token.tsaIssuer}`, async () => {
        const { path } = await judged()
        expect(path?.result.status).toBe('valid')
        expect(path?.result.anchor?.sha256).toBe(certificate(token.tsaIssuer ?? '').sha256)
      })
      it('holds a TSTInfo, and never passes for other data', async () => {
        expect((await judged()).imprint).toBe('mismatch')
        const bytes = fixture(`kz/tsp/${file}`)
        const data = parseSignedData(
          token.kind === 'TimeStampResp' ? timeStampTokenOf(bytes) : bytes,
        )
        expect(data.contentType).toBe(contentTypeOid.tstInfo)
      })
    })
  }
})

describe.skipIf(!hasFixtures)('Kazakh chains of the fixtures', () => {
  for (const [subject, issuer] of Object.entries(expected.chains)) {
    it(`${subject} → ${issuer}`, () => {
      const leaf = certificate(subject)
      const result = findPath(
        { certificate: leaf, anchors: [certificate(issuer)] },
        {
          at: new Date(Math.max(leaf.notBefore.getTime(), certificate(issuer).notBefore.getTime())),
        },
      )
      expect(result.status).toBe('valid')
      expect(result.anchor?.sha256).toBe(certificate(issuer).sha256)
    })
  }

  it('every authority of the fixtures is one of the published ones', () => {
    for (const [folder, environment] of [
      ['ca-prod', 'production'],
      ['ca-test', 'test'],
    ] as const) {
      for (const name of fixtureNames(`kz/${folder}`)) {
        const parsed = certificate(`${folder}/${name}`)
        const known = knownAuthority(parsed.sha256)
        expect(known, name).toMatchObject({ country: 'KZ', environment })
        expect(known?.kind === 'root').toBe(
          toHex(parsed.subject.bytes) === toHex(parsed.issuer.bytes),
        )
        expect(nationalIdentity(parsed).name).toBe(known?.name)
      }
    }
  })
})
