/**
 * The certificate policy that every certificate of a Muhr sandbox carries, critical: an arc of ours below the
 * enterprise number of examples (RFC 5612), which nobody else may put into a certificate. Every arc is small:
 * Go up to 1.21 refuses a certificate with an arc above 31 bits, and JavaScript libraries for GOST read such
 * an arc as another number. Software that does not know the policy must refuse the certificate, Muhr believes
 * it only where somebody said so (design rule 9).
 */
export const sandboxPolicyOid = '1.3.6.1.4.1.32473.6847.1'

/** What sandboxes carried before: 2.25 and a UUID of ours as an integer (ITU-T X.667 §6). */
const formerSandboxPolicyOid = '2.25.169843438659581615850702807914438805577'

/** Does a certificate policy say that its certificate is of a sandbox? */
export const isSandboxPolicy = (oid: string): boolean =>
  oid === sandboxPolicyOid || oid === formerSandboxPolicyOid
