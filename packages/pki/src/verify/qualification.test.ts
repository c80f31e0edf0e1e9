import { describe, expect, it } from 'vitest'
import { policies, sandboxPolicyOid } from '../policy/index.ts'
import { fixtureCertificate, hasFixtures } from '../test-support/fixtures.ts'
import { type Certificate, extension, nationalIdentity } from '../x509/index.ts'
import { qualificationOf } from './qualification.ts'
import { nationalSubjects, russianExtensions } from './testing/national-pki.ts'
import { issue, type TestCertificateSpec } from './testing/test-pki.ts'

const levelOf = (
  chain: readonly Certificate[],
  { policy = policies['ru-63fz'], isValid = true } = {},
) => {
  const [leaf] = chain
  return qualificationOf(
    {
      identity: leaf === undefined ? undefined : nationalIdentity(leaf),
      path: {
        at: new Date(),
        anchor: undefined,
        revocation: [],
        result: {
          chain,
          anchor: chain.at(-1) ?? null,
          checks: [],
          ...(isValid ? { status: 'valid' } : { status: 'invalid', code: 'expired' }),
        },
      },
    },
    policy,
  )
}

const toolClass = (n: number) => extension.certificatePolicies([{ oid: `1.2.643.100.113.${n}` }])

const russian = async (change: Partial<TestCertificateSpec> = {}): Promise<Certificate> => {
  const spec = {
    commonName: '',
    subject: nationalSubjects.RU,
    kind: 'ru-2012-256',
    moreExtensions: [...russianExtensions(), toolClass(1)],
    ...change,
  } as const
  return (await issue(spec)).certificate
}

describe.skipIf(!hasFixtures('ru/authority/anchors'))('a certificate of Russia', () => {
  const root = () => fixtureCertificate('ru/authority/anchors/root-mincifry-2022-01-08.der')
  const authority = () => fixtureCertificate('ru/authority/anchors/ca-fns-2023-07-21.der')
  const chain = async (change: Partial<TestCertificateSpec> = {}) => [
    await russian(change),
    authority(),
    root(),
  ]

  it('is qualified by root, extensions and owner; the accreditation is not seen', async () => {
    expect(levelOf(await chain())).toEqual({
      level: 'qualified',
      codes: ['accreditation-not-checked'],
    })
  })

  it('is unknown where a policy wants the list of accredited authorities', async () => {
    for (const name of ['etsi-basic', 'sandbox'] as const) {
      expect(levelOf(await chain(), { policy: policies[name] }).level).toBe('unknown')
    }
  })

  it.each([
    ['the class of the tool', { moreExtensions: russianExtensions() }, 'tool-class-missing'],
    [
      'a class that its authority has',
      { moreExtensions: [...russianExtensions(), toolClass(6)] },
      'tool-class-above-issuer',
    ],
    [
      'the tool of the owner',
      { moreExtensions: [...russianExtensions().slice(1), toolClass(1)] },
      'subject-sign-tool-missing',
    ],
    [
      'the tools of the authority',
      { moreExtensions: [...russianExtensions().slice(0, 1), toolClass(1)] },
      'issuer-sign-tool-missing',
    ],
    ['an owner', { subject: [['CN', 'ТЕСТ']] }, 'owner-missing'],
    [
      'the INN of an organisation',
      {
        subject: [
          ['SNILS', '00000000000'],
          ['OGRN', '1000000000009'],
        ],
      },
      'owner-missing',
    ],
  ] as const)('is unqualified without %s', async (_name, change, code) => {
    expect(levelOf(await chain(change))).toEqual({ level: 'unqualified', codes: [code] })
  })

  it('of a high class stands under an authority that states its class otherwise, or none', async () => {
    const ca = async (...policies: readonly string[]) =>
      (
        await issue({
          commonName: 'TEST CA',
          kind: 'ru-2012-256',
          ca: {},
          moreExtensions: [extension.certificatePolicies(policies.map((oid) => ({ oid })))],
        })
      ).certificate
    const leaf = await russian({ moreExtensions: [...russianExtensions(), toolClass(4)] })
    const codes = async (...policies: readonly string[]) =>
      levelOf([leaf, await ca(...policies), root()]).codes
    expect(await codes('2.5.29.32.0')).toEqual(['accreditation-not-checked'])
    expect(await codes('1.2.643.100.114.4')).toEqual(['accreditation-not-checked'])
    expect(await codes('1.2.643.100.114.3', '2.5.29.32.0')).toEqual(['tool-class-above-issuer'])
  })

  it('is unqualified under another root, and unknown without a valid path', async () => {
    const other = (await issue({ commonName: 'TEST ROOT', kind: 'ru-2012-256', ca: {} }))
      .certificate
    expect(levelOf([await russian(), other])).toEqual({
      level: 'unqualified',
      codes: ['authority-not-national'],
    })
    expect(levelOf(await chain(), { isValid: false }).level).toBe('unknown')
  })
})

describe.skipIf(!hasFixtures('kz'))('a certificate of Kazakhstan or Uzbekistan', () => {
  it('is qualified under a published national authority', async () => {
    const leaf = (await issue({ commonName: 'TEST', kind: 'kz-2015-512' })).certificate
    const production = fixtureCertificate('kz/ca-prod/nca_gost_2022.cer')
    expect(levelOf([leaf, production]).level).toBe('qualified')
    const uzbek = (await issue({ commonName: 'TEST', kind: 'uz-1092-2', country: 'UZ' }))
      .certificate
    const root = fixtureCertificate('uz/certs/root-2020-mitc-uz.der')
    expect(levelOf([uzbek, root]).level).toBe('qualified')
  })

  it('is unqualified in a test environment, wherever else the path leads', async () => {
    const leaf = (await issue({ commonName: 'TEST', kind: 'kz-2015-512' })).certificate
    const test = fixtureCertificate('kz/ca-test/nca_gost2022_test.cer')
    const production = fixtureCertificate('kz/ca-prod/nca_gost_2022.cer')
    expect(levelOf([leaf, test])).toEqual({ level: 'unqualified', codes: ['test-authority'] })
    expect(levelOf([leaf, test, production]).level).toBe('unqualified')
    const sandbox = (
      await issue({
        commonName: 'TEST',
        kind: 'kz-2015-512',
        moreExtensions: [extension.certificatePolicies([{ oid: sandboxPolicyOid }])],
      })
    ).certificate
    expect(levelOf([sandbox, production]).level).toBe('unqualified')
  })

  it('is of unknown level under an authority that is not of the table, or that it is itself', async () => {
    const leaf = (await issue({ commonName: 'TEST', kind: 'kz-2015-512' })).certificate
    const other = (await issue({ commonName: 'ROOT', kind: 'kz-2015-512', ca: {} })).certificate
    expect(levelOf([leaf, other]).level).toBe('unknown')
    const production = fixtureCertificate('kz/ca-prod/nca_gost_2022.cer')
    expect(levelOf([production]).level).toBe('unknown')
  })
})
