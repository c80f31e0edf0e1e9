import { isPkiError, policyByName, type VerificationReport, verifySignature } from '@muhr/pki'
import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'

/**
 * Verifies what a stranger sent, under a named policy, with this installation's anchors and configured
 * revocation hosts. Nothing is stored; nothing that a certificate names is fetched.
 * @throws Problem `container.not-a-signature`, `request.invalid` (unknown policy)
 */
export async function verifyStranger(
  app: AppContext,
  input: {
    readonly container: Uint8Array
    readonly content: Uint8Array | undefined
    readonly policy: string | undefined
  },
): Promise<VerificationReport> {
  const name = input.policy ?? (app.config.mode === 'sandbox' ? 'sandbox' : 'kz-1187')
  try {
    const { report } = await verifySignature({
      container: input.container,
      ...(input.content === undefined ? {} : { content: input.content }),
      trust: await app.trust.anchors(name),
      policy: policyByName(name),
      now: app.now(),
      sources: { ocsp: (query) => app.trust.ocsp(app.trust.hostsFor(name), query) },
    })

    return report
  } catch (error) {
    if (isPkiError(error) && error.code === 'policy.unknown') {
      throw new Problem('request.invalid', 'There is no such policy.', { field: 'policy' })
    }
    if (isPkiError(error)) {
      throw new Problem('container.not-a-signature', 'The file is not a signature.', {
        field: 'container',
        advice: error.advice,
      })
    }
    throw error
  }
}
