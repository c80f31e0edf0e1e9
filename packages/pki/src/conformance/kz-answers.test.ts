import { describe, expect, it } from 'vitest'
import { algorithmOid, checkSigned, createSigningKey } from '../keys/index.ts'
import { findPath } from '../path/index.ts'
import { readPkcs12 } from '../pkcs12/index.ts'
import { checkOcsp, parseCrl, parseOcspResponse } from '../revocation/index.ts'
import { createTrustStore } from '../trust/index.ts'
import { parseTimeStampResponse } from '../tsp/index.ts'
import { verifySignature } from '../verify/index.ts'
import { nationalIdentity, parseCertificate } from '../x509/index.ts'
import { fixture, fixtureJson, fixtureNames, hasFixtures } from './fixtures.ts'

type Expected = {
  readonly password: string
  readonly cms: Readonly<
    Record<string, { readonly signers: readonly { revokedAccordingToItsAuthors?: boolean }[] }>
  >
  readonly ocsp: Readonly<
    Record<
      string,
      {
        readonly mathOk: boolean
        readonly status: 'good' | 'revoked'
        readonly producedAt: string
        readonly certIdHash: 'sha256'
        readonly responderIssuer: string
        readonly nextUpdate?: null
      }
    >
  >
  readonly crl: Readonly<Record<string, { readonly mathOk: boolean; readonly issuer: string }>>
  readonly tsp: Readonly<Record<string, { readonly status?: number }>>
  readonly p12: Readonly<
    Record<
      string,
      {
        readonly iin?: string
        readonly bin?: string
        readonly uid?: string
        readonly eku?: readonly string[]
        readonly validFrom?: string
        readonly validTo?: string
        readonly alg?: string
      }
    >
  >
}

const expected = (
  hasFixtures ? fixtureJson('kz/expected.json') : { cms: {}, ocsp: {}, crl: {}, tsp: {}, p12: {} }
) as Expected

const certificate = (path: string) => parseCertificate(fixture(`kz/${path}`))

describe.skipIf(!hasFixtures)('what expected.json states', () => {
  /** Every key of a section that some test of this folder or of the room of its format asserts. */
  const asserted = {
    cms: [
      'attachedContentHex',
      'attachedContentUtf8',
      'alg',
      'mathOk',
      'iin',
      'bin',
      'role',
      'signingTime',
      'chainTo',
      'certificateValidTo',
      'certificateExpiredAtSigningTime',
      'documentSigningKeyUsageOk',
      'authenticationKeyUsageOk',
      'revokedAccordingToItsAuthors',
      'timestamp',
      'policy',
      'imprintAlg',
      'genTime',
      'imprintMatchesSignatureValue',
      'tokenMathOk',
      'tsaIssuerInFixtures',
    ],
    xml: [
      'alg',
      'mathOk',
      'root',
      'iin',
      'bin',
      'note',
      'documentSigningKeyUsageOk',
      'authenticationKeyUsageOk',
      'revokedAccordingToItsAuthors',
      'profile',
      'reference',
    ],
    ocsp: ['mathOk', 'status', 'producedAt', 'certIdHash', 'responderIssuer', 'nextUpdate'],
    tsp: [
      'kind',
      'status',
      'mathOk',
      'tokenMathOk',
      'policy',
      'imprintAlg',
      'genTime',
      'tsaIssuer',
    ],
    crl: ['mathOk', 'issuer'],
    p12: ['iin', 'bin', 'uid', 'eku', 'validFrom', 'validTo', 'alg', 'note'],
  } as const

  const keysIn = (value: unknown): readonly string[] =>
    typeof value !== 'object' || value === null
      ? []
      : Array.isArray(value)
        ? value.flatMap(keysIn)
        : Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)])

  it.each(Object.entries(asserted))('%s has no value without an assertion', (section, known) => {
    const stated = (fixtureJson('kz/expected.json') as Record<string, object>)[section] ?? {}
    const keys = new Set(Object.values(stated).flatMap(keysIn))
    signersOut(keys)
    expect([...keys].filter((key) => !(known as readonly string[]).includes(key))).toEqual([])
  })

  const signersOut = (keys: Set<string>): void => {
    keys.delete('signers')
  }

  it.each(['cms', 'xml', 'ocsp', 'tsp', 'crl', 'p12'])(
    '%s has every file of the folder',
    (folder) => {
      const stated = (fixtureJson('kz/expected.json') as Record<string, object>)[folder] ?? {}
      expect(Object.keys(stated).sort()).toEqual([...fixtureNames(`kz/${folder}`)].sort())
    },
  )
})

