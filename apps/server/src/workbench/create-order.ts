import { randomUUID } from 'node:crypto'
import { isEpguError } from '@muhr/epgu'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { json } from '../database/open-database.ts'
import { hintOf, loadAccount } from './accounts.ts'
import { expectSignerKey } from './change-accounts.ts'
import type { WorkbenchGateways } from './gateways.ts'
import { storeMainXml } from './main-xml.ts'
import { insertFile, removeFiles } from './order-files.ts'
import { changeOrder, loadOrder, metaOf, type OrderRow, recordEvent } from './orders.ts'
import { codeOf, portalProblem } from './portal-problem.ts'
import { forOrder } from './record-calls.ts'
import { loadService } from './services.ts'

/** How long the process that reserves may take, ms. */
const reserveLeaseMs = 120_000

export type NewOrder = {
  readonly title: string
  readonly account: string
  readonly signerKey?: string | undefined
  /** A service that is kept here, or codes by themselves. */
  readonly service?: { readonly id: string; readonly version?: number | undefined } | undefined
  readonly serviceCode?: string | undefined
  readonly targetCode?: string | undefined
  readonly region?: string | undefined
  readonly mainFile?: string | undefined
  /** Without a number the package goes out in one request, which makes its own. */
  readonly reserve: boolean
}

export const fillPlaceholders = (
  text: string,
  { orderNumber, guid }: { readonly orderNumber: string | null; readonly guid: string },
): string => {
  const numbered = orderNumber === null ? text : text.replaceAll('{{orderId}}', orderNumber)

  return numbered.replaceAll('{{guid}}', guid)
}

async function insertOrder(
  app: AppContext,
  { caller, wish }: { readonly caller: Caller; readonly wish: NewOrder },
) {
  const { organisationId } = caller
  const account = await loadAccount(app, organisationId, wish.account)
  await expectSignerKey(app.db, organisationId, wish.signerKey)
  const service =
    wish.service === undefined ? undefined : await loadService(app.db, organisationId, wish.service)
  const id = app.ids.own('workbench-order')
  const at = app.now()
  const guid = randomUUID()
  const serviceCode = wish.serviceCode ?? service?.serviceCode ?? ''
  const { source } = account
  const used = {
    name: account.name,
    esiaUrl: account.esiaUrl,
    epguUrl: account.epguUrl,
    apiKeyHint: hintOf(account.apiKey),
  }
  // A number inside a file name is known only when it was reserved.
  const mainFile = (wish.mainFile ?? service?.mainFile ?? 'req.xml').replaceAll('{{guid}}', guid)
  await app.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('workbench_orders')
      .values({
        id,
        organisation_id: organisationId,
        title: wish.title,
        account_id: source.kind === 'account' ? account.id : null,
        connection_id: source.kind === 'connection' ? source.connection : null,
        employee: source.kind === 'connection' ? source.employee : null,
        account_used: json(used),
        signer_key_id: wish.signerKey ?? account.signerKey ?? null,
        service_id: service?.id ?? null,
        service_version: service?.version ?? null,
        service_code: serviceCode,
        target_code: wish.targetCode ?? service?.targetCode ?? `-${serviceCode}`,
        region: wish.region ?? service?.region ?? '00000000000',
        guid,
        main_file: mainFile,
        order_number: null,
        state: 'reserving',
        since: at,
        version: 1,
        lease_until: new Date(at.getTime() + reserveLeaseMs),
        seal_from: null,
        seal_due: null,
        sent_bytes: null,
        total_bytes: null,
        last_code: null,
        portal: null,
        status_id: null,
        observed_at: null,
        created_at: at,
        created_by: json(caller.actor),
      })
      .execute()
    const order = { id, organisation_id: organisationId }
    await recordEvent(tx, {
      order,
      at,
      actor: caller.actor,
      event: { type: 'created', data: { account: used, reserve: wish.reserve } },
    })
  })

  return { id, account, template: service?.template }
}

/**
 * Makes an order: its row first, then its number at the portal, then its request file out of the template
 * with the number inside. A number that nobody learned of, because the answer was lost, is a draft at the
 * portal that harms nobody: the order is failed and another one can be made.
 * @throws Problem `request.not-found`, `workbench.key`, `workbench.refused`, `workbench.unavailable`,
 *   `workbench.token-seal`
 */
export async function createOrder(
  app: AppContext,
  gateways: WorkbenchGateways,
  input: { readonly caller: Caller; readonly wish: NewOrder },
): Promise<OrderRow> {
  const { caller, wish } = input
  await gateways.expectReady(await loadAccount(app, caller.organisationId, wish.account))
  const { id, account, template } = await insertOrder(app, input)
  const order = await loadOrder(app, caller.organisationId, id)
  const { actor } = caller
  const orderNumber = wish.reserve ? await reserve(app, gateways, { order, account, actor }) : null
  const xml =
    template === undefined
      ? undefined
      : await storeMainXml(app, fillPlaceholders(template, { orderNumber, guid: order.guid }))

  return changeOrder(app, order, {
    state: 'draft',
    set: { lease_until: null, ...(orderNumber === null ? {} : { order_number: orderNumber }) },
    actor,
    event: { type: 'reserved', data: { orderNumber } },
    also: async (tx) => {
      if (xml !== undefined) {
        await insertFile(app, tx, {
          order,
          actor,
          file: { ...xml, role: 'main', name: order.main_file, mediaType: 'application/xml' },
        })
      }
    },
  })
}

async function reserve(
  app: AppContext,
  gateways: WorkbenchGateways,
  input: {
    readonly order: OrderRow
    readonly account: Awaited<ReturnType<typeof loadAccount>>
    readonly actor: unknown
  },
): Promise<string> {
  const { order, account, actor } = input
  try {
    return await forOrder(order.id, () => gateways.open(account).reserveOrder(metaOf(order)))
  } catch (error) {
    await changeOrder(app, order, {
      state: 'failed',
      set: { lease_until: null, last_code: codeOf(error) },
      actor,
      event: {
        type: 'reserve-failed',
        data: { code: codeOf(error), isOpen: isEpguError(error, 'epgu.outcome-unknown') },
      },
    })
    throw portalProblem(error) ?? error
  }
}

/** Replaces the request file of an order; the older one stays among its files. */
export async function replaceMain(
  app: AppContext,
  tx: Parameters<typeof insertFile>[1],
  input: {
    readonly order: OrderRow
    readonly actor: unknown
    readonly old: readonly string[]
    readonly blob: Awaited<ReturnType<typeof storeMainXml>>
  },
): Promise<void> {
  const { order, actor, old, blob } = input
  await removeFiles(app, tx, { order, ids: old })
  await insertFile(app, tx, {
    order,
    actor,
    file: { ...blob, role: 'main', name: order.main_file, mediaType: 'application/xml' },
  })
}
