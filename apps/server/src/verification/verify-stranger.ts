import { isPkiError, type PolicyName, policyByName } from '@muhr/pki'
import type { AppContext } from '../app-context.ts'
import { Problem } from '../http/problems.ts'
import type { StrangerReport } from './stranger/messages.ts'
import { runInThread } from './stranger/run-in-thread.ts'

/**
 * Verifies what a stranger sent, under a named policy or else by the rules of each signer's country, with
 * this installation's anchors and configured revocation hosts, in a thread that is ended when it works too
 * long. Nothing is stored; nothing that a certificate names is fetched.
 * @throws Problem `container.not-a-signature`, `container.unsupported-format`, `request.invalid` (unknown policy),
 *   `verification.too-costly`
 */
export async function verifyStranger(
  app: AppContext,
  input: {
    readonly container: Uint8Array
    readonly content: Uint8Array | undefined
    readonly policy: string | undefined
  },
): Promise<StrangerReport> {
  const policy = input.policy === undefined ? undefined : policyOf(input.policy)
  const believesSandbox = app.config.mode === 'sandbox'
  const { anchors } = await app.trust.anchors(
    policy ?? (believesSandbox ? 'sandbox' : 'etsi-basic'),
  )
  const outcome = await runInThread(
    {
      container: input.container,
      content: input.content,
      policy,
      believesSandbox,
      anchors: anchors.map(({ certificate, origin }) => ({ bytes: certificate.bytes, origin })),
      nowMs: app.now().getTime(),
    },
    { ask: (query, name) => app.trust.ocsp(app.trust.hostsFor(name), query) },
  )
  switch (outcome.kind) {
    case 'report':
      return outcome.report
    case 'refused':
      throw outcome.code === 'container.unsupported-format'
        ? new Problem(
            'container.unsupported-format',
            'This form of signature is not checked yet.',
            {
              field: 'container',
            },
          )
        : new Problem('container.not-a-signature', 'The file is not a signature.', {
            field: 'container',
            advice: outcome.advice,
          })
    case 'too-costly':
      throw new Problem(
        'verification.too-costly',
        'The file asks for more work than a signature needs.',
        { field: 'container' },
      )
    case 'broken':
      throw new Error(`the verifier ended: ${outcome.name}`)
  }
}

function policyOf(name: string): PolicyName {
  try {
    return policyByName(name).name
  } catch (error) {
    if (isPkiError(error, 'policy.unknown')) {
      throw new Problem('request.invalid', 'There is no such policy.', { field: 'policy' })
    }
    throw error
  }
}
