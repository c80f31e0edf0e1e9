import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type ByCountry, outcomeCodes, policies, policyNames } from '../policy/index.ts'

const page = readFileSync(join(import.meta.dirname, '../../../../docs/policies.md'), 'utf8')

/** The first table after a line, as rows of cells, without its head. */
const tableAfter = (line: string): readonly (readonly string[])[] => {
  const [, rest = ''] = `\n${page}`.split(`\n${line}\n`)
  const [table = ''] = rest.slice(rest.indexOf('\n| ') + 1).split('\n\n')
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => row.slice(2, -2).split(' | '))
}

/** Names of the policies in the order of the columns. */
const columns = page.match(/^\| check \| code \| sub-indication \| (.+) \|$/m)?.[1]?.split(' | ')

const byCountry = <T>(rules: ByCountry<T>, text: (rule: T) => string): string =>
  Object.entries(rules)
    .map(([country, rule]) => `${country}: ${text(rule as T)}`)
    .join('; ')

describe('the page of policies', () => {
  it('has every policy with its source', () => {
    expect([...(columns ?? [])].sort()).toEqual([...policyNames].sort())
    const sources = tableAfter('# Policies')
    expect(sources).toEqual(
      columns?.map((name) => [
        `\`${name}\``,
        policies[name as (typeof policyNames)[number]].source,
      ]),
    )
  })

  it.each(policyNames)('has all that %s asks', (name) => {
    const policy = policies[name]
    const { signer, authorities, timeStampAuthority } = policy.revocation
    expect(tableAfter(`### ${name}`)).toEqual([
      ['document signatures', policy.signerSchemes.join(', ')],
      ['certificates, time-stamps, revocation answers', policy.infrastructureSchemes.join(', ')],
      [
        'schemes that have ended',
        Object.entries(policy.schemesUntil)
          .map(([scheme, until]) => `${scheme}: ${until}`)
          .join(', ') || 'none',
      ],
      ['signed attributes', policy.signedAttributes],
      ['time-stamp', byCountry(policy.timeStamp, (rule) => rule)],
      [
        'policies of time-stamps',
        byCountry(policy.timeStampPolicies, (oids) => oids?.join(', ') ?? 'any'),
      ],
      ['ESSCertID in a token', byCountry(policy.timeStampSigningCertificate, (rule) => rule)],
      [
        'revocation of signer, authorities, TSA',
        [signer, authorities, timeStampAuthority].join(', '),
      ],
      ['key usage of a signer', byCountry(policy.documentKeyUsages, (usages) => usages.join(', '))],
      ['key usage absent', policy.allowAbsentKeyUsage ? 'accepted' : 'refused'],
      [
        'certificate policies',
        byCountry(policy.certificatePolicies, (rule) =>
          rule === null ? 'any' : `${rule.requirement} ${rule.oids.join(', ')}`,
        ),
      ],
      ['what is qualified', byCountry(policy.qualification, (rule) => rule)],
      ['required level', policy.requiredLevel],
      ['anchors', policy.anchorOrigins.join(', ')],
    ])
  })

  it('has the limits of age, clocks and keys', () => {
    for (const name of policyNames) {
      const { minRsaBits, ocspFreshnessMs, clockSkewMs, maxSigningTimeDriftMs } = policies[name]
      expect(page).toContain(
        `RSA keys have ${minRsaBits} bits or more; an OCSP answer without nextUpdate serves for ${ocspFreshnessMs / 60_000} minutes; clocks may differ by ${clockSkewMs / 60_000} minutes; a claimed signing time more than ${maxSigningTimeDriftMs / 60_000} minutes from the time-stamp is worth a warning.`,
      )
    }
  })

  it('says of every code what it does under each policy, and names no other', () => {
    expect(tableAfter('## What counts')).toEqual(
      outcomeCodes.map(({ check, code, subIndication, effect }) => [
        check,
        `\`${code}\``,
        subIndication,
        ...(columns ?? []).map((name) => {
          const policy = policies[name as (typeof policyNames)[number]]
          return (typeof effect === 'function' ? effect(policy) : effect).slice(0, 1).toUpperCase()
        }),
      ]),
    )
  })
})
