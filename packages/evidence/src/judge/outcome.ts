import type { Indication, SubIndication } from '@muhr/pki'

/** What of a bundle was looked at. */
export type BundleCheckName =
  /** The zip could be read. */
  | 'container'
  /** `manifest.json` is there and has its shape. */
  | 'manifest'
  /** Every file has the digest that the manifest names, and there is no other file. */
  | 'files'
  /** Contents were derived from their documents again. */
  | 'derivations'
  /** The time-stamp over the manifest. */
  | 'time-stamp'
  /** Every signature was verified over the content that the manifest names, every document has one. */
  | 'signatures'
  /** The audit chain was computed again. */
  | 'events'
  /** `report.json` speaks of these signatures and says of them what the certificates say. */
  | 'report'
  /** `README.txt` and `report.html` say what the data say. */
  | 'pages'
  /** What was found is what the manifest claims. */
  | 'claims'
  /** A bundle of test keys says so. */
  | 'sandbox'

/** One check of a bundle; `detail`: codes and paths, `warning.…` on a passed check. */
export type BundleCheck = {
  readonly name: BundleCheckName
  readonly result: 'passed' | 'failed' | 'indeterminate'
  readonly detail?: string
}

/** Main status and sub-indication of ETSI EN 319 102-1 §5.1.3. */
export type Verdict = { readonly indication: Indication; readonly subIndication?: SubIndication }

/** A check with what it does to the whole. */
export type BundleOutcome = BundleCheck & { readonly verdict: Verdict }

const passedVerdict: Verdict = { indication: 'TOTAL-PASSED' }

export function passed(name: BundleCheckName, detail?: string): BundleOutcome {
  return {
    name,
    result: 'passed',
    ...(detail === undefined ? {} : { detail }),
    verdict: passedVerdict,
  }
}

/** Something was changed or does not fit. */
export function failed(
  name: BundleCheckName,
  detail: string,
  subIndication: 'FORMAT_FAILURE' | 'HASH_FAILURE' = 'FORMAT_FAILURE',
): BundleOutcome {
  return {
    name,
    result: 'failed',
    detail,
    verdict: { indication: 'TOTAL-FAILED', subIndication },
  }
}

/** Something is missing. */
export function open(
  name: BundleCheckName,
  detail: string,
  subIndication: SubIndication = 'SIG_CONSTRAINTS_FAILURE',
): BundleOutcome {
  return {
    name,
    result: 'indeterminate',
    detail,
    verdict: { indication: 'INDETERMINATE', subIndication },
  }
}

/** `found`, or one passed check when nothing was found. */
export function orPassed(
  name: BundleCheckName,
  found: readonly BundleOutcome[],
): readonly BundleOutcome[] {
  return found.length > 0 ? found : [passed(name)]
}

const severity: readonly Indication[] = ['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED']

/** The worst of several verdicts; of equally bad ones the first. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce(
    (worst, verdict) =>
      severity.indexOf(verdict.indication) > severity.indexOf(worst.indication) ? verdict : worst,
    passedVerdict,
  )
}
