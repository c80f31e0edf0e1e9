import { type AttemptId, type Instant, instantAfter, instantOf } from '@muhr/envelope'
import {
  type AcceptedSeal,
  acceptSealBatch,
  type RevocationAnswer,
  type SealBatch,
  type SealBatchView,
  type SubmittedSeal,
  viewSealBatch,
} from '@muhr/signer-key'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { Tx } from '../database/open-database.ts'
import { changeEnvelope } from '../envelopes/change-envelope.ts'
import { Problem } from '../http/problems.ts'
import { usableUntilOf } from './kept-seals.ts'
import { refuseSeal, staleSeal } from './refuse-seal.ts'
import type { FoundSeal } from './seal-tasks.ts'

type Alongside = (tx: Tx) => Promise<void>

/** A signature that a clerk confirms was made at most so long before, ms. */
const freshMs = 15 * 60_000

/** How long a batch without a due time of its own may lie open before it is read again, ms. */
const openMs = 3_600_000

/**
 * What the clerk's page signs with one confirmation: names and digests of all items.
 * @throws Problem `seal.stale`, `seal.key` with the key's own code
 */
export async function viewSeal(
  app: AppContext,
  organisation: string,
  found: FoundSeal,
): Promise<SealBatchView> {
  const { batch, revocation } = await batchOf(app, organisation, found)

  return viewSealBatch(batch, { revocation }).catch(refuseSeal)
}

/**
 * Takes a clerk's signatures: one for each item, each verified over the item's stored bytes and by the
 * key's very certificate. All count or none; a batch that went stale, or was built again, is refused.
 * @throws Problem `seal.stale`, `seal.key`, `seal.signature` with the code of what is wrong
 */
export async function confirmSeal(
  app: AppContext,
  caller: Caller,
  about: {
    readonly found: FoundSeal
    readonly submitted: readonly SubmittedSeal[]
    /** Called in the transaction that makes them count. */
    readonly alongside?: Alongside | undefined
  },
): Promise<void> {
  const { found, submitted, alongside } = about
  const { batch, revocation } = await batchOf(app, caller.organisationId, found)
  const accepted = await acceptSealBatch(batch, submitted, { now: app.now(), revocation }).catch(
    refuseSeal,
  )
  if (found.kind === 'request') {
    await keepSignatures(app, caller, { found, accepted, alongside })
  } else {
    const until = instantOf(batch.key.description.notAfter)
    await keepCredential(app, { found, accepted, until, alongside })
  }
}

async function batchOf(
  app: AppContext,
  organisation: string,
  found: FoundSeal,
): Promise<{
  readonly batch: SealBatch
  readonly revocation: RevocationAnswer | undefined
}> {
  const now = app.now()
  const isPast = found.due !== undefined && found.due <= now
  if (found.state !== 'wanted' || isPast) {
    throw staleSeal()
  }
  const known = await app.signerKeys.find({
    organisationId: organisation,
    connectionId: found.connection,
    key: found.signerKey,
  })
  if (known?.attendance !== 'attended') {
    throw new Problem('seal.key', 'The signer key of this seal is gone, or needs no clerk.')
  }
  const { key, revocation } = await app.signerKeys
    .openAttended({ organisationId: organisation, key: known.id })
    .catch(refuseSeal)
  const earliest = key.description.notBefore.getTime()

  return {
    batch: {
      key,
      madeAt: new Date(Math.max(earliest, now.getTime() - freshMs)),
      due: found.due ?? new Date(now.getTime() + openMs),
      items: found.items.map(({ name, sha256 }) => ({
        name,
        sha256,
        open: () => found.open(sha256),
      })),
    },
    revocation,
  }
}

async function keepSignatures(
  app: AppContext,
  caller: Caller,
  about: {
    readonly found: Extract<FoundSeal, { readonly kind: 'request' }>
    readonly accepted: readonly AcceptedSeal[]
    readonly alongside: Alongside | undefined
  },
): Promise<void> {
  const { seal, aggregate } = about.found
  const stored = await Promise.all(about.accepted.map(({ container }) => app.store.put(container)))
  const result = await changeEnvelope(
    app,
    aggregate.envelope.id,
    {
      kind: 'seal-made',
      seal: seal.id,
      items: seal.items.map((item) => item.sha256),
      artifacts: stored.map(({ sha256 }) => sha256),
      actor: caller.actor,
    },
    { organisation: caller.organisationId, alongside: about.alongside },
  )
  if (result.kind === 'refused') {
    throw staleSeal()
  }
}

/** The signature serves from when it was made, which may be a little before it came. */
async function keepCredential(
  app: AppContext,
  about: {
    readonly found: Extract<FoundSeal, { readonly kind: 'connection' }>
    readonly accepted: readonly AcceptedSeal[]
    /** End of the certificate of its key. */
    readonly until: Instant
    readonly alongside: Alongside | undefined
  },
): Promise<void> {
  const { found, accepted, until, alongside } = about
  const now = instantOf(app.now())
  const usableMs = found.usableMs - Math.min(freshMs, Math.floor(found.usableMs / 10))
  await app.db.transaction().execute(async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('kept_seals')
      .set({
        state: 'made',
        made_at: now,
        usable_until: usableUntilOf({ until }, instantAfter(now, usableMs)),
        artifact: Buffer.from(accepted[0]?.container ?? []).toString('base64'),
      })
      .where('id', '=', found.id)
      .where('state', '=', 'wanted')
      .executeTakeFirst()
    if (Number(numUpdatedRows) !== 1) {
      throw staleSeal()
    }
    await alongside?.(tx)
  })
  await wakeCalls(app, found.connection)
}

/** Calls that were put off until a seal comes may leave now; so may the watch that failed without it. */
async function wakeCalls(app: AppContext, connection: string): Promise<void> {
  const now = app.now().toISOString()
  const { rows } = await sql<{ id: string; envelope_id: string }>`
    select a.id, a.envelope_id from attempts a join requests r on r.id = a.request_id
    where r.connection_id = ${connection} and a.state = 'recorded' and a.code is not null
      and a.not_before > ${now}`.execute(app.db)
  for (const row of rows) {
    await changeEnvelope(app, row.envelope_id, {
      kind: 'attempt-woken',
      attempt: row.id as AttemptId,
    })
  }
  await sql`update connection_watches set due_at = ${now}
    where connection_id = ${connection} and lease is null`.execute(app.db)
}
