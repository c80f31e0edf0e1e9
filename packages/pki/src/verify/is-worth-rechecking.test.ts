import { expect, it } from 'vitest'
import { isWorthRechecking } from './is-worth-rechecking.ts'
import type { Indication, ReportCheck, SignatureReport, VerificationReport } from './report.ts'

const report = (indication: Indication, results: readonly ReportCheck['result'][]) =>
  ({
    indication,
    policy: 'kz-500',
    validationTime: '2026-02-01T10:00:00.000Z',
    sandbox: false,
    signatures: [
      {
        checks: results.map((result) => ({ name: 'revocation', result })),
      } as unknown as SignatureReport,
    ],
  }) satisfies VerificationReport

it('only what lacks data is worth checking again', () => {
  expect(isWorthRechecking(report('INDETERMINATE', ['passed', 'indeterminate']))).toBe(true)
  expect(isWorthRechecking(report('INDETERMINATE', ['indeterminate', 'failed']))).toBe(false)
  expect(isWorthRechecking(report('TOTAL-PASSED', ['passed']))).toBe(false)
  expect(isWorthRechecking(report('TOTAL-FAILED', ['indeterminate']))).toBe(false)
})
