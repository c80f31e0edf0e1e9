import { type Certificate, isSandboxPolicy, type KnownAuthority, knownAuthority } from '@muhr/pki'
import { isAuthority } from './read-certificates.ts'

/**
 * Why a certificate may not be an anchor. `not-authority`: a person's or a service's. `sandbox`: design
 * rule 9. `test-environment`: of a national authority, whose test signatures would pass as real.
 */
export type AnchorFault = 'not-authority' | 'sandbox' | 'test-environment'

export type AnchorJudgement =
  | { readonly ok: true; readonly authority: KnownAuthority | undefined }
  | {
      readonly ok: false
      readonly fault: AnchorFault
      readonly authority: KnownAuthority | undefined
    }

/**
 * May this certificate be kept in the trust folder? Everything that it signs will be believed by every
 * policy, for good; so what could only harm there is refused, and what is published is recognised.
 */
export function judgeAnchor(
  certificate: Certificate,
  { allowTest }: { readonly allowTest: boolean },
): AnchorJudgement {
  const authority = knownAuthority(certificate.sha256)
  const fault = faultOf(certificate, { authority, allowTest })

  return fault === undefined ? { ok: true, authority } : { ok: false, fault, authority }
}

function faultOf(
  certificate: Certificate,
  about: { readonly authority: KnownAuthority | undefined; readonly allowTest: boolean },
): AnchorFault | undefined {
  if (!isAuthority(certificate)) {
    return 'not-authority'
  }
  if (isSandboxCertificate(certificate)) {
    return 'sandbox'
  }

  return about.authority?.environment === 'test' && !about.allowTest
    ? 'test-environment'
    : undefined
}

/** Whether a certificate has the critical policy of the sandbox. */
function isSandboxCertificate({ extensions }: Certificate): boolean {
  return (extensions.certificatePolicies?.policies ?? []).some(({ oid }) => isSandboxPolicy(oid))
}
