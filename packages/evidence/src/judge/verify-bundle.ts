import { type PolicyName, policyByName } from '@muhr/pki'
import { EvidenceError } from '../error.ts'
import { readBundle } from '../read-bundle.ts'
import { type BundleReport, type JudgeOptions, judgeBundle } from './judge-bundle.ts'

/**
 * Judges the bytes of a bundle (a zip): unpacks it under limits and judges its files. A bundle that
 * cannot be unpacked is a report: TOTAL-FAILED, FORMAT_FAILURE, the reason in its one check.
 *
 * @throws EvidenceError `evidence.not-a-bundle`; PkiError `policy.unknown`
 */
export async function verifyBundle(
  bytes: Uint8Array,
  options: JudgeOptions,
): Promise<BundleReport> {
  const policy: PolicyName =
    typeof options.policy === 'string' ? policyByName(options.policy).name : options.policy.name
  try {
    return await judgeBundle(readBundle(bytes), options)
  } catch (error) {
    if (!(error instanceof EvidenceError) || error.code === 'evidence.not-a-bundle') {
      throw error
    }
    const { reason = 'too-large', path } = error.data

    return {
      indication: 'TOTAL-FAILED',
      subIndication: 'FORMAT_FAILURE',
      policy,
      validationTime: (options.at ?? options.now).toISOString(),
      sandbox: false,
      signatures: [],
      bundle: {
        checks: [
          {
            name: 'container',
            result: 'failed',
            detail: path === undefined ? reason : `${reason} ${path}`,
          },
        ],
        documents: [],
        uncounted: [],
      },
    }
  }
}
