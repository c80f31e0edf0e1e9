import { beforeAll, describe, expect, it } from 'vitest'
import { der } from '../asn1/index.ts'
import { addSignatureTimeStamp, createSignedData, parseSignedData } from '../cms/index.ts'
import {
  profileAttributes,
  writeContainer,
  writeSignerInfo,
} from '../cms/testing/write-container.ts'
import { algorithmOid, digestOf } from '../keys/index.ts'
import { policies, sandboxPolicyOid, type VerificationPolicy } from '../policy/index.ts'
import { createTrustStore } from '../trust/index.ts'
import { buildTimeStampToken } from '../tsp/index.ts'
import type { VerificationReport } from './report.ts'
import { gostKey } from './testing/gost-key.ts'
import { type Country, type NationalPki, nationalPki } from './testing/national-pki.ts'
import { notPassed, openFor, passedReport } from './testing/sample-judge.ts'
import { issue, type TestIdentity } from './testing/test-pki.ts'
import { verifySignature } from './verify-signature.ts'

const content = new TextEncoder().encode('Договор № 1')
const now = new Date('2026-02-01T10:00:10Z')

const sign = ({ signer, authority }: NationalPki, signingTime: Date = now): Promise<Uint8Array> =>
  createSignedData({
    content,
    form: 'attached',
    signers: [{ ...signer, signingTime }],
    certificates: [authority.certificate.bytes],
  })

const stamp = async (
  container: Uint8Array,
  tsa: TestIdentity,
  { genTime = now, policy = '1.2.3' }: { genTime?: Date; policy?: string } = {},
): Promise<Uint8Array> => {
  const { digestOid } = tsa.key.scheme
  const [signerInfo] = parseSignedData(container).signerInfos
  const hash = digestOf(digestOid, signerInfo?.signature ?? new Uint8Array())
  const token = await buildTimeStampToken(
    { ...tsa, policy, signingCertificate: 'v2' },
    { messageImprint: { digestOid, hash }, serialNumber: 1n, genTime },
  )
  return addSignatureTimeStamp(container, { token })
}

const verify = async (
  container: Uint8Array,
  {
    pki,
    policy,
    at = now,
    crlsAt = at,
    origin = 'configured',
  }: {
    readonly pki: NationalPki
    readonly policy: VerificationPolicy
    readonly at?: Date
    readonly crlsAt?: Date | null
    readonly origin?: 'configured' | 'sandbox' | 'explicit'
  },
): Promise<VerificationReport> => {
  const { report } = await verifySignature({
    container,
    trust: createTrustStore([{ certificate: pki.root.certificate, origin }]),
    policy,
    now: at,
    ...(crlsAt === null ? {} : { stored: { crls: await pki.crls(crlsAt) } }),
  })
  return report
}

const countries = ['KZ', 'RU', 'UZ'] as const
const national = { KZ: 'kz-500', RU: 'ru-63fz', UZ: 'uz-e-imzo' } as const

