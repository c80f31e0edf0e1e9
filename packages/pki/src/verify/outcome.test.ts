import { describe, expect, it } from 'vitest'
import { checkOf, failed, indeterminate, passed, verdictOf, verdictOfOutcomes } from './outcome.ts'
import { failedSubIndications, indeterminateSubIndications } from './report.ts'

describe('a verdict', () => {
  it('of nothing that speaks against it passes', () => {
    expect(verdictOf([])).toEqual({ indication: 'TOTAL-PASSED' })
    expect(verdictOfOutcomes([passed('format'), passed('level', 'warning.x')])).toEqual({
      indication: 'TOTAL-PASSED',
    })
  })

  it('of one that fails and many that are open fails, in whatever order they come', () => {
    const found = [...indeterminateSubIndications, 'EXPIRED'] as const
    const verdict = { indication: 'TOTAL-FAILED', subIndication: 'EXPIRED' }
    expect(verdictOf(found)).toEqual(verdict)
    expect(verdictOf(found.toReversed())).toEqual(verdict)
  })

  it('names the one that says most of several', () => {
    for (const [index, subIndication] of failedSubIndications.entries()) {
      expect(verdictOf(failedSubIndications.slice(index).toReversed())).toEqual({
        indication: 'TOTAL-FAILED',
        subIndication,
      })
    }
    for (const [index, subIndication] of indeterminateSubIndications.entries()) {
      expect(verdictOf(indeterminateSubIndications.slice(index).toReversed())).toEqual({
        indication: 'INDETERMINATE',
        subIndication,
      })
    }
  })

  it('of outcomes is by what did not pass', () => {
    expect(
      verdictOfOutcomes([
        passed('format'),
        indeterminate('revocation', 'TRY_LATER', 'x'),
        failed('content-digest', 'HASH_FAILURE', 'y'),
      ]),
    ).toEqual({ indication: 'TOTAL-FAILED', subIndication: 'HASH_FAILURE' })
    expect(verdictOfOutcomes([indeterminate('revocation', 'TRY_LATER', 'x')])).toEqual({
      indication: 'INDETERMINATE',
      subIndication: 'TRY_LATER',
    })
  })
})

describe('a check of a report', () => {
  it('shows name, result and detail, and no detail where there is none', () => {
    expect(checkOf(passed('format'))).toStrictEqual({ name: 'format', result: 'passed' })
    expect(checkOf(passed('level', 'warning.x'))).toStrictEqual({
      name: 'level',
      result: 'passed',
      detail: 'warning.x',
    })
    expect(checkOf(failed('format', 'FORMAT_FAILURE', 'x'))).toStrictEqual({
      name: 'format',
      result: 'failed',
      detail: 'x',
    })
    expect(checkOf(indeterminate('revocation', 'TRY_LATER', 'y'))).toStrictEqual({
      name: 'revocation',
      result: 'indeterminate',
      detail: 'y',
    })
  })
})
