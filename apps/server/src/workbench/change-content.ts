import type { Readable } from 'node:stream'
import { MuhrError } from '@muhr/identifiers'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { Problem } from '../http/problems.ts'
import { expectSignerKey } from './change-accounts.ts'
import { fillPlaceholders, replaceMain } from './create-order.ts'
import { storeMainXml } from './main-xml.ts'
import {
  checkFileName,
  filesOf,
  insertFile,
  liveFiles,
  type OrderFileRow,
  removeFiles,
} from './order-files.ts'
import { changeOrder, expectState, type OrderChange, type OrderRow } from './orders.ts'

/** Until it is sent, what an order consists of may be changed; a package that was built is then none. */
const changeable = ['draft', 'sealing', 'built'] as const

/** Files that are made out of the content and go with it. */
const staleIds = (files: readonly OrderFileRow[]): readonly string[] =>
  liveFiles(files, 'package', 'signature').map(({ id }) => id)

const backToDraft = {
  state: 'draft',
  set: { seal_from: null, seal_due: null, last_code: null },
} as const satisfies Partial<OrderChange>

/**
 * Sets the request file; `{{orderId}}` and `{{guid}}` are replaced. Whether it keeps to its schema is looked
 * at when the package is built.
 * @throws Problem `workbench.state`, `workbench.xml`
 */
export async function setXml(
  app: AppContext,
  {
    caller,
    order,
    xml,
  }: { readonly caller: Caller; readonly order: OrderRow; readonly xml: string },
): Promise<OrderRow> {
  expectState(order, changeable)
  const filled = fillPlaceholders(xml, { orderNumber: order.order_number, guid: order.guid })
  const blob = await storeMainXml(app, filled)
  const files = await filesOf(app.db, order)
  const { actor } = caller

  return changeOrder(app, order, {
    ...backToDraft,
    actor,
    event: { type: 'xml-set', data: { sha256: blob.sha256, size: blob.size } },
    also: async (tx) => {
      await removeFiles(app, tx, { order, ids: staleIds(files) })
      const old = liveFiles(files, 'main').map(({ id }) => id)
      await replaceMain(app, tx, { order, actor, old, blob })
    },
  })
}

/**
 * Chooses the key that signs the package. A package that another key signed is then none.
 * @throws Problem `workbench.state`, `workbench.key`
 */
export async function chooseOrderKey(
  app: AppContext,
  {
    caller,
    order,
    signerKey,
  }: { readonly caller: Caller; readonly order: OrderRow; readonly signerKey: string },
): Promise<OrderRow> {
  expectState(order, changeable)
  await expectSignerKey(app.db, order.organisation_id, signerKey)
  const files = await filesOf(app.db, order)

  return changeOrder(app, order, {
    state: 'draft',
    set: { ...backToDraft.set, signer_key_id: signerKey },
    actor: caller.actor,
    event: { type: 'key-chosen', data: { signerKey } },
    also: (tx) => removeFiles(app, tx, { order, ids: staleIds(files) }),
  })
}

/** Takes the bytes of a file in while they come. @throws Problem `request.too-large`, `document.empty` */
export async function storeUpload(app: AppContext, body: Readable, maxBytes: number) {
  try {
    const stored = await app.store.put(body.iterator({ destroyOnReturn: false }), { maxBytes })
    if (stored.size === 0) {
      throw new Problem('document.empty', 'The file has no bytes.', { field: 'body' })
    }

    return stored
  } catch (error) {
    if (error instanceof MuhrError && error.code === 'store.too-large') {
      throw new Problem('request.too-large', `The file is larger than ${maxBytes} bytes.`, {
        field: 'body',
        limit: maxBytes,
      })
    }
    throw error
  }
}

/**
 * Adds a document of the package.
 * @throws Problem `workbench.state`, `workbench.file-name`, `request.too-large`, `document.empty`
 */
export async function addFile(
  app: AppContext,
  input: {
    readonly caller: Caller
    readonly order: OrderRow
    readonly fileName: string
    readonly mediaType: string
    readonly body: Readable
  },
): Promise<OrderRow> {
  const { caller, order, mediaType, body } = input
  expectState(order, changeable)
  const name = checkFileName(input.fileName)
  if (name.toLowerCase() === order.main_file.toLowerCase()) {
    throw new Problem('workbench.file-name', 'This is the name of the request file.', {
      field: 'fileName',
      advice: 'Set the request file with PUT …/xml.',
    })
  }
  const stored = await storeUpload(app, body, app.config.maxEnvelopeBytes)
  const files = await filesOf(app.db, order)
  const { actor } = caller

  return changeOrder(app, order, {
    ...backToDraft,
    actor,
    event: { type: 'file-added', data: { name, sha256: stored.sha256, size: stored.size } },
    also: async (tx) => {
      await removeFiles(app, tx, { order, ids: staleIds(files) })
      await insertFile(app, tx, {
        order,
        actor,
        file: { ...stored, role: 'document', name, mediaType },
      })
    },
  })
}

/**
 * Takes a document out of the package; its bytes stay downloadable.
 * @throws Problem `workbench.state`, `request.not-found`
 */
export async function removeFile(
  app: AppContext,
  {
    caller,
    order,
    fileId,
  }: { readonly caller: Caller; readonly order: OrderRow; readonly fileId: string },
): Promise<OrderRow> {
  const files = await filesOf(app.db, order)
  const file = liveFiles(files, 'document').find(({ id }) => id === fileId)
  if (file === undefined) {
    throw new Problem('request.not-found', 'There is no such file.')
  }
  expectState(order, changeable)

  return changeOrder(app, order, {
    ...backToDraft,
    actor: caller.actor,
    event: { type: 'file-removed', data: { name: file.name, sha256: file.sha256 } },
    also: (tx) => removeFiles(app, tx, { order, ids: [...staleIds(files), file.id] }),
  })
}
