import type { EnvelopeAggregate, Recipient, Signing } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { loadAggregate } from '../envelopes/load-aggregate.ts'
import { hashToken } from '../instance/tokens.ts'

export type FoundSigning = {
  readonly aggregate: EnvelopeAggregate
  readonly signing: Signing
  readonly recipient: Recipient
}

/** The signing that a signer link names. A draft is not shown: it was not sent to anybody. */
export async function findSigning(
  app: Pick<AppContext, 'db' | 'hashes'>,
  token: string,
): Promise<FoundSigning | undefined> {
  const signerHash = hashToken(token)
  const aggregate = await loadAggregate(app.db, { signerHash })
  const signing = aggregate?.signings.find(({ id }) => app.hashes.signer(id).equals(signerHash))
  const recipient = aggregate?.recipients.find((candidate) => candidate.id === signing?.recipient)
  if (
    aggregate === undefined ||
    signing === undefined ||
    recipient === undefined ||
    aggregate.envelope.state === 'draft'
  ) {
    return undefined
  }

  return { aggregate, signing, recipient }
}