describe.skipIf(!hasFixtures)('Kazakh OCSP answers of the fixtures', () => {
  it.each(Object.entries(expected.ocsp))('%s', (file, want) => {
    const bytes = fixture(`kz/ocsp/${file}`)
    const issuer = certificate(want.responderIssuer)
    const { basic } = parseOcspResponse(bytes)
    const [single, ...more] = basic?.responses ?? []
    if (basic === null || basic === undefined || single === undefined) {
      throw new Error('the answer is empty')
    }
    expect(more).toEqual([])
    const [responder] = basic.certificates.map(parseCertificate)
    expect(checkSigned(basic, (responder ?? issuer).spki).status === 'valid').toBe(want.mathOk)
    expect(responder).toBeDefined()
    expect(checkSigned(responder ?? issuer, issuer.spki).status).toBe('valid')
    expect(basic.producedAt).toEqual(new Date(want.producedAt))
    expect(single.certId.hashOid).toBe(algorithmOid[want.certIdHash])
    expect(single.certStatus.status).toBe(want.status)
    if (want.nextUpdate === null) {
      expect(single.nextUpdate).toBeUndefined()
    }
    const subject = { ...issuer, serialNumber: single.certId.serialNumber }
    const at = basic.producedAt
    expect(checkOcsp({ certificate: subject, issuer, response: bytes, at }).status).toBe(
      want.status,
    )
  })
})

describe.skipIf(!hasFixtures)('Kazakh revocation lists of the fixtures', () => {
  it.each(Object.entries(expected.crl))('%s', (file, { mathOk, issuer }) => {
    const list = parseCrl(fixture(`kz/crl/${file}`))
    expect(checkSigned(list, certificate(issuer).spki).status === 'valid').toBe(mathOk)
    const other = certificate('ca-prod/nca_gost_2022.cer')
    expect(checkSigned(list, other.spki).status).not.toBe('valid')
  })
})

describe.skipIf(!hasFixtures)('Kazakh time-stamp responses of the fixtures', () => {
  const stated = Object.entries(expected.tsp).filter(([, { status }]) => status !== undefined)

  it.each(stated)('%s has its status', (file, { status }) => {
    const response = parseTimeStampResponse(fixture(`kz/tsp/${file}`))
    expect(response.status).toBe(status === 0 ? 'granted' : undefined)
  })
})

describe.skipIf(!hasFixtures)('Kazakh key stores of the fixtures', () => {
  it.each(Object.entries(expected.p12))('%s', (file, want) => {
    const [entry] = readPkcs12(fixture(`kz/p12/${file}`), expected.password)
    const leaf = parseCertificate(entry?.certificates[0] ?? new Uint8Array())
    const { iin, bin, systemOid } = nationalIdentity(leaf)
    const found = { iin, bin, uid: systemOid }
    for (const key of ['iin', 'bin', 'uid'] as const) {
      if (want[key] !== undefined) {
        expect(found[key]).toBe(want[key])
      }
    }
    if (want.eku !== undefined) {
      expect(leaf.extensions.extKeyUsage?.oids).toEqual(want.eku)
    }
    const day = (time: Date): string => time.toISOString().slice(0, 10)
    if (want.validFrom !== undefined) {
      expect([day(leaf.notBefore), day(leaf.notAfter)]).toEqual([want.validFrom, want.validTo])
    }
    if (want.alg !== undefined) {
      expect(createSigningKey(entry?.key ?? new Uint8Array()).scheme.family).toBe(want.alg)
    }
    const roles = fixtureNames('kz/ca-test').map((name) => certificate(`ca-test/${name}`))
    expect(findPath({ certificate: leaf, anchors: roles }, { at: leaf.notBefore }).status).toBe(
      'valid',
    )
  })
})

describe.skipIf(!hasFixtures)('Kazakh signatures that their authors say were revoked', () => {
  const revoked = Object.entries(expected.cms).flatMap(([file, { signers }]) =>
    signers.some(({ revokedAccordingToItsAuthors }) => revokedAccordingToItsAuthors === true)
      ? [file]
      : [],
  )

  it.each(revoked)(
    '%s: without data nobody calls it good, and where data are asked for it is open',
    async (file) => {
      const judge = async (policy: 'kz-500' | 'etsi-basic') => {
        const anchors = fixtureNames('kz/ca-test').map((name) => ({
          certificate: certificate(`ca-test/${name}`),
          origin: 'explicit' as const,
        }))
        const { report } = await verifySignature({
          container: fixture(`kz/cms/${file}`),
          trust: createTrustStore(anchors),
          policy,
          now: new Date('2020-09-09T20:03:14Z'),
        })
        return report
      }
      for (const policy of ['kz-500', 'etsi-basic'] as const) {
        const [signature] = (await judge(policy)).signatures
        expect(signature?.revocation.map(({ status }) => status)).not.toContain('good')
      }
      expect((await judge('kz-500')).indication).toBe('INDETERMINATE')
    },
  )
})
