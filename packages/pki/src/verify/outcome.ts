import {
  type CheckName,
  failedSubIndications,
  type Indication,
  indeterminateSubIndications,
  type ReportCheck,
  type SubIndication,
} from './report.ts'

/** The result of one rule, and what it does to the whole when it is not passed. */
export type Outcome =
  | { readonly name: CheckName; readonly result: 'passed'; readonly detail?: string }
  | {
      readonly name: CheckName
      /** `failed`: a fact speaks against it. `indeterminate`: a fact is missing. */
      readonly result: 'failed' | 'indeterminate'
      readonly detail: string
      readonly subIndication: SubIndication
    }

export const passed = (name: CheckName, detail?: string): Outcome =>
  detail === undefined ? { name, result: 'passed' } : { name, result: 'passed', detail }

export const failed = (name: CheckName, subIndication: SubIndication, detail: string): Outcome => ({
  name,
  result: 'failed',
  detail,
  subIndication,
})

export const indeterminate = (
  name: CheckName,
  subIndication: SubIndication,
  detail: string,
): Outcome => ({ name, result: 'indeterminate', detail, subIndication })

/** Main status and sub-indication. */
export type Verdict = {
  readonly indication: Indication
  readonly subIndication?: SubIndication
}

const firstOf = (
  order: readonly SubIndication[],
  found: readonly SubIndication[],
): SubIndication | undefined => order.find((candidate) => found.includes(candidate))

/**
 * The verdict over sub-indications (ETSI EN 319 102-1 §5.1.3): one that fails decides over any that
 * are open, whatever else passed; of several, the one that says most is named.
 */
export const verdictOf = (found: readonly SubIndication[]): Verdict => {
  const failure = firstOf(failedSubIndications, found)
  if (failure !== undefined) {
    return { indication: 'TOTAL-FAILED', subIndication: failure }
  }
  const open = firstOf(indeterminateSubIndications, found)
  return open === undefined
    ? { indication: 'TOTAL-PASSED' }
    : { indication: 'INDETERMINATE', subIndication: open }
}

/** The verdict over the outcomes of the rules for one signature. */
export const verdictOfOutcomes = (outcomes: readonly Outcome[]): Verdict =>
  verdictOf(
    outcomes.flatMap((outcome) => (outcome.result === 'passed' ? [] : [outcome.subIndication])),
  )

/** What a report shows of an outcome. */
export const checkOf = (outcome: Outcome): ReportCheck => ({
  name: outcome.name,
  result: outcome.result,
  ...(outcome.detail === undefined ? {} : { detail: outcome.detail }),
})
