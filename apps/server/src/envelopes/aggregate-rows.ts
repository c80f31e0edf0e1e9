import type {
  Artifact,
  Attempt,
  Content,
  EnvelopeAggregate,
  EnvelopeDocument,
  Recipient,
  Seal,
  Signing,
  SigningRequest,
} from '@muhr/envelope'

/**
 * Rows as JSON: `jsonb_populate_recordset` reads them by the column types of the table, so that a list
 * of any length is one parameter of one prepared statement. Absent columns are null.
 */
export type JsonRow = { readonly [column: string]: unknown }

export type Scope = { readonly envelope_id: string; readonly organisation_id: string }

/** Bytes as PostgreSQL reads a `bytea` from text. */
const bytea = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

/** The envelope's own row; `updated_at` is the database's. */
export function envelopeRow({ envelope }: EnvelopeAggregate): JsonRow {
  return {
    id: envelope.id,
    organisation_id: envelope.organisation,
    title: envelope.title,
    state: envelope.state,
    version: envelope.version,
    created_at: envelope.createdAt,
    created_by: envelope.createdBy,
    sent_at: envelope.sentAt,
    deadline: envelope.deadline,
    ended_at: envelope.endedAt,
    reason: envelope.reason,
  }
}

export function documentRow(document: EnvelopeDocument, scope: Scope): JsonRow {
  return {
    ...scope,
    document_id: document.id,
    position: document.position,
    title: document.title,
    meta: document.meta,
  }
}

export function recipientRow(recipient: Recipient, position: number, scope: Scope): JsonRow {
  return {
    ...scope,
    id: recipient.id,
    position,
    name: recipient.name,
    locale: recipient.locale,
    order_group: recipient.orderGroup,
    identifiers: recipient.identifiers,
    contact: recipient.contact ?? {},
    methods: recipient.methods,
  }
}

export function signingRow(signing: Signing, scope: Scope, signerHash: Buffer): JsonRow {
  return {
    ...scope,
    id: signing.id,
    recipient_id: signing.recipient,
    state: signing.state,
    since: signing.since,
    round: signing.round,
    planning: signing.planning,
    reason: signing.reason,
    accepted_by: signing.acceptedBy,
    signer_hash: bytea(signerHash),
  }
}

export function contentRow(content: Content, scope: Scope): JsonRow {
  return {
    ...scope,
    id: content.id,
    document_id: content.document,
    derivation: content.derivation,
    sha256: content.sha256,
    size: content.size,
  }
}

export function requestRow(request: SigningRequest, scope: Scope, callbackHash: Buffer): JsonRow {
  return {
    ...scope,
    id: request.id,
    signing_id: request.signing,
    provider: request.provider,
    method: request.method,
    connection_id: request.connection,
    round: request.round,
    state: request.state,
    outcome: request.outcome,
    contents: request.contents,
    handle: request.handle,
    opens_at: request.window?.opensAt,
    expires_at: request.window?.expiresAt,
    attention: request.attention,
    traits: request.traits,
    seen: request.seen,
    ending: request.ending,
    since: request.since,
    callback_hash: bytea(callbackHash),
    bucket: request.bucket,
  }
}

export function attemptRow(attempt: Attempt, scope: Scope): JsonRow {
  return {
    ...scope,
    id: attempt.id,
    request_id: attempt.request,
    action: attempt.action,
    state: attempt.state,
    since: attempt.since,
    code: attempt.code,
    not_before: attempt.at,
  }
}

export function sealRow(seal: Seal, scope: Scope): JsonRow {
  return {
    ...scope,
    id: seal.id,
    signing_id: seal.signing,
    request_id: seal.request,
    purpose: seal.purpose,
    key: seal.key,
    items: seal.items,
    due: seal.due,
    state: seal.state,
    artifacts: seal.artifacts,
    built: seal.built,
    signer_key: seal.signerKey,
    usable_from: seal.usableFrom,
  }
}

export function artifactRow(artifact: Artifact, scope: Scope): JsonRow {
  return {
    ...scope,
    id: artifact.id,
    request_id: artifact.request,
    signing_id: artifact.signing,
    content_id: artifact.content,
    sha256: artifact.sha256,
    size: artifact.size,
    format: artifact.format,
    detached: artifact.detached,
    vouched: artifact.vouched === true,
    received_at: artifact.receivedAt,
    submission: artifact.submission,
    standing: artifact.standing,
    verdict: artifact.verdict,
  }
}
