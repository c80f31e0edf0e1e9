import { createReadStream } from 'node:fs'
import { packSigned } from '@muhr/epgu/goskey'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import type { Tx } from '../database/open-database.ts'
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
const signTimeoutMs = 300_000

type Subject = { readonly caller: Caller; readonly order: OrderRow }

/** What is signed and packed: the request file first, then documents as they were added. */
export async function sealedContent(
  app: AppContext,
  order: OrderRow,
): Promise<readonly OrderFileRow[]> {
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

async function expectNumbered(app: AppContext, main: OrderFileRow): Promise<Uint8Array> {
  const octets = await app.store.read(main.sha256)
  if (octets.includes('{{orderId}}')) {
    throw new Problem('workbench.field', 'The request file waits for the number of the order.', {
      field: 'xml',
      advice: 'Make an order whose number is reserved: reserve: true.',
    })
  }

  return octets
}

/** The request file is looked at before anything is signed, so that a clerk never confirms in vain. */
async function expectValidMain(
  app: AppContext,
  order: OrderRow,
  main: OrderFileRow,
): Promise<void> {
  const octets = await expectNumbered(app, main)
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
 * once; for an attended one the order waits in `sealing`, among the seals of the organisation, until its
 * clerk has signed the batch. `asIs`: broken rules are counted and keep nothing from being sent, for who
 * wants to see what the portal says to them.
 * @throws Problem `workbench.state`, `workbench.field`, `workbench.key`, `workbench.rules-broken`,
 *   `key.refused`
 */
export async function buildPackage(
  app: AppContext,
  { caller, order: before }: Subject,
  { asIs = false }: { readonly asIs?: boolean } = {},
): Promise<OrderRow> {
  expectState(before, ['draft', 'sealing', 'built'])
  const files = await sealedContent(app, before)
  const [main] = files
  if (main !== undefined) {
    await (asIs ? expectNumbered(app, main) : expectValidMain(app, before, main))
  }
  const order = { ...before, as_is: asIs }
  const key = await keyOf(app, order)
  const now = app.now()
  if (key.attendance === 'attended') {
    return changeOrder(app, order, {
      state: 'sealing',
      set: { as_is: asIs, seal_from: now, seal_due: new Date(now.getTime() + sealWindowMs) },
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

  return finishPackage(
    app,
    { caller, order },
    {
      files,
      seals: new Map(files.map(({ name }, index) => [name, seals[index]])),
    },
  )
}

/**
 * Packs signed files, looks at the package, and keeps it with its signatures.
 * @throws Problem `workbench.rules-broken`, unless the order is built as it is
 */
export async function finishPackage(
  app: AppContext,
  { caller, order }: Subject,
  content: {
    readonly files: readonly OrderFileRow[]
    readonly seals: ReadonlyMap<string, Uint8Array | undefined>
    /** Called in the transaction that makes the package the one that is sent. */
    readonly alongside?: ((tx: Tx) => Promise<void>) | undefined
  },
): Promise<OrderRow> {
  const { files, seals, alongside } = content
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
  const { stored, faults } = await withTemporaryFile(zip.open(), async ({ path, access }) => {
    const checked = await checkArchive(app, { order, access })
    if (!order.as_is) {
      expectKept(checked)
    }

    return { stored: await app.store.put(createReadStream(path)), faults: checked.faults.length }
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

  return keepPackage(app, { caller, order }, { made, event: 'built', stored, faults, alongside })
}

/** Makes a checked package the one that is sent. */
export async function keepPackage(
  app: AppContext,
  { caller, order }: Subject,
  input: {
    readonly made: readonly NewFile[]
    readonly event: 'built' | 'package-uploaded'
    readonly stored: { readonly sha256: string; readonly size: number }
    /** Rules that it breaks and is kept all the same. */
    readonly faults: number
    readonly alongside?: ((tx: Tx) => Promise<void>) | undefined
  },
): Promise<OrderRow> {
  const { made, event, stored, faults, alongside } = input
  const old = liveFiles(await filesOf(app.db, order), 'package', 'signature')
  const { actor } = caller

  return changeOrder(app, order, {
    state: 'built',
    set: {
      as_is: order.as_is,
      seal_from: null,
      seal_due: null,
      last_code: null,
      sent_bytes: null,
      total_bytes: null,
    },
    actor,
    event: {
      type: event,
      data: { sha256: stored.sha256, size: stored.size, ...(faults === 0 ? {} : { faults }) },
    },
    also: async (tx) => {
      await removeFiles(app, tx, { order, ids: old.map(({ id }) => id) })
      for (const file of made) {
        await insertFile(app, tx, { order, actor, file })
      }
      await alongside?.(tx)
    },
  })
}
