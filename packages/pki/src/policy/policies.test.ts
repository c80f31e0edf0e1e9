import { describe, expect, it } from 'vitest'
import { signatureSchemes } from '../keys/index.ts'
import { codeOf } from '../test-support/code-of.ts'
import { ruleFor } from './by-country.ts'
import { policies, policyByName, policyNames } from './policies.ts'
import { hasEnded } from './scheme-end.ts'

const every = policyNames.map((name) => policies[name])
const schemeIds = signatureSchemes.map(({ id }) => id)
const broken = signatureSchemes.flatMap(({ id, historic }) => (historic ? [id] : []))

describe('policies', () => {
  it('are those that the design names, each with its source', () => {
    expect([...policyNames].sort()).toEqual(
      ['etsi-basic', 'kz-1187', 'kz-500', 'ru-63fz', 'sandbox', 'uz-e-imzo'].sort(),
    )
    for (const { source } of every) {
      expect(source.length).toBeGreaterThan(30)
    }
  })

  it('are told from names that nobody has', () => {
    expect(policyByName('ru-63fz')).toBe(policies['ru-63fz'])
    expect(codeOf(() => policyByName('ru-63FZ'))).toBe('policy.unknown')
    expect(codeOf(() => policyByName('toString'))).toBe('policy.unknown')
  })

  it('are data alone: they survive being written and read', () => {
    expect(JSON.parse(JSON.stringify(policies))).toEqual(policies)
  })

  it('list schemes that exist, and none whose digest is broken', () => {
    for (const { signerSchemes, infrastructureSchemes } of every) {
      const listed = [...signerSchemes, ...infrastructureSchemes]
      expect(listed.filter((id) => !schemeIds.includes(id))).toEqual([])
      expect(listed.filter((id) => broken.includes(id))).toEqual([])
    }
  })

  it('of a country accept signers of that country alone', () => {
    const signers = (name: (typeof policyNames)[number]) =>
      new Set(
        signatureSchemes.flatMap(({ id, country }) =>
          policies[name].signerSchemes.includes(id) ? [country] : [],
        ),
      )
    expect(signers('ru-63fz')).toEqual(new Set(['RU']))
    expect(signers('uz-e-imzo')).toEqual(new Set(['UZ']))
    for (const name of ['kz-500', 'kz-1187'] as const) {
      expect(signers(name)).toEqual(new Set(['KZ', null]))
    }
    for (const name of ['sandbox', 'etsi-basic'] as const) {
      expect(signers(name)).toEqual(new Set(['KZ', 'RU', 'UZ', null]))
    }
  })

  it('but the basic one need revocation of the whole path, and signed attributes', () => {
    for (const { name, revocation, signedAttributes } of every) {
      const wanted = name === 'etsi-basic' ? 'if-available' : 'required'
      expect(new Set([...Object.values(revocation), signedAttributes])).toEqual(new Set([wanted]))
    }
  })

  it('believe the sandbox under its own name alone', () => {
    for (const { name, acceptsSandbox, anchorOrigins } of every) {
      expect(acceptsSandbox).toBe(name === 'sandbox')
      expect(anchorOrigins.includes('sandbox')).toBe(name === 'sandbox')
    }
  })

  it('list no key by its point: what those sets mean is open', () => {
    expect(every.flatMap(({ parameterSetsByPoint }) => parameterSetsByPoint)).toEqual([])
  })
})

