import type { TrustCandidate } from '../../api/trust.ts'

/** A digest as people copy it: with colons, spaces or capitals. */
export const bareFingerprint = (text: string): string => text.replace(/[\s:.-]/g, '').toLowerCase()

/** Whether nothing is left to compare: it is published, or what was pasted is its fingerprint. */
export function isConfirmed(
  { authority, sha256 }: Pick<TrustCandidate, 'authority' | 'sha256'>,
  typed: string,
): boolean {
  return authority !== undefined || bareFingerprint(typed) === sha256
}
