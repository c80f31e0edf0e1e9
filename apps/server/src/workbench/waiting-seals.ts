import { createHash } from 'node:crypto'
import type { SealItem, Sha256Hex } from '@muhr/envelope'
import { apiKeyContent, parseApiKey } from '@muhr/epgu'
import {
  acceptSealBatch,
  type SealBatch,
  type SealBatchView,
  type SubmittedSeal,
  viewSealBatch,
} from '@muhr/signer-key'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { Tx } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import { refuseSeal, staleSeal } from '../seals/refuse-seal.ts'
import type { SealTask } from '../seals/seal-tasks.ts'
import { findSignerKey } from '../signer-keys/find-signer-keys.ts'
import { type Account, accountOfRow, apiKeySealMs, loadAccount } from './accounts.ts'
import { finishPackage, sealedContent } from './build-package.ts'
import { apiKeyPurpose, sealAheadMs } from './gateways.ts'
import type { OrderFileRow } from './order-files.ts'
import { loadOrder, type OrderRow } from './orders.ts'
import { storedDocument } from './stored-document.ts'

/** A signature that a clerk confirms was made at most so long before, ms. */
const freshMs = 15 * 60_000
/** How long an API-Key may lie open before it is read again, ms. */
const openMs = 3_600_000
/** An API-Key that nobody asked for in this time is no task any more, ms. */
const askedWithinMs = 24 * 3_600_000

/** What signs the package of an order; the same word wherever a key is asked. */
export const packagePurpose = 'workbench-package'

/** What waits in the workbench for a clerk's signer key. */
export type WorkbenchSeal =
  | { readonly kind: 'order'; readonly order: OrderRow; readonly files: readonly OrderFileRow[] }
  | { readonly kind: 'account'; readonly account: Account }

const itemOf = (file: OrderFileRow): SealItem => ({
  name: file.name,
  sha256: file.sha256,
  size: file.size,
  format: 'CMS',
})

const apiKeyItem = (account: Account): SealItem => {
  const bytes = apiKeyContent(parseApiKey(account.apiKey))

  return {
    name: 'api-key',
    sha256: createHash('sha256').update(bytes).digest('hex') as Sha256Hex,
    size: bytes.byteLength,
    format: 'CMS',
  }
}

/** Packages of orders, and API-Keys of accounts, that wait for a clerk; what is due first first. */
export async function listWorkbenchSeals(
  app: AppContext,
  organisationId: string,
): Promise<readonly SealTask[]> {
  const orders = await app.db
    .selectFrom('workbench_orders')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('state', '=', 'sealing')
    .where('seal_due', '>', app.now().toISOString())
    .orderBy('seal_due')
    .execute()
  const packages = await Promise.all(
    orders.map(async (row): Promise<SealTask> => {
      const order = row as OrderRow
      const { title, seal_due: due, order_number: number, account_used: account } = order

      return {
        id: order.id,
        kind: 'order',
        purpose: packagePurpose,
        signerKey: order.signer_key_id ?? undefined,
        due: due ?? undefined,
        order: { id: order.id, title, number: number ?? undefined },
        account: { name: account.name },
        items: (await sealedContent(app, order)).map(itemOf),
      }
    }),
  )

  return [...(await listApiKeys(app, organisationId)), ...packages]
}

async function listApiKeys(app: AppContext, organisationId: string): Promise<readonly SealTask[]> {
  const now = app.now().getTime()
  const rows = await app.db
    .selectFrom('workbench_accounts')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .where('seal_asked_at', '>', new Date(now - askedWithinMs).toISOString())
    .orderBy('id')
    .execute()
  const tasks: SealTask[] = []
  for (const row of rows) {
    const account = accountOfRow(app, row)
    const seal = account?.source.kind === 'account' ? account.source.seal : undefined
    const serves = seal === undefined ? 0 : seal.signedAt.getTime() + apiKeySealMs
    const key =
      account?.signerKey === undefined
        ? undefined
        : await findSignerKey(app.db, organisationId, account.signerKey)
    if (account !== undefined && key?.attendance === 'attended' && serves - sealAheadMs <= now) {
      tasks.push({
        id: account.id,
        kind: 'account',
        purpose: apiKeyPurpose,
        signerKey: account.signerKey,
        due: serves > now ? new Date(serves).toISOString() : undefined,
        account: { name: account.name },
        items: [apiKeyItem(account)],
      })
    }
  }

  return tasks
}

