import { describe, expect, it } from 'vitest'
import { isRenewalDue, maxSilentRenewals, type RenewalInput } from './renewal.ts'

const due = (over: Partial<RenewalInput>) =>
  isRenewalDue({
    nowMs: 0,
    expiresAtMs: 300_000,
    isInUse: false,
    isVisible: true,
    renewals: 0,
    side: 'signer',
    ...over,
  })

describe('isRenewalDue', () => {
  it('renews ten seconds before the end on the signer’s page, later on the clerk’s', () => {
    expect(due({ nowMs: 289_000 })).toBe(false)
    expect(due({ nowMs: 290_000 })).toBe(true)
    expect(due({ nowMs: 290_000, side: 'clerk' })).toBe(false)
    expect(due({ nowMs: 294_000, side: 'clerk' })).toBe(true)
  })

  it('does not take a link away while the app is at it', () => {
    expect(due({ nowMs: 299_999, isInUse: true })).toBe(false)
    expect(due({ nowMs: 300_000, isInUse: true })).toBe(true)
  })

  it('makes no codes for a page that nobody looks at, nor for ever', () => {
    expect(due({ nowMs: 299_000, isVisible: false })).toBe(false)
    expect(due({ nowMs: 299_000, renewals: maxSilentRenewals })).toBe(false)
  })
})