describe('what policies ask', () => {
  const minutes = (count: number): number => count * 60_000

  it.each(every.map((policy) => [policy.name, policy] as const))(
    '%s: limits of age, clocks and keys',
    (_name, policy) => {
      expect(policy).toMatchObject({
        minRsaBits: 2048,
        ocspFreshnessMs: minutes(10),
        clockSkewMs: minutes(5),
        maxSigningTimeDriftMs: minutes(5),
        requiredLevel: 'any',
        timeStampSigningCertificate: { UZ: 'if-available', other: 'required' },
        documentKeyUsages: {
          KZ: ['nonRepudiation'],
          other: ['nonRepudiation', 'digitalSignature'],
        },
      })
      expect(policy.anchorOrigins.slice(0, 2)).toEqual(['explicit', 'configured'])
      expect(policy.allowAbsentKeyUsage).toBe(policy.name === 'etsi-basic')
    },
  )

  it('differs by policy in time-stamps, levels and ends', () => {
    const of = <K extends keyof (typeof every)[number]>(key: K) =>
      Object.fromEntries(every.map((policy) => [policy.name, policy[key]]))
    const anyStamp = { other: null }
    expect(of('timeStamp')).toEqual({
      'ru-63fz': { other: 'if-available' },
      'kz-1187': { other: 'required' },
      'kz-500': { other: 'required' },
      'uz-e-imzo': { other: 'if-available' },
      sandbox: { KZ: 'required', other: 'if-available' },
      'etsi-basic': { other: 'if-available' },
    })
    expect(of('timeStampPolicies')).toEqual({
      'ru-63fz': anyStamp,
      'kz-1187': anyStamp,
      'kz-500': anyStamp,
      'uz-e-imzo': { UZ: ['1.2.860.3.2.11.1'], other: null },
      sandbox: anyStamp,
      'etsi-basic': anyStamp,
    })
    const list = { RU: 'accreditation-list', other: 'national-authorities' }
    expect(of('qualification')).toEqual({
      'ru-63fz': { RU: 'anchor-and-extensions', other: 'national-authorities' },
      'kz-1187': list,
      'kz-500': list,
      'uz-e-imzo': list,
      sandbox: list,
      'etsi-basic': list,
    })
    const ends = { 'ru-2001': '2019-12-31T21:00:00.000Z' }
    expect(of('schemesUntil')).toEqual({
      'ru-63fz': ends,
      'kz-1187': ends,
      'kz-500': ends,
      'uz-e-imzo': ends,
      sandbox: ends,
      'etsi-basic': {},
    })
  })

  it('lists exactly these schemes', () => {
    const rsa = ['rsa-sha256', 'rsa-sha384', 'rsa-sha512']
    const kazakh = ['kz-2015-512', 'kz-2015-256', 'kz-2004', ...rsa]
    const russian = ['ru-2012-512', 'ru-2012-256', 'ru-2001']
    const all = [...kazakh, ...russian, 'uz-1092-2']
    const ecdsa = ['ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512']
    const wanted: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
      'ru-63fz': [russian, russian],
      'kz-1187': [kazakh, kazakh],
      'kz-500': [kazakh, kazakh],
      'uz-e-imzo': [['uz-1092-2'], ['uz-1092-2', ...rsa]],
      sandbox: [all, all],
      'etsi-basic': [
        [...all, ...ecdsa],
        [...all, ...ecdsa],
      ],
    }
    for (const { name, signerSchemes, infrastructureSchemes } of every) {
      expect([signerSchemes, infrastructureSchemes], name).toEqual(wanted[name])
    }
  })
})

describe('a rule by country', () => {
  const rules = { KZ: 'required', other: 'if-available' } as const

  it('is that of the country, or the other one', () => {
    expect(ruleFor(rules, 'KZ')).toBe('required')
    expect(ruleFor(rules, 'RU')).toBe('if-available')
    expect(ruleFor(rules, null)).toBe('if-available')
    expect(ruleFor(rules, undefined)).toBe('if-available')
  })

  it('may be that nothing is asked', () => {
    expect(ruleFor({ KZ: null, other: 'x' }, 'KZ')).toBeNull()
  })
})

describe('the end of a scheme', () => {
  it('is a moment: before it the scheme is believed, from it on it is not', () => {
    const policy = policies['ru-63fz']
    const ended = (at: string) => hasEnded(policy, { scheme: 'ru-2001', at: new Date(at) })
    expect(ended('2019-12-31T20:59:59.999Z')).toBe(false)
    expect(ended('2019-12-31T21:00:00.000Z')).toBe(true)
    expect(hasEnded(policy, { scheme: 'ru-2012-256', at: new Date('2100-01-01') })).toBe(false)
    const scheme = { scheme: 'ru-2001', at: new Date('2026-01-01') } as const
    expect(hasEnded(policies['etsi-basic'], scheme)).toBe(false)
  })
})
