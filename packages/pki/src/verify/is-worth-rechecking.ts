import type { VerificationReport } from './report.ts'

/**
 * Can time or more data still make it pass? True for an INDETERMINATE report in which nothing speaks
 * against any signature and something is merely missing: such a signature is held and checked again
 * (design rule 5). False where a check has failed, a key of another purpose for one: waiting changes
 * nothing.
 */
export const isWorthRechecking = ({ indication, signatures }: VerificationReport): boolean =>
  indication === 'INDETERMINATE' &&
  signatures.every(({ checks }) => checks.every(({ result }) => result !== 'failed'))