/** A seal of the workbench by its id, that of its order or account; undefined when there is none. */
export async function findWorkbenchSeal(
  app: AppContext,
  organisationId: string,
  id: string,
): Promise<WorkbenchSeal | undefined> {
  try {
    if (id.startsWith('wbo_')) {
      const order = await loadOrder(app, organisationId, id)

      return { kind: 'order', order, files: await sealedContent(app, order) }
    }

    return id.startsWith('wba_')
      ? { kind: 'account', account: await loadAccount(app, organisationId, id) }
      : undefined
  } catch (error) {
    if (error instanceof Problem) {
      return undefined
    }
    throw error
  }
}

/** The file that an item stands for; the API-Key of an account is never given out. */
export const fileOfItem = (seal: WorkbenchSeal, index: number): OrderFileRow | undefined =>
  seal.kind === 'order' ? seal.files[index] : undefined

async function batchOf(app: AppContext, seal: WorkbenchSeal) {
  const now = app.now()
  const { organisationId, signerKey } =
    seal.kind === 'order'
      ? {
          organisationId: seal.order.organisation_id,
          signerKey: seal.order.signer_key_id ?? undefined,
        }
      : seal.account
  const due =
    seal.kind === 'account' ? new Date(now.getTime() + openMs) : new Date(seal.order.seal_due ?? 0)
  if ((seal.kind === 'order' && seal.order.state !== 'sealing') || due <= now) {
    throw staleSeal()
  }
  const known = await app.signerKeys.find({ organisationId, connectionId: '', key: signerKey })
  if (known?.attendance !== 'attended') {
    throw new Problem('seal.key', 'The signer key of this seal is gone, or needs no clerk.')
  }
  const { key, revocation } = await app.signerKeys
    .openAttended({ organisationId, key: known.id })
    .catch(refuseSeal)
  const batch: SealBatch = {
    key,
    madeAt: new Date(Math.max(key.description.notBefore.getTime(), now.getTime() - freshMs)),
    due,
    items:
      seal.kind === 'account'
        ? [
            {
              ...apiKeyItem(seal.account),
              open: () => apiKeyContent(parseApiKey(seal.account.apiKey)),
            },
          ]
        : seal.files.map((file) => ({
            name: file.name,
            sha256: file.sha256,
            open: () => storedDocument(app.store, file).open() as AsyncIterable<Uint8Array>,
          })),
  }

  return { batch, revocation }
}

/**
 * What the clerk's page signs with one confirmation: names and digests of all files, or of the API-Key.
 * @throws Problem `seal.stale`, `seal.key`
 */
export async function viewWorkbenchSeal(
  app: AppContext,
  seal: WorkbenchSeal,
): Promise<SealBatchView> {
  const { batch, revocation } = await batchOf(app, seal)

  return viewSealBatch(batch, { revocation }).catch(refuseSeal)
}

/**
 * Takes a clerk's signatures, all or none: the package of an order is built with them, one over an API-Key
 * is kept for its day.
 * @throws Problem `seal.stale`, `seal.key`, `seal.signature`, `workbench.rules-broken`
 */
export async function confirmWorkbenchSeal(
  app: AppContext,
  caller: Caller,
  about: {
    readonly seal: WorkbenchSeal
    readonly submitted: readonly SubmittedSeal[]
    /** Called in the transaction that makes them count. */
    readonly alongside?: ((tx: Tx) => Promise<void>) | undefined
  },
): Promise<void> {
  const { seal, submitted, alongside } = about
  const { batch, revocation } = await batchOf(app, seal)
  const accepted = await acceptSealBatch(batch, submitted, { now: app.now(), revocation }).catch(
    refuseSeal,
  )
  if (seal.kind === 'order') {
    const { order, files } = seal
    await finishPackage(
      app,
      { caller, order },
      {
        files,
        seals: new Map(accepted.map(({ name, container }) => [name, container])),
        alongside,
      },
    )

    return
  }
  await app.db.transaction().execute(async (tx) => {
    await tx
      .updateTable('workbench_accounts')
      .set({
        token_seal: Buffer.from(accepted[0]?.container ?? []),
        // Its own time may be as early as that; ESIA counts from there.
        token_sealed_at: batch.madeAt,
        seal_asked_at: null,
      })
      .where('id', '=', seal.account.id)
      .where('organisation_id', '=', seal.account.organisationId)
      .where('removed_at', 'is', null)
      .execute()
    await alongside?.(tx)
  })
}
