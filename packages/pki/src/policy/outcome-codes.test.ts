import { describe, expect, it } from 'vitest'
import { failedSubIndications, indeterminateSubIndications } from '../verify/report.ts'
import { outcomeCodes, outcomesOf } from './outcome-codes.ts'
import { policies, policyNames } from './policies.ts'

const every = policyNames.map((name) => policies[name])

describe('the codes of a judgement', () => {
  it('lead to sub-indications of the standard, failures to those that fail', () => {
    const failing: readonly string[] = failedSubIndications
    const open: readonly string[] = indeterminateSubIndications
    for (const { code, subIndication, effect } of outcomeCodes) {
      expect(effect === 'failed' ? failing : open, code).toContain(subIndication)
    }
  })

  it('stand once each', () => {
    const names = outcomeCodes.map(({ check, code }) => `${check} ${code}`)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('have one effect each under a policy', () => {
    for (const policy of every) {
      const { failed, indeterminate, passed } = outcomesOf(policy)
      expect([...failed, ...indeterminate, ...passed]).toHaveLength(outcomeCodes.length)
    }
  })

  it('fail the same under every policy: what is proven needs no rule', () => {
    expect(new Set(every.map((policy) => outcomesOf(policy).failed.join())).size).toBe(1)
  })

  it('pass under the basic policy where others want data', () => {
    expect(outcomesOf(policies['etsi-basic']).passed).toEqual([
      'format signed-attributes-required',
      'algorithms algorithm-ended',
      'time-stamp time-stamp-missing',
      'time-stamp time-stamp-policy-foreign',
      'time-stamp certificate-revocation-unavailable',
      'revocation certificate-revocation-unavailable',
      'revocation authority-revocation-unavailable',
      'key-usage key-usage-absent',
      'certificate-policies certificate-policies-foreign',
      'certificate-policies certificate-policies-absent',
      'level level-unqualified',
      'level level-unknown',
    ])
    expect(outcomesOf(policies['kz-500']).passed).toEqual([
      'time-stamp time-stamp-policy-foreign',
      'certificate-policies certificate-policies-absent',
      'level level-unqualified',
      'level level-unknown',
    ])
    expect(outcomesOf(policies['ru-63fz']).passed).toContain('time-stamp time-stamp-missing')
    expect(outcomesOf(policies['uz-e-imzo']).indeterminate).toContain(
      'time-stamp time-stamp-policy-foreign',
    )
    expect(outcomesOf(policies.sandbox).passed).toContain('sandbox sandbox-certificate')
  })
})
