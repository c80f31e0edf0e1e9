import { createReadStream } from 'node:fs'
import { packSigned } from '@muhr/epgu/goskey'
import {
  acceptSealBatch,
  isSignerKeyError,
  type SealBatch,
  type SealBatchView,
  type SubmittedSeal,
  viewSealBatch,
} from '@muhr/signer-key'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { Problem } from '../http/problems.ts'
import { checkXml } from './check-xml.ts'
import {
  filesOf,
  insertFile,
  liveFiles,
  type NewFile,
  type OrderFileRow,
  removeFiles,
} from './order-files.ts'
import { changeOrder, expectState, type OrderRow } from './orders.ts'
import { checkArchive, expectKept, rulesBroken } from './package-rules.ts'
import { asPortalCall } from './portal-problem.ts'
import { loadService } from './services.ts'
import { storedDocument } from './stored-document.ts'
import { withTemporaryFile } from './temporary-file.ts'

/** How long a clerk has for one confirmation, ms. */
const sealWindowMs = 3_600_000
/** A signature that a clerk confirms was made at most so long before, ms. */
const freshMs = 15 * 60_000
const signTimeoutMs = 300_000

type Subject = { readonly caller: Caller; readonly order: OrderRow }

/** What is signed and packed: the request file first, then documents as they were added. */
async function contentOf(app: AppContext, order: OrderRow): Promise<readonly OrderFileRow[]> {
  const files = liveFiles(await filesOf(app.db, order), 'main', 'document')
  const main = files.find(({ role }) => role === 'main')
  if (main === undefined) {
    throw new Problem('workbench.field', 'The order has no request file.', {
      field: 'xml',
      advice: 'Set it with PUT …/xml.',
    })
  }

  return [main, ...files.filter((file) => file !== main)]
}

/** The request file is looked at before anything is signed, so that a clerk never confirms in vain. */
async function expectValidMain(
  app: AppContext,
  order: OrderRow,
  main: OrderFileRow,
): Promise<void> {
  const octets = await app.store.read(main.sha256)
  if (octets.includes('{{orderId}}')) {
    throw new Problem('workbench.field', 'The request file waits for the number of the order.', {
      field: 'xml',
      advice: 'Make an order whose number is reserved: reserve: true.',
    })
  }
  const service =
    order.service_id === null
      ? undefined
      : await loadService(app.db, order.organisation_id, {
          id: order.service_id,
          version: order.service_version ?? undefined,
        })
  const findings = await checkXml(octets, service?.schema)
  if (findings.length > 0) {
    throw rulesBroken(
      findings.map(({ kind, line, column, message }) => ({
        rule: kind === 'schema' ? 'request-schema' : 'request-unreadable',
        field: main.name,
        line,
        column,
        detail: message,
      })),
    )
  }
}

async function keyOf(app: AppContext, order: OrderRow) {
  const key = await app.signerKeys.find({
    organisationId: order.organisation_id,
    connectionId: order.connection_id ?? '',
    key: order.signer_key_id ?? undefined,
  })
  if (key === undefined) {
    throw new Problem('workbench.key', 'No signer key is chosen for the order, or it is gone.')
  }

  return key
}

/**
 * Builds the package of an order: every file signed, checked rule by rule, kept. By an unattended key at
 * once; for an attended one the order waits in `sealing` until its clerk has signed the batch.
 * @throws Problem `workbench.state`, `workbench.field`, `workbench.key`, `workbench.rules-broken`,
 *   `key.refused`
 */
export async function buildPackage(app: AppContext, subject: Subject): Promise<OrderRow> {
  const { caller, order } = subject
  expectState(order, ['draft', 'sealing', 'built'])
  const files = await contentOf(app, order)
  const [main] = files
  if (main !== undefined) {
    await expectValidMain(app, order, main)
  }
  const key = await keyOf(app, order)
  const now = app.now()
  if (key.attendance === 'attended') {
    return changeOrder(app, order, {
      state: 'sealing',
      set: { seal_from: now, seal_due: new Date(now.getTime() + sealWindowMs) },
      actor: caller.actor,
      event: { type: 'seal-wanted', data: { files: files.length, signerKey: key.id } },
    })
  }
  const seals = await asPortalCall(() =>
    app.signerKeys.sign({
      organisationId: order.organisation_id,
      key: key.id,
      purpose: 'workbench-package',
      items: files.map((file) => ({
        name: file.name,
        size: file.size,
        open: () => storedDocument(app.store, file).open() as AsyncIterable<Uint8Array>,
      })),
      signal: AbortSignal.timeout(signTimeoutMs),
    }),
  )

  return finish(app, subject, {
    files,
    seals: new Map(files.map(({ name }, index) => [name, seals[index]])),
  })
}

