import type { OrderMeta } from '@muhr/epgu'
import type { AppContext } from '../app-context.ts'
import { json, type Queryable, type Tx } from '../database/open-database.ts'
import { Problem } from '../http/problems.ts'
import type { PortalView } from './portal-view.ts'

/**
 * Where an order of the workbench stands. `reserving` and `sending`: a call is on its way, and `lease_until`
 * tells when its process must be gone. `unknown`: its answer was lost.
 */
export type OrderState =
  | 'reserving'
  | 'draft'
  | 'sealing'
  | 'built'
  | 'sending'
  | 'unknown'
  | 'sent'
  | 'failed'

/** What an order was sent through, kept with it for ever. */
export type AccountUsed = {
  readonly name: string
  readonly esiaUrl: string
  readonly epguUrl: string
  readonly apiKeyHint: string
}

const query = (db: Queryable, organisationId: string) =>
  db.selectFrom('workbench_orders').selectAll().where('organisation_id', '=', organisationId)

type Row = Awaited<ReturnType<ReturnType<typeof query>['executeTakeFirstOrThrow']>>

export type OrderRow = Omit<Row, 'state' | 'portal' | 'account_used'> & {
  readonly state: OrderState
  readonly portal: PortalView | null
  readonly account_used: AccountUsed
}

/** The id by which an order's account is loaded. */
export function accountIdOf(
  order: Pick<OrderRow, 'account_id' | 'connection_id' | 'employee'>,
): string {
  return order.account_id ?? `${order.connection_id}.${order.employee}`
}

export function metaOf(
  order: Pick<OrderRow, 'region' | 'service_code' | 'target_code'>,
): OrderMeta {
  return {
    region: order.region,
    serviceCode: order.service_code,
    targetCode: order.target_code,
  }
}

/** An order of an organisation. @throws Problem `request.not-found` */
export async function loadOrder(
  app: Pick<AppContext, 'db' | 'now'>,
  organisationId: string,
  id: string,
): Promise<OrderRow> {
  const row = await query(app.db, organisationId).where('id', '=', id).executeTakeFirst()
  if (row === undefined) {
    throw new Problem('request.not-found', 'There is no such order.')
  }

  return afterLease(app, row as OrderRow)
}

/** Orders of an organisation, newest first. */
export async function listOrders(
  app: Pick<AppContext, 'db' | 'now'>,
  organisationId: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<readonly OrderRow[]> {
  const rows = await query(app.db, organisationId)
    .$if(before !== undefined, (q) => q.where('id', '<', before ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()

  return Promise.all(rows.map((row) => afterLease(app, row as OrderRow)))
}

/** A process that held an order too long is gone: what became of its call nobody knows. */
async function afterLease(app: Pick<AppContext, 'db' | 'now'>, order: OrderRow): Promise<OrderRow> {
  if (order.lease_until === null || new Date(order.lease_until) > app.now()) {
    return order
  }
  const isSending = order.state === 'sending'
  const givenUp = changeOrder(app, order, {
    state: isSending ? 'unknown' : 'failed',
    set: { lease_until: null, last_code: 'workbench.interrupted' },
    actor: { kind: 'system' },
    event: {
      type: isSending ? 'push-unknown' : 'reserve-failed',
      data: { code: 'workbench.interrupted' },
    },
  })

  return givenUp.catch(async (error: unknown) => {
    // Somebody else saw it at the same moment.
    const row = await query(app.db, order.organisation_id)
      .where('id', '=', order.id)
      .executeTakeFirst()
    if (!(error instanceof Problem) || row === undefined) {
      throw error
    }

    return row as OrderRow
  })
}

export type OrderEvent = {
  readonly type: string
  /** No secret, no personal number, no content. */
  readonly data?: Readonly<Record<string, unknown>>
}

export type OrderChange = {
  readonly state?: OrderState
  readonly set?: Partial<{
    readonly lease_until: Date | null
    readonly seal_from: Date | null
    readonly seal_due: Date | null
    readonly signer_key_id: string | null
    readonly as_is: boolean
    readonly order_number: string
    readonly sent_bytes: number | null
    readonly total_bytes: number | null
    readonly last_code: string | null
    readonly portal: string
    readonly status_id: number | null
    readonly closed: boolean
    readonly observed_at: Date
  }>
  readonly actor: unknown
  readonly event: OrderEvent
  /** Runs in the same transaction, before the change. */
  readonly also?: (tx: Tx) => Promise<void>
}

const moved = (): Problem =>
  new Problem('workbench.state', 'The order was changed by somebody else meanwhile.')

/**
 * The one way in which an order changes: by compare-and-set on its version, together with the line of its
 * history, in one transaction.
 * @throws Problem `workbench.state` when somebody was faster
 */
export function changeOrder(
  app: Pick<AppContext, 'db' | 'now'>,
  order: OrderRow,
  change: OrderChange,
): Promise<OrderRow> {
  const at = app.now()
  const { state, set = {}, actor, event, also } = change

  return app.db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('workbench_orders')
      .set({
        ...set,
        version: order.version + 1,
        ...(state === undefined || state === order.state ? {} : { state, since: at }),
      })
      .where('id', '=', order.id)
      .where('organisation_id', '=', order.organisation_id)
      .where('version', '=', order.version)
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) {
      throw moved()
    }
    await also?.(tx)
    await recordEvent(tx, { order, at, actor, event })

    return row as OrderRow
  })
}

/** Writes a line of an order's history. */
export async function recordEvent(
  tx: Queryable,
  input: {
    readonly order: Pick<OrderRow, 'id' | 'organisation_id'>
    readonly at: Date
    readonly actor: unknown
    readonly event: OrderEvent
  },
): Promise<void> {
  const { order, at, actor, event } = input
  await tx
    .insertInto('workbench_events')
    .values({
      organisation_id: order.organisation_id,
      order_id: order.id,
      at,
      type: event.type,
      actor: json(actor),
      data: json(event.data ?? {}),
    })
    .execute()
}

/** @throws Problem `workbench.state` when the order is in none of the states */
export function expectState(order: OrderRow, states: readonly OrderState[]): void {
  if (!states.includes(order.state)) {
    throw new Problem('workbench.state', `The order is ${order.state}, which does not allow this.`)
  }
}

/** What happened to an order, oldest first. */
export async function eventsOf(db: Queryable, order: Pick<OrderRow, 'id' | 'organisation_id'>) {
  return db
    .selectFrom('workbench_events')
    .select(['at', 'type', 'actor', 'data'])
    .where('organisation_id', '=', order.organisation_id)
    .where('order_id', '=', order.id)
    .orderBy('id')
    .execute()
}
