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
  app: Pick<AppContext, 'db'>,
  token: string,
): Promise<FoundSigning | undefined> {
  const row = await app.db
    .selectFrom('signings')
    .select(['id', 'envelope_id'])
    .where('signer_hash', '=', hashToken(token))
    .executeTakeFirst()
  const aggregate = row === undefined ? undefined : await loadAggregate(app.db, row.envelope_id)
  const signing = aggregate?.signings.find((candidate) => candidate.id === row?.id)
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
