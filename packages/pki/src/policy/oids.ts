/**
 * The certificate policy that every certificate of a Muhr sandbox carries, critical: 2.25 and a UUID of
 * ours as an integer (ITU-T X.667 §6). Software that does not know it must refuse the certificate,
 * Muhr believes it only where somebody said so (design rule 9).
 */
export const sandboxPolicyOid = '2.25.169843438659581615850702807914438805577'
