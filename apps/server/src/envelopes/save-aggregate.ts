import type { EnvelopeAggregate } from '@muhr/envelope'
import type { Tx } from '../database/open-database.ts'
import { json } from '../database/open-database.ts'
import type { Tables } from '../database/schema.ts'
import {
  artifactRow,
  attemptRow,
  contentRow,
  envelopeRow,
  recipientRow,
  requestRow,
  sealRow,
  signingRow,
} from './aggregate-rows.ts'

/** Hashes under which the tokens of requests and signings are found; no token is ever stored. */
export type TokenHashes = {
  readonly callback: (requestId: string) => Buffer
  readonly signer: (signingId: string) => Buffer
}

/** Writes a whole new envelope: `INSERT`s only, a statement a table. */
export async function insertAggregate(
  tx: Tx,
  aggregate: EnvelopeAggregate,
  hashes: TokenHashes,
): Promise<void> {
  const scope = {
    envelope_id: aggregate.envelope.id,
    organisation_id: aggregate.envelope.organisation,
  }
  await tx.insertInto('envelopes').values(envelopeRow(aggregate)).execute()
  await tx
    .insertInto('envelope_documents')
    .values(
      aggregate.documents.map((document) => ({
        ...scope,
        document_id: document.id,
        position: document.position,
        title: json(document.title),
        meta: json(document.meta),
      })),
    )
    .execute()
  await tx
    .insertInto('recipients')
    .values(aggregate.recipients.map((recipient, index) => recipientRow(recipient, index, scope)))
    .execute()
  await insertParts(tx, aggregate, undefined, hashes)
}

type Part = 'signings' | 'contents' | 'requests' | 'attempts' | 'seals' | 'artifacts'

/** What may change in a row that exists; everything else is written once. */
const mutable = {
  signings: ['state', 'since', 'round', 'planning', 'reason', 'accepted_by'],
  contents: [],
  requests: [
    'state',
    'outcome',
    'handle',
    'opens_at',
    'expires_at',
    'attention',
    'seen',
    'ending',
    'since',
  ],
  attempts: ['state', 'since', 'code'],
  seals: ['state', 'artifacts'],
  artifacts: ['standing', 'verdict'],
} as const satisfies { readonly [P in Part]: readonly (keyof Tables[P])[] }

async function insertParts(
  tx: Tx,
  next: EnvelopeAggregate,
  previous: EnvelopeAggregate | undefined,
  hashes: TokenHashes,
): Promise<void> {
  const scope = { envelope_id: next.envelope.id, organisation_id: next.envelope.organisation }
  const rows = {
    signings: changed(next.signings, previous?.signings).map((row) =>
      signingRow(row, scope, hashes.signer(row.id)),
    ),
    contents: changed(next.contents, previous?.contents).map((row) => contentRow(row, scope)),
    requests: changed(next.requests, previous?.requests).map((row) =>
      requestRow(row, scope, hashes.callback(row.id)),
    ),
    attempts: changed(next.attempts, previous?.attempts).map((row) => attemptRow(row, scope)),
    seals: changed(next.seals, previous?.seals).map((row) => sealRow(row, scope)),
    artifacts: changed(next.artifacts, previous?.artifacts).map((row) => artifactRow(row, scope)),
  }
  // Parents before children, so that the foreign keys hold at every statement.
  for (const table of [
    'signings',
    'contents',
    'requests',
    'attempts',
    'seals',
    'artifacts',
  ] as const) {
    const values = rows[table]
    if (values.length > 0) {
      await tx
        .insertInto(table as 'signings')
        .values(values as (typeof rows)['signings'])
        .onConflict((conflict) =>
          mutable[table].length === 0
            ? conflict.column('id').doNothing()
            : conflict
                .column('id')
                .doUpdateSet((set) =>
                  Object.fromEntries(
                    mutable[table].map((column) => [
                      column,
                      set.ref(`excluded.${column}` as never),
                    ]),
                  ),
                ),
        )
        .execute()
    }
  }
}

/** Rows that are new or another object than before: transitions keep untouched rows as they are. */
function changed<T>(next: readonly T[], previous: readonly T[] | undefined): readonly T[] {
  if (previous === undefined) {
    return next
  }
  const known = new Set(previous)

  return next.filter((row) => !known.has(row))
}

/**
 * Writes what differs, if the envelope still is at the version that `previous` was read at.
 * @returns false when somebody else moved it first; nothing is written then.
 */
export async function saveAggregate(
  tx: Tx,
  previous: EnvelopeAggregate,
  next: EnvelopeAggregate,
  hashes: TokenHashes,
): Promise<boolean> {
  const row = envelopeRow(next)
  const updated = await tx
    .updateTable('envelopes')
    .set({
      state: row.state,
      version: row.version,
      sent_at: row.sent_at,
      deadline: row.deadline,
      ended_at: row.ended_at,
      reason: row.reason,
      updated_at: new Date(),
    })
    .where('id', '=', previous.envelope.id)
    .where('state', '=', previous.envelope.state)
    .where('version', '=', previous.envelope.version)
    .executeTakeFirst()
  if (updated.numUpdatedRows !== 1n) {
    return false
  }
  await insertParts(tx, next, previous, hashes)

  return true
}
