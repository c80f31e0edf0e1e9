import {
  type StoredMaterial,
  type TrustStore,
  type VerificationPolicy,
  verifyTimeStamp,
} from '@muhr/pki'
import { manifestPath, manifestTimestampPath } from '../manifest.ts'
import type { BundleFiles } from '../read-bundle.ts'
import { type BundleOutcome, open, passed, type Verdict } from './outcome.ts'

/** The time-stamp over the manifest: all that the manifest names existed at `genTime`. */
export type ManifestTimestamp = Verdict & {
  /** ISO 8601, UTC; absent for a token that cannot be read. */
  readonly genTime?: string
}

/** How a bundle is judged: trust, policy, times and the revocation data that it brings along. */
export type JudgeContext = {
  readonly trust: TrustStore
  readonly policy: VerificationPolicy
  readonly at: Date
  readonly now: Date
  readonly stored: StoredMaterial
}

/**
 * Verifies the RFC 3161 token over `manifest.json`, when there is one. Without one the policy decides
 * whether that is a want.
 */
export async function judgeManifestTimestamp(
  files: BundleFiles,
  context: JudgeContext,
): Promise<{
  readonly manifestTimestamp?: ManifestTimestamp
  readonly outcomes: readonly BundleOutcome[]
}> {
  const token = files.get(manifestTimestampPath)
  const data = files.get(manifestPath)
  if (token === undefined || data === undefined) {
    return {
      outcomes: Object.values(context.policy.timeStamp).includes('required')
        ? [open('time-stamp', 'time-stamp-missing')]
        : [],
    }
  }
  const { report } = await verifyTimeStamp({ token, data, ...context })
  const { indication, subIndication, genTime, checks } = report
  const verdict: Verdict = {
    indication,
    ...(subIndication === undefined ? {} : { subIndication }),
  }
  const detail = checks
    .filter(({ result }) => result !== 'passed')
    .flatMap((check) => check.detail ?? [])
    .join(' ')
  const result = indication === 'TOTAL-FAILED' ? 'failed' : 'indeterminate'

  return {
    manifestTimestamp: { ...verdict, ...(genTime === undefined ? {} : { genTime }) },
    outcomes: [
      indication === 'TOTAL-PASSED'
        ? passed('time-stamp')
        : { name: 'time-stamp', result, detail, verdict },
    ],
  }
}
