import type {
  Artifact,
  Attempt,
  Content,
  Envelope,
  EnvelopeAggregate,
  EnvelopeDocument,
  Recipient,
  Seal,
  Signing,
  SigningRequest,
} from '@muhr/envelope'
import type { Selectable } from 'kysely'
import type { Queryable } from '../database/open-database.ts'
import type { Tables } from '../database/schema.ts'

/**
 * A row as the domain's type. Every value was validated before it was written and the schema's
 * constraints hold it, so reading it back is not validated again.
 */
const trusted = <T>(row: object): T => row as T

const orUndefined = <T>(value: T | null): T | undefined => value ?? undefined

/** A row as the domain's request. */
export function requestOf(row: Selectable<Tables['requests']>): SigningRequest {
  const window =
    row.opens_at === null || row.expires_at === null
      ? undefined
      : { opensAt: row.opens_at, expiresAt: row.expires_at }

  return trusted<SigningRequest>({
    id: row.id,
    signing: row.signing_id,
    provider: row.provider,
    method: row.method,
    connection: row.connection_id,
    round: row.round,
    state: row.state,
    outcome: orUndefined(row.outcome),
    contents: row.contents,
    handle: orUndefined(row.handle),
    window,
    attention: orUndefined(row.attention),
    traits: row.traits,
    seen: row.seen,
    ending: orUndefined(row.ending),
    since: row.since,
  })
}

function artifactOf(row: Selectable<Tables['artifacts']>): Artifact {
  return trusted<Artifact>({
    id: row.id,
    request: row.request_id,
    signing: row.signing_id,
    content: row.content_id,
    sha256: row.sha256,
    size: row.size,
    format: row.format,
    detached: row.detached,
    receivedAt: row.received_at,
    submission: row.submission,
    standing: row.standing,
    verdict: orUndefined(row.verdict),
  })
}

/** A row as the domain's envelope. */
export function envelopeOf(row: Selectable<Tables['envelopes']>): Envelope {
  return trusted<Envelope>({
    id: row.id,
    organisation: row.organisation_id,
    title: row.title,
    state: row.state,
    version: row.version,
    createdAt: row.created_at,
    createdBy: row.created_by,
    sentAt: orUndefined(row.sent_at),
    deadline: orUndefined(row.deadline),
    endedAt: orUndefined(row.ended_at),
    reason: orUndefined(row.reason),
  })
}

/** A row as the domain's signing. */
export function signingOf(row: Selectable<Tables['signings']>): Signing {
  return trusted<Signing>({
    id: row.id,
    recipient: row.recipient_id,
    state: row.state,
    since: row.since,
    round: row.round,
    planning: row.planning,
    reason: orUndefined(row.reason),
    acceptedBy: orUndefined(row.accepted_by),
  })
}

/**
 * Reads everything of one envelope, or undefined when there is none (or it is another
 * organisation's). What the database holds was checked on its way in, so the rows are trusted here.
 * Within a transaction that should see one moment, the caller sets the isolation; a torn read is
 * harmless to writers, since the compare-and-set on `version` refuses it.
 */
export async function loadAggregate(
  db: Queryable,
  envelopeId: string,
  organisationId?: string,
): Promise<EnvelopeAggregate | undefined> {
  const row = await db
    .selectFrom('envelopes')
    .selectAll()
    .where('id', '=', envelopeId)
    .$if(organisationId !== undefined, (query) =>
      query.where('organisation_id', '=', organisationId ?? ''),
    )
    .executeTakeFirst()
  if (row === undefined) {
    return undefined
  }

  const signings = await db
    .selectFrom('signings')
    .selectAll()
    .where('envelope_id', '=', envelopeId)
    .execute()
  // One connection at a time: inside a transaction queries share it, and pg serialises them.
  const documents = await db
    .selectFrom('envelope_documents as e')
    .innerJoin('documents as d', 'd.id', 'e.document_id')
    .select([
      'd.id',
      'e.position',
      'd.sha256',
      'd.size',
      'd.media_type',
      'd.file_name',
      'e.title',
      'e.meta',
    ])
    .where('e.envelope_id', '=', envelopeId)
    .orderBy('e.position')
    .execute()
  const recipients = await db
    .selectFrom('recipients')
    .selectAll()
    .where('envelope_id', '=', envelopeId)
    .orderBy('position')
    .execute()
  const byRecipient = new Map(signings.map((signing) => [signing.recipient_id, signing]))
  const contents = await db
    .selectFrom('contents')
    .selectAll()
    .where('envelope_id', '=', envelopeId)
    .orderBy('id')
    .execute()
  const requests = await db
    .selectFrom('requests')
    .selectAll()
    .where('envelope_id', '=', envelopeId)
    .orderBy('id')
    .execute()
  const attempts = await db
    .selectFrom('attempts')
    .selectAll()
    .where('envelope_id', '=', envelopeId)
    .orderBy('id')
    .execute()
  const seals = await db
    .selectFrom('seals')
    .selectAll()
    .where('envelope_id', '=', envelopeId)
    .orderBy('id')
    .execute()
  const artifacts = await db
    .selectFrom('artifacts')
    .selectAll()
    .where('envelope_id', '=', envelopeId)
    .orderBy('id')
    .execute()

  return {
    envelope: envelopeOf(row),
    documents: documents.map((document) =>
      trusted<EnvelopeDocument>({
        id: document.id,
        position: document.position,
        sha256: document.sha256,
        size: document.size,
        mediaType: document.media_type,
        fileName: document.file_name,
        title: document.title,
        meta: document.meta,
      }),
    ),
    recipients: recipients.map((recipient) =>
      trusted<Recipient>({
        id: recipient.id,
        name: recipient.name,
        locale: recipient.locale,
        orderGroup: recipient.order_group,
        identifiers: recipient.identifiers,
        methods: recipient.methods,
      }),
    ),
    signings: recipients.flatMap((recipient) => {
      const signing = byRecipient.get(recipient.id)

      return signing === undefined ? [] : [signingOf(signing)]
    }),
    contents: contents.map((content) =>
      trusted<Content>({
        id: content.id,
        document: content.document_id,
        derivation: content.derivation,
        sha256: content.sha256,
        size: content.size,
      }),
    ),
    requests: requests.map(requestOf),
    attempts: attempts.map((attempt) =>
      trusted<Attempt>({
        id: attempt.id,
        request: attempt.request_id,
        action: attempt.action,
        state: attempt.state,
        since: attempt.since,
        code: orUndefined(attempt.code),
      }),
    ),
    seals: seals.map((seal) =>
      trusted<Seal>({
        id: seal.id,
        signing: seal.signing_id,
        request: seal.request_id,
        purpose: seal.purpose,
        key: seal.key,
        items: seal.items,
        due: seal.due,
        state: seal.state,
        artifacts: seal.artifacts,
      }),
    ),
    artifacts: artifacts.map(artifactOf),
  }
}