describe('the policy of a country', () => {
  const pkis = new Map<Country, NationalPki>()
  const of = (country: Country): NationalPki => {
    const pki = pkis.get(country)
    if (pki === undefined) {
      throw new Error(country)
    }
    return pki
  }
  const signed = async (country: Country): Promise<Uint8Array> => {
    const container = await sign(of(country))
    return country === 'KZ' ? stamp(container, of('KZ').tsa) : container
  }
  beforeAll(async () => {
    for (const country of countries) {
      pkis.set(country, await nationalPki(country))
    }
  })

  it.each(countries)('of %s passes its own signature with all data', async (country) => {
    const policy = policies[national[country]]
    const report = await verify(await signed(country), { pki: of(country), policy })
    expect(notPassed(report)).toEqual([])
    expect(report).toMatchObject({
      ...passedReport,
      policy: policy.name,
      signatures: [{ country }],
    })
  })

  it.each(countries)('of %s leaves it open without revocation data', async (country) => {
    const policy = policies[national[country]]
    const options = { pki: of(country), policy, crlsAt: null }
    expect(await verify(await signed(country), options)).toMatchObject(openFor('TRY_LATER'))
    const basic = { ...options, policy: policies['etsi-basic'] }
    expect(await verify(await signed(country), basic)).toMatchObject(passedReport)
  })

  it('never passes the signature of another country', async () => {
    for (const country of countries) {
      for (const other of countries.filter((each) => each !== country)) {
        const policy = policies[national[other]]
        const report = await verify(await signed(country), { pki: of(country), policy })
        expect(report.indication).toBe('INDETERMINATE')
        expect(notPassed(report).join()).toMatch(/algorithms failed algorithm-weak/)
      }
    }
  })

  it('shows the identity in the terms of the country', async () => {
    const identityIn = async (country: Country) => {
      const policy = policies[national[country]]
      const report = await verify(await signed(country), { pki: of(country), policy })
      return report.signatures[0]?.signer
    }
    expect(await identityIn('RU')).toMatchObject({
      snils: '00000000000',
      inn: '770000000000',
      organisationInn: '7700000000',
      ogrn: '1000000000009',
      role: 'Директор',
    })
    expect(await identityIn('UZ')).toMatchObject({ pinfl: '30000000000000', inn: '300000000' })
    expect(await identityIn('KZ')).toMatchObject({ iin: '000000000011' })
  })

  it('of Kazakhstan asks for a time-stamp, the others do not', async () => {
    const report = await verify(await sign(of('KZ')), { pki: of('KZ'), policy: policies['kz-500'] })
    expect(report).toMatchObject(openFor('SIG_CONSTRAINTS_FAILURE'))
    expect(notPassed(report)).toEqual(['time-stamp failed time-stamp-missing'])
  })

  it('of Uzbekistan knows one policy of time-stamps', async () => {
    const pki = of('UZ')
    const policy = policies['uz-e-imzo']
    const container = await sign(pki)
    const foreign = await verify(await stamp(container, pki.tsa), { pki, policy })
    expect(notPassed(foreign)).toEqual(['time-stamp failed time-stamp-policy-foreign'])
    const right = await stamp(container, pki.tsa, { policy: '1.2.860.3.2.11.1' })
    expect(await verify(right, { pki, policy })).toMatchObject(passedReport)
  })

  it('kz-500 takes no certificate whose policies are all foreign', async () => {
    const policy = policies['kz-500']
    const of2 = async (oid: string) => {
      const pki = await nationalPki('KZ', { policies: [oid] })
      return verify(await stamp(await sign(pki), pki.tsa), { pki, policy })
    }
    expect(notPassed(await of2('1.2.643.100.113.1'))).toEqual([
      'certificate-policies failed certificate-policies-foreign',
    ])
    expect(await of2('1.2.398.3.3.2')).toMatchObject(passedReport)
  })

  it('may require policies and a level', async () => {
    const pki = of('RU')
    const container = await signed('RU')
    const asked = (change: Partial<VerificationPolicy>) =>
      verify(container, { pki, policy: { ...policies['ru-63fz'], ...change } })
    const oids = ['1.2.643.100.113.1']
    expect(
      notPassed(
        await asked({
          certificatePolicies: { RU: { requirement: 'required', oids }, other: null },
        }),
      ),
    ).toEqual(['certificate-policies indeterminate certificate-policies-absent'])
    const unqualified = await asked({ requiredLevel: 'qualified' })
    expect(unqualified).toMatchObject(openFor('CHAIN_CONSTRAINTS_FAILURE'))
    expect(notPassed(unqualified)).toEqual([
      'level failed level-unqualified authority-not-national',
    ])
    expect(unqualified.signatures[0]?.level).toBe('unqualified')
  })
})

describe('the sandbox policy', () => {
  it.each(countries)(
    'accepts test certificates of %s, which no other policy does',
    async (country) => {
      const pki = await nationalPki(country, { policies: [sandboxPolicyOid], critical: true })
      const container = await stamp(await sign(pki), pki.tsa)
      const origin = 'sandbox'
      const report = await verify(container, { pki, policy: policies.sandbox, origin })
      expect(notPassed(report)).toEqual([])
      expect(report).toMatchObject({ ...passedReport, sandbox: true })
      expect(report.signatures[0]?.level).toBe('unqualified')
      const names = ['ru-63fz', 'kz-1187', 'kz-500', 'uz-e-imzo', 'etsi-basic'] as const
      for (const name of names) {
        const real = await verify(container, { pki, policy: policies[name], origin: 'configured' })
        expect(real.indication).toBe('INDETERMINATE')
        expect(notPassed(real)).toContain('sandbox failed sandbox-certificate')
      }
    },
  )
})

