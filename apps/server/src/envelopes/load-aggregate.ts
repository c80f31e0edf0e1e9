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
import type { Queryable } from '../database/open-database.ts'
import { type AggregateRows, type EnvelopeKey, queryAggregate } from './aggregate-query.ts'

type Row = { readonly [column: string]: unknown }

/** End of an envelope's audit chain; `undefined` before its first event. */
export type ChainHead = { readonly seq: number; readonly hash: string }

/**
 * A row as the domain's type. Every value was validated before it was written and the schema's
 * constraints hold it, so reading it back is not validated again.
 */
const trusted = <T>(row: object): T => row as T

const orUndefined = <T>(value: T | null | undefined): T | undefined => value ?? undefined

/** Instants have three fraction digits and `Z`, whatever the database writes. */
const instant = (value: unknown): string | undefined =>
  typeof value === 'string' ? new Date(value).toISOString() : undefined

/** A row as the domain's envelope. */
export function envelopeOf(row: Row): Envelope {
  return trusted<Envelope>({
    id: row['id'],
    organisation: row['organisation_id'],
    title: row['title'],
    state: row['state'],
    version: row['version'],
    createdAt: instant(row['created_at']),
    createdBy: row['created_by'],
    sentAt: instant(row['sent_at']),
    deadline: instant(row['deadline']),
    endedAt: instant(row['ended_at']),
    reason: orUndefined(row['reason']),
  })
}

/** A row as the domain's signing. */
export function signingOf(row: Row): Signing {
  return trusted<Signing>({
    id: row['id'],
    recipient: row['recipient_id'],
    state: row['state'],
    since: instant(row['since']),
    round: row['round'],
    planning: row['planning'],
    reason: orUndefined(row['reason']),
    acceptedBy: orUndefined(row['accepted_by']),
  })
}

/** A row as the domain's request. */
export function requestOf(row: Row): SigningRequest {
  const opensAt = instant(row['opens_at'])
  const expiresAt = instant(row['expires_at'])

  return trusted<SigningRequest>({
    id: row['id'],
    signing: row['signing_id'],
    provider: row['provider'],
    method: row['method'],
    connection: row['connection_id'],
    round: row['round'],
    state: row['state'],
    outcome: orUndefined(row['outcome']),
    contents: row['contents'],
    handle: orUndefined(row['handle']),
    window: opensAt === undefined || expiresAt === undefined ? undefined : { opensAt, expiresAt },
    attention: orUndefined(row['attention']),
    traits: row['traits'],
    seen: row['seen'],
    ending: orUndefined(row['ending']),
    bucket: orUndefined(row['bucket']),
    since: instant(row['since']),
  })
}

function documentOf(row: Row): EnvelopeDocument {
  return trusted<EnvelopeDocument>({
    id: row['id'],
    position: row['position'],
    sha256: row['sha256'],
    size: row['size'],
    mediaType: row['media_type'],
    fileName: row['file_name'],
    title: row['title'],
    meta: row['meta'],
  })
}

/** Absent where there is none, as the domain has it. */
function contactOf(contact: unknown): { readonly contact?: unknown } {
  return Object.keys(contact ?? {}).length === 0 ? {} : { contact }
}

function recipientOf(row: Row): Recipient {
  return trusted<Recipient>({
    id: row['id'],
    name: row['name'],
    locale: row['locale'],
    orderGroup: row['order_group'],
    identifiers: row['identifiers'],
    ...contactOf(row['contact']),
    methods: row['methods'],
  })
}

function contentOf(row: Row): Content {
  return trusted<Content>({
    id: row['id'],
    document: row['document_id'],
    derivation: row['derivation'],
    sha256: row['sha256'],
    size: row['size'],
  })
}

function attemptOf(row: Row): Attempt {
  return trusted<Attempt>({
    id: row['id'],
    request: row['request_id'],
    action: row['action'],
    state: row['state'],
    since: instant(row['since']),
    code: orUndefined(row['code']),
    at: instant(row['not_before']),
  })
}

function sealOf(row: Row): Seal {
  return trusted<Seal>({
    id: row['id'],
    signing: row['signing_id'],
    request: row['request_id'],
    purpose: row['purpose'],
    built: row['built'],
    key: orUndefined(row['key']),
    signerKey: orUndefined(row['signer_key']),
    usableFrom: instant(row['usable_from']),
    items: row['items'],
    due: instant(row['due']),
    state: row['state'],
    artifacts: row['artifacts'],
  })
}

function artifactOf(row: Row): Artifact {
  return trusted<Artifact>({
    id: row['id'],
    request: row['request_id'],
    signing: row['signing_id'],
    content: row['content_id'],
    sha256: row['sha256'],
    size: row['size'],
    format: row['format'],
    detached: row['detached'],
    ...(row['vouched'] === true ? { vouched: true } : {}),
    receivedAt: instant(row['received_at']),
    submission: row['submission'],
    standing: row['standing'],
    verdict: orUndefined(row['verdict']),
  })
}

function aggregateOf(rows: AggregateRows): EnvelopeAggregate {
  return {
    envelope: envelopeOf(rows.envelope),
    documents: rows.documents.map(documentOf),
    recipients: rows.recipients.map(recipientOf),
    signings: rows.signings.map(signingOf),
    contents: rows.contents.map(contentOf),
    requests: rows.requests.map(requestOf),
    attempts: rows.attempts.map(attemptOf),
    seals: rows.seals.map(sealOf),
    artifacts: rows.artifacts.map(artifactOf),
  }
}

/** Everything of one envelope as it was at one moment, with the end of its audit chain. */
export async function loadWithHead(
  db: Queryable,
  key: EnvelopeKey,
): Promise<
  { readonly aggregate: EnvelopeAggregate; readonly head: ChainHead | undefined } | undefined
> {
  const rows = await queryAggregate(db, key)

  return rows === undefined
    ? undefined
    : { aggregate: aggregateOf(rows), head: rows.head ?? undefined }
}

/**
 * Everything of one envelope as it was at one moment, or undefined when there is none (or it is another
 * organisation's).
 */
export async function loadAggregate(
  db: Queryable,
  key: EnvelopeKey,
): Promise<EnvelopeAggregate | undefined> {
  return (await loadWithHead(db, key))?.aggregate
}
