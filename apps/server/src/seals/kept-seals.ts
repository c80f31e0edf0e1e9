import { createHash } from 'node:crypto'
import { type Instant, instantAfter, instantOf, type KeptSealWish } from '@muhr/envelope'
import type { AppContext } from '../app-context.ts'
import { noKey } from './error.ts'
import type { FoundSignerKey } from './signer-keys.ts'

/** A connection as its kept seals need it. */
export type SealedConnection = { readonly id: string; readonly organisationId: string }

export type KeptSeals = Pick<AppContext, 'db' | 'ids' | 'now' | 'sealer' | 'signerKeys' | 'log'>

const signTimeoutMs = 60_000

/** What tells one kept seal from another. */
type Same = {
  readonly connection_id: string
  readonly purpose: string
  readonly sha256: string
  readonly signer_key: string
}

function sameOf(connection: SealedConnection, wish: KeptSealWish, key: FoundSignerKey): Same {
  return {
    connection_id: connection.id,
    purpose: wish.purpose,
    sha256: createHash('sha256').update(wish.bytes).digest('hex'),
    signer_key: key.id,
  }
}

/**
 * The kept signature over a credential of a connection, or undefined while a clerk must make it first.
 * The next one is made, or asked of the clerk, `renewBeforeMs` before the last one runs out.
 * @throws SealError `seal.no-key`; what the key says
 */
export async function keptSeal(
  app: KeptSeals,
  connection: SealedConnection,
  wish: KeptSealWish,
): Promise<Uint8Array | undefined> {
  const key = await app.signerKeys.find({
    organisationId: connection.organisationId,
    connectionId: connection.id,
    key: wish.signerKey,
  })
  if (key === undefined) {
    throw noKey(connection.id)
  }
  const same = sameOf(connection, wish, key)
  const now = instantOf(app.now())
  const known = await newest(app, same, now)
  const signature = known === undefined ? undefined : Buffer.from(known.artifact ?? '', 'base64')
  const usableUntil = known?.usable_until ?? ''
  const isFresh = instantAfter(now, renewBeforeMs(wish)) < usableUntil || usableUntil === key.until
  if (known !== undefined && isFresh) {
    return signature
  }
  const making = { connection, same, wish, key }
  if (key.attendance === 'attended') {
    await askClerk(app, making)

    return signature
  }
  try {
    return await signKept(app, making)
  } catch (error) {
    // The old one still serves: the key may be mended before it runs out.
    if (signature === undefined) {
      throw error
    }
    app.log.warn({ purpose: wish.purpose, reason: (error as Error).name }, 'a kept seal is not new')

    return signature
  }
}

/** A signature serves no longer than the certificate of its key. */
export function usableUntilOf({ until }: Pick<FoundSignerKey, 'until'>, wanted: Instant): Instant {
  return until !== undefined && until < wanted ? until : wanted
}

function renewBeforeMs(wish: KeptSealWish): number {
  return wish.renewBeforeMs ?? Math.floor(wish.usableMs / 6)
}

const newest = (app: KeptSeals, same: Same, now: string) =>
  app.db
    .selectFrom('kept_seals')
    .select(['artifact', 'usable_until'])
    .where('connection_id', '=', same.connection_id)
    .where('purpose', '=', same.purpose)
    .where('sha256', '=', same.sha256)
    .where('signer_key', '=', same.signer_key)
    .where('state', '=', 'made')
    .where('usable_until', '>', now)
    .orderBy('usable_until', 'desc')
    .limit(1)
    .executeTakeFirst()

type Making = {
  readonly connection: SealedConnection
  readonly same: Same
  readonly wish: KeptSealWish
  readonly key: FoundSignerKey
}

function rowOf(app: KeptSeals, { connection, same, wish }: Making) {
  return {
    ...same,
    id: app.ids.own('kept-seal'),
    organisation_id: connection.organisationId,
    size: wish.bytes.byteLength,
    octets: app.sealer.seal(Buffer.from(wish.bytes).toString('base64')),
    format: wish.format,
    usable_ms: wish.usableMs,
    renew_before_ms: renewBeforeMs(wish),
    asked_at: instantOf(app.now()),
  }
}

async function signKept(app: KeptSeals, making: Making): Promise<Uint8Array | undefined> {
  const { connection, wish, key } = making
  const now = app.now()
  const [signature] = await app.signerKeys.sign({
    organisationId: connection.organisationId,
    key: key.id,
    purpose: wish.purpose,
    items: [
      {
        name: wish.purpose,
        size: wish.bytes.byteLength,
        open: async function* () {
          yield wish.bytes
        },
      },
    ],
    signal: AbortSignal.timeout(signTimeoutMs),
  })
  if (signature === undefined) {
    throw new Error('a signer key gave no signature')
  }
  await app.db
    .insertInto('kept_seals')
    .values({
      ...rowOf(app, making),
      key: 'unattended',
      state: 'made',
      made_at: instantOf(now),
      usable_until: usableUntilOf(key, instantAfter(instantOf(now), wish.usableMs)),
      artifact: Buffer.from(signature).toString('base64'),
    })
    .execute()

  return signature
}

/** Asked again and again, it stays one task. */
async function askClerk(app: KeptSeals, making: Making): Promise<void> {
  await app.db
    .insertInto('kept_seals')
    .values({
      ...rowOf(app, making),
      key: 'attended',
      state: 'wanted',
      made_at: null,
      usable_until: null,
      artifact: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['connection_id', 'purpose', 'sha256', 'signer_key'])
        .where('state', '=', 'wanted')
        .doUpdateSet((excluded) => ({ asked_at: excluded.ref('excluded.asked_at') })),
    )
    .execute()
}
