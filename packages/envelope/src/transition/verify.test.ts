import { describe, expect, it } from 'vitest'
import type { Sha256Hex } from '../ids.ts'
import type { Verdict } from '../words.ts'
import { standingOf } from './verify.ts'

const verdict = (patch: Partial<Verdict>): Verdict => ({
  indication: 'TOTAL-PASSED',
  content: 'match',
  identity: 'match',
  report: 'f'.repeat(64) as Sha256Hex,
  ...patch,
})

describe('standing of a verdict', () => {
  it('missing data is held, and a key that may not sign documents is refused', () => {
    const missing = verdict({ indication: 'INDETERMINATE', subIndication: 'TRY_LATER' })
    expect(standingOf(missing)).toBe('held')
    expect(
      standingOf({ ...missing, subIndication: 'CHAIN_CONSTRAINTS_FAILURE', violated: true }),
    ).toBe('refused')
    expect(standingOf(verdict({ violated: true }))).toBe('refused')
  })

  it('another person is refused however good the signature is', () => {
    expect(standingOf(verdict({}))).toBe('accepted')
    expect(standingOf(verdict({ identity: 'mismatch' }))).toBe('refused')
    expect(standingOf(verdict({ identity: 'unknown' }))).toBe('refused')
  })

  it('other content is refused however good the signature is', () => {
    expect(standingOf(verdict({ content: 'mismatch' }))).toBe('refused')
  })

  it('what failed is refused', () => {
    expect(standingOf(verdict({ indication: 'TOTAL-FAILED' }))).toBe('refused')
  })
})