/** Packs signed files, looks at the package, and keeps it with its signatures. */
async function finish(
  app: AppContext,
  { caller, order }: Subject,
  content: {
    readonly files: readonly OrderFileRow[]
    readonly seals: ReadonlyMap<string, Uint8Array | undefined>
  },
): Promise<OrderRow> {
  const { files, seals } = content
  const zip = await packSigned(
    files.map((file) => storedDocument(app.store, file)),
    {
      sign: async ({ name }) => {
        const seal = seals.get(name)
        if (seal === undefined) {
          throw new TypeError('every file of a package was signed')
        }

        return seal
      },
    },
  )
  const stored = await withTemporaryFile(zip.open(), async ({ path, access }) => {
    expectKept(await checkArchive(app, { order, access }))

    return app.store.put(createReadStream(path))
  })
  const made: NewFile[] = [
    { ...stored, role: 'package', name: 'package.zip', mediaType: 'application/zip' },
  ]
  for (const [name, seal] of seals) {
    if (seal !== undefined) {
      const blob = await app.store.put(seal)
      made.push({
        ...blob,
        role: 'signature',
        name: `${name}.sig`,
        mediaType: 'application/pkcs7-signature',
      })
    }
  }

  return keepPackage(app, { caller, order }, { made, event: 'built', stored })
}

/** Makes a checked package the one that is sent. */
export async function keepPackage(
  app: AppContext,
  { caller, order }: Subject,
  input: {
    readonly made: readonly NewFile[]
    readonly event: 'built' | 'package-uploaded'
    readonly stored: { readonly sha256: string; readonly size: number }
  },
): Promise<OrderRow> {
  const { made, event, stored } = input
  const old = liveFiles(await filesOf(app.db, order), 'package', 'signature')
  const { actor } = caller

  return changeOrder(app, order, {
    state: 'built',
    set: { seal_from: null, seal_due: null, last_code: null, sent_bytes: null, total_bytes: null },
    actor,
    event: { type: event, data: { sha256: stored.sha256, size: stored.size } },
    also: async (tx) => {
      await removeFiles(app, tx, { order, ids: old.map(({ id }) => id) })
      for (const file of made) {
        await insertFile(app, tx, { order, actor, file })
      }
    },
  })
}

async function batchOf(app: AppContext, order: OrderRow) {
  expectState(order, ['sealing'])
  const key = await keyOf(app, order)
  const files = await contentOf(app, order)
  const opened = await asPortalCall(() =>
    app.signerKeys.openAttended({ organisationId: order.organisation_id, key: key.id }),
  )
  const from = new Date(order.seal_from ?? order.since).getTime() - freshMs
  const batch: SealBatch = {
    key: opened.key,
    madeAt: new Date(Math.max(opened.key.description.notBefore.getTime(), from)),
    due: new Date(order.seal_due ?? order.since),
    items: files.map((file) => ({
      name: file.name,
      sha256: file.sha256,
      open: () => storedDocument(app.store, file).open() as AsyncIterable<Uint8Array>,
    })),
  }

  return { batch, revocation: opened.revocation, files }
}

/** What is wrong with a clerk's batch, by the code of the key or signature. */
export function refuseSeal(error: unknown): never {
  if (isSignerKeyError(error)) {
    const { code, message, advice } = error
    throw new Problem('workbench.seal', message, {
      advice,
      fields: [{ field: 'items', code, advice }],
      cause: error,
    })
  }
  throw error
}

/**
 * What the clerk's page signs with one confirmation: names and digests of all files.
 * @throws Problem `workbench.state`, `workbench.seal`, `workbench.key`
 */
export async function viewOrderSeal(app: AppContext, order: OrderRow): Promise<SealBatchView> {
  const { batch, revocation } = await batchOf(app, order)

  return viewSealBatch(batch, { revocation }).catch(refuseSeal)
}

/**
 * Takes a clerk's signatures, one for each file, and builds the package. All count or none.
 * @throws Problem `workbench.state`, `workbench.seal`, `workbench.rules-broken`
 */
export async function sealOrder(
  app: AppContext,
  { caller, order }: Subject,
  submitted: readonly SubmittedSeal[],
): Promise<OrderRow> {
  const { batch, revocation, files } = await batchOf(app, order)
  const accepted = await acceptSealBatch(batch, submitted, { now: app.now(), revocation }).catch(
    refuseSeal,
  )

  return finish(
    app,
    { caller, order },
    { files, seals: new Map(accepted.map(({ name, container }) => [name, container])) },
  )
}
