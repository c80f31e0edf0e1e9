import type {
  Artifact,
  Attempt,
  Content,
  EnvelopeAggregate,
  Recipient,
  Seal,
  Signing,
  SigningRequest,
} from '@muhr/envelope'
import type { Insertable } from 'kysely'
import { json } from '../database/open-database.ts'
import type { Tables } from '../database/schema.ts'

type Scope = { readonly envelope_id: string; readonly organisation_id: string }

const jsonOrNull = (value: unknown): string | null => (value === undefined ? null : json(value))

/** The envelope's own row. */
export function envelopeRow(aggregate: EnvelopeAggregate): Insertable<Tables['envelopes']> {
  const { envelope } = aggregate

  return {
    id: envelope.id,
    organisation_id: envelope.organisation,
    title: envelope.title,
    state: envelope.state,
    version: envelope.version,
    created_at: envelope.createdAt,
    created_by: json(envelope.createdBy),
    sent_at: envelope.sentAt ?? null,
    deadline: envelope.deadline ?? null,
    ended_at: envelope.endedAt ?? null,
    reason: envelope.reason ?? null,
  }
}

export function recipientRow(
  recipient: Recipient,
  position: number,
  scope: Scope,
): Insertable<Tables['recipients']> {
  return {
    ...scope,
    id: recipient.id,
    position,
    name: recipient.name,
    locale: recipient.locale,
    order_group: recipient.orderGroup,
    identifiers: json(recipient.identifiers),
    methods: json(recipient.methods),
  }
}

export function signingRow(
  signing: Signing,
  scope: Scope,
  signerHash: Buffer,
): Insertable<Tables['signings']> {
  return {
    ...scope,
    id: signing.id,
    recipient_id: signing.recipient,
    state: signing.state,
    since: signing.since,
    round: signing.round,
    planning: signing.planning,
    reason: signing.reason ?? null,
    accepted_by: jsonOrNull(signing.acceptedBy),
    signer_hash: signerHash,
  }
}

export function contentRow(content: Content, scope: Scope): Insertable<Tables['contents']> {
  return {
    ...scope,
    id: content.id,
    document_id: content.document,
    derivation: content.derivation,
    sha256: content.sha256,
    size: content.size,
  }
}

export function requestRow(
  request: SigningRequest,
  scope: Scope,
  callbackHash: Buffer,
): Insertable<Tables['requests']> {
  return {
    ...scope,
    id: request.id,
    signing_id: request.signing,
    provider: request.provider,
    method: request.method,
    connection_id: request.connection,
    round: request.round,
    state: request.state,
    outcome: request.outcome ?? null,
    contents: [...request.contents],
    handle: jsonOrNull(request.handle),
    opens_at: request.window?.opensAt ?? null,
    expires_at: request.window?.expiresAt ?? null,
    attention: jsonOrNull(request.attention),
    traits: json(request.traits),
    seen: [...request.seen],
    ending: request.ending ?? null,
    since: request.since,
    callback_hash: callbackHash,
  }
}

export function attemptRow(attempt: Attempt, scope: Scope): Insertable<Tables['attempts']> {
  return {
    ...scope,
    id: attempt.id,
    request_id: attempt.request,
    action: attempt.action,
    state: attempt.state,
    since: attempt.since,
    code: attempt.code ?? null,
  }
}

export function sealRow(seal: Seal, scope: Scope): Insertable<Tables['seals']> {
  return {
    ...scope,
    id: seal.id,
    signing_id: seal.signing,
    request_id: seal.request,
    purpose: seal.purpose,
    key: seal.key,
    items: json(seal.items),
    due: seal.due,
    state: seal.state,
    artifacts: [...seal.artifacts],
  }
}

export function artifactRow(artifact: Artifact, scope: Scope): Insertable<Tables['artifacts']> {
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
    received_at: artifact.receivedAt,
    submission: artifact.submission,
    standing: artifact.standing,
    verdict: jsonOrNull(artifact.verdict),
  }
}
