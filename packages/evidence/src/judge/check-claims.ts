import { isSandboxPolicy, parseCertificate, type VerificationReport } from '@muhr/pki'
import { isCounted, type Manifest } from '../manifest.ts'
import type { BundleFiles } from '../read-bundle.ts'
import { type BundleOutcome, failed, open, orPassed, passed } from './outcome.ts'

/**
 * What was found against what the manifest claims. Less may be found, since trust or data differ, and
 * then nobody knows; a claimed failure that is not found again has lost its ground.
 */
export function checkClaims(
  manifest: Manifest,
  found: ReadonlyMap<string, VerificationReport>,
): readonly BundleOutcome[] {
  const doubts = manifest.signatures.filter(isCounted).flatMap(({ path, indication }) => {
    const now = found.get(path)?.indication
    const isDoubtful =
      now !== undefined &&
      now !== indication &&
      (now === 'INDETERMINATE' || indication === 'TOTAL-FAILED')

    return isDoubtful ? [open('claims', `claimed ${indication} found ${now} ${path}`)] : []
  })

  return orPassed('claims', doubts)
}

function isSandboxCertificate(bytes: Uint8Array): boolean {
  try {
    const { policies = [] } = parseCertificate(bytes).extensions.certificatePolicies ?? {}

    return policies.some(({ oid }) => isSandboxPolicy(oid))
  } catch {
    // Certificates that a signature needs are judged with it; one that cannot be read serves nobody.
    return false
  }
}

/** Does a bundle of test keys say so (design rule 9)? */
export function checkSandbox(
  files: BundleFiles,
  {
    manifest,
    found,
  }: {
    readonly manifest: Manifest
    readonly found: ReadonlyMap<string, VerificationReport>
  },
): { readonly sandbox: boolean; readonly outcomes: readonly BundleOutcome[] } {
  const isFound =
    [...found.values()].some(({ sandbox }) => sandbox) ||
    [...files].some(
      ([path, bytes]) => path.startsWith('certificates/') && isSandboxCertificate(bytes),
    )
  const isClaimed = manifest.envelope.sandbox

  return {
    sandbox: isFound || isClaimed,
    outcomes: [
      isFound && !isClaimed
        ? failed('sandbox', 'test-keys-not-declared')
        : passed('sandbox', isClaimed ? 'warning.sandbox' : undefined),
    ],
  }
}