describe('a signature of GOST R 34.10-2001', () => {
  const parameters = [algorithmOid.ruCryptoProA, algorithmOid.ruHashParametersCryptoPro]
  const lastYear = new Date('2019-06-01T00:00:00Z')
  let pki: NationalPki
  beforeAll(async () => {
    pki = await nationalPki('RU', {
      key: (seed) => gostKey({ scheme: 'ru-2001', parameters, seed }),
    })
  })
  const under = async (
    name: 'ru-63fz' | 'etsi-basic',
    { at, genTime }: { at: Date; genTime?: Date },
  ): Promise<VerificationReport> => {
    const container = await sign(pki, lastYear)
    return verify(
      genTime === undefined ? container : await stamp(container, pki.tsa, { genTime }),
      { pki, policy: policies[name], at, crlsAt: genTime ?? at },
    )
  }

  it('is believed while it was in use, and reported as legacy', async () => {
    const report = await under('ru-63fz', { at: lastYear })
    expect(report).toMatchObject(passedReport)
    expect(report.signatures[0]?.checks).toContainEqual({
      name: 'algorithms',
      result: 'passed',
      detail: 'warning.algorithm-legacy ru-2001',
    })
  })

  it('is open afterwards without proof of time, where the rules of Russia are asked', async () => {
    expect(await under('etsi-basic', { at: now })).toMatchObject(passedReport)
    const report = await under('ru-63fz', { at: now })
    expect(notPassed(report)).toContain('algorithms indeterminate algorithm-ended ru-2001')
    expect(report.indication).toBe('INDETERMINATE')
  })

  it('passes afterwards by a time-stamp of that time, not by a later one', async () => {
    expect(await under('ru-63fz', { at: now, genTime: lastYear })).toMatchObject(passedReport)
    const late = await under('ru-63fz', { at: now, genTime: new Date('2020-06-01T00:00:00Z') })
    expect(notPassed(late)).toContain('algorithms failed algorithm-ended ru-2001')
  })
})

describe('the bank signer of Uzbekistan', () => {
  it('names its key as signature algorithm, under an authority with RSA, and passes', async () => {
    const root = await issue({ commonName: 'TEST BANK', country: 'UZ', kind: 'rsa-2048', ca: {} })
    const signer = await issue(
      { commonName: 'TEST', country: 'UZ', key: gostKey({ scheme: 'uz-1092-2' }) },
      root,
    )
    const { contentType, signingTime, messageDigest } = profileAttributes(signer, content)
    const container = (signatureOid: string) =>
      writeContainer([signer], {
        content: der.octets(content),
        signerInfos: [
          writeSignerInfo({
            identity: signer,
            signed: content,
            attributes: [contentType, signingTime, messageDigest],
            signatureAlgorithm: der.sequence(der.oid(signatureOid), der.null()),
          }),
        ],
      })
    const judge = async (signatureOid: string) => {
      const { report } = await verifySignature({
        container: container(signatureOid),
        trust: createTrustStore([{ certificate: root.certificate, origin: 'configured' }]),
        policy: {
          ...policies['uz-e-imzo'],
          revocation: policies['etsi-basic'].revocation,
        },
        now,
      })
      return report
    }
    expect(notPassed(await judge(algorithmOid.uzKey))).toEqual([])
    expect(notPassed(await judge(algorithmOid.uzSignature))).toEqual([])
    expect(notPassed(await judge(algorithmOid.ruKey2001)).join()).toContain('algorithm.mismatch')
  })
})

describe('an Uzbek key on another curve than its set names', () => {
  const set = algorithmOid.uzParameterSet2
  const pkiOf = (curve: 'cryptopro-B' | 'cryptopro-C') =>
    nationalPki('UZ', {
      key: (seed) =>
        seed < 3
          ? gostKey({ scheme: 'uz-1092-2', seed })
          : gostKey({ scheme: 'uz-1092-2', parameters: [set], curve, seed }),
    })

  it('holds mathematically and leaves the signature open, unless the policy lists the set', async () => {
    const pki = await pkiOf('cryptopro-C')
    const container = await sign(pki)
    for (const name of ['uz-e-imzo', 'etsi-basic'] as const) {
      const report = await verify(container, { pki, policy: policies[name] })
      expect(report).toMatchObject({
        ...openFor('CRYPTO_CONSTRAINTS_FAILURE'),
        signatures: [{ cryptography: 'valid' }],
      })
      expect(notPassed(report)).toEqual([
        `curve-by-point indeterminate curve-by-point ${set} cryptopro-C`,
      ])
    }
    const policy = { ...policies['uz-e-imzo'], parameterSetsByPoint: [set] }
    expect(await verify(container, { pki, policy })).toMatchObject(passedReport)
    const named = await pkiOf('cryptopro-B')
    expect(
      await verify(await sign(named), { pki: named, policy: policies['uz-e-imzo'] }),
    ).toMatchObject(passedReport)
  })

  it('leaves it open in an authority or a TSA as well', async () => {
    for (const seeds of [[2], [4]]) {
      const pki = await nationalPki('UZ', {
        key: (seed) =>
          seeds.includes(seed)
            ? gostKey({ scheme: 'uz-1092-2', parameters: [set], curve: 'cryptopro-C', seed })
            : gostKey({ scheme: 'uz-1092-2', seed }),
      })
      const container = await stamp(await sign(pki), pki.tsa, { policy: '1.2.860.3.2.11.1' })
      const report = await verify(container, { pki, policy: policies['uz-e-imzo'] })
      expect(report.indication).toBe('INDETERMINATE')
      expect(notPassed(report).join()).toContain('curve-by-point')
    }
  })
})
