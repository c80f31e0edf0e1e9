import { openAsBlob } from 'node:fs'
import { isEpguError, sourceFromBlob } from '@muhr/epgu'
import { MuhrError } from '@muhr/identifiers'
import type { AppContext } from '../app-context.ts'
import type { Caller } from '../auth/authenticate.ts'
import { Problem } from '../http/problems.ts'
import { type Account, loadOrderAccount } from './accounts.ts'
import type { CallJournal } from './calls.ts'
import type { WorkbenchGateways } from './gateways.ts'
import { filesOf, liveFiles, type OrderFileRow } from './order-files.ts'
import {
  changeOrder,
  expectState,
  loadOrder,
  metaOf,
  type OrderChange,
  type OrderRow,
} from './orders.ts'
import { codeOf } from './portal-problem.ts'
import { withTemporaryFile } from './temporary-file.ts'

/** Longer than the five minutes of all chunks, what comes before them and what may follow, ms. */
const leaseMs = 10 * 60_000
const progressEveryMs = 200

export type PushWish = {
  readonly chunkBytes?: number | undefined
  readonly parallel?: number | undefined
}

/** Sendings of this process: they outlive the request that began them. */
export type Pushes = {
  /**
   * Begins to send the package of an order; the answer comes at once, and the order tells how far it is.
   * The sending is written down before the first octet leaves.
   * @throws Problem `workbench.state`, `workbench.account`, `key.secret-unreadable`
   */
  readonly start: (input: {
    readonly caller: Caller
    readonly order: OrderRow
    readonly wish: PushWish
  }) => Promise<OrderRow>
  /** Ends every sending; what is not known of one is said to be so. */
  readonly stop: () => Promise<void>
}

type Sending = {
  readonly order: OrderRow
  readonly account: Account
  readonly file: OrderFileRow
  readonly wish: PushWish
  readonly actor: unknown
  readonly signal: AbortSignal
}

/** How far an upload is, written now and then beside the order's version. */
function progressOf(app: AppContext, order: OrderRow): (sentBytes: number) => void {
  let last = 0

  return (sentBytes) => {
    const now = performance.now()
    if (now - last < progressEveryMs && sentBytes < (order.total_bytes ?? 0)) {
      return
    }
    last = now
    app.db
      .updateTable('workbench_orders')
      .set({ sent_bytes: sentBytes })
      .where('id', '=', order.id)
      .where('version', '=', order.version)
      .where('state', '=', 'sending')
      .execute()
      .catch(() => undefined)
  }
}

async function transfer(app: AppContext, gateways: WorkbenchGateways, sending: Sending) {
  const { order, account, file, wish, signal } = sending
  const gateway = gateways.open(account)
  const meta = metaOf(order)
  const tell = progressOf(app, order)

  return withTemporaryFile(
    app.store.open(file.sha256) as AsyncIterable<Uint8Array>,
    async ({ path }) => {
      const source = sourceFromBlob(await openAsBlob(path))
      if (order.order_number === null) {
        const number = await gateway.pushOrder({ meta, source, signal, onProgress: tell })

        return { orderNumber: number, chunks: 1 }
      }
      const { orderId, chunks } = await gateway.pushChunks({
        orderId: order.order_number,
        meta,
        source,
        signal,
        onProgress: ({ sentBytes }) => tell(sentBytes),
        ...(wish.chunkBytes === undefined ? {} : { chunkBytes: wish.chunkBytes }),
        ...(wish.parallel === undefined ? {} : { parallel: wish.parallel }),
      })

      return { orderNumber: orderId, chunks }
    },
  )
}

/** Where an order stands after a sending that failed: only a named refusal says that it had no effect. */
function afterFailure(error: unknown, signal: AbortSignal): Pick<OrderChange, 'state' | 'event'> {
  const code = codeOf(error)
  const isKnown =
    error instanceof MuhrError && !isEpguError(error, 'epgu.outcome-unknown') && !signal.aborted

  return isKnown
    ? { state: 'built', event: { type: 'push-refused', data: { code } } }
    : { state: 'unknown', event: { type: 'push-unknown', data: { code } } }
}

/** Writes the outcome, also where the order was given up as unknown meanwhile. */
async function settle(
  app: AppContext,
  order: OrderRow,
  change: Pick<OrderChange, 'state' | 'set' | 'event' | 'actor'>,
): Promise<void> {
  const write = (row: OrderRow) =>
    changeOrder(app, row, { ...change, set: { ...change.set, lease_until: null } })
  try {
    await write(order)
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error
    }
    const now = await loadOrder(app, order.organisation_id, order.id)
    if (now.state === 'sending' || (now.state === 'unknown' && change.state !== 'unknown')) {
      await write(now)
    }
  }
}

async function send(
  app: AppContext,
  { gateways, calls }: { readonly gateways: WorkbenchGateways; readonly calls: CallJournal },
  sending: Sending,
): Promise<void> {
  const { order, actor, signal } = sending
  try {
    const { orderNumber, chunks } = await transfer(app, gateways, sending)
    // The answers to its parts stand beside the order when it is read.
    await calls.settled()
    await settle(app, order, {
      state: 'sent',
      set: {
        sent_bytes: order.total_bytes,
        last_code: null,
        ...(order.order_number === null ? { order_number: orderNumber } : {}),
      },
      actor,
      event: { type: 'pushed', data: { orderNumber, chunks } },
    })
  } catch (error) {
    await calls.settled()
    await settle(app, order, {
      ...afterFailure(error, signal),
      set: { last_code: codeOf(error) },
      actor,
    })
  }
}

/** Makes the sendings of one process. */
export function createPushes(
  app: AppContext,
  { gateways, calls }: { readonly gateways: WorkbenchGateways; readonly calls: CallJournal },
): Pushes {
  const running = new Set<Promise<void>>()
  const end = new AbortController()

  return {
    start: async ({ caller, order, wish }) => {
      expectState(order, ['built'])
      const [file] = liveFiles(await filesOf(app.db, order), 'package')
      if (file === undefined) {
        throw new Problem('workbench.state', 'The order has no package.')
      }
      const account = await loadOrderAccount(app, order)
      const sending = await changeOrder(app, order, {
        state: 'sending',
        set: {
          lease_until: new Date(app.now().getTime() + leaseMs),
          sent_bytes: 0,
          total_bytes: file.size,
          last_code: null,
        },
        actor: caller.actor,
        event: {
          type: 'push-started',
          data: {
            mode: order.order_number === null ? 'one-shot' : 'chunked',
            sha256: file.sha256,
            size: file.size,
            ...(wish.chunkBytes === undefined ? {} : { chunkBytes: wish.chunkBytes }),
          },
        },
      })
      const { signal } = end
      const run = send(
        app,
        { gateways, calls },
        {
          order: sending,
          account,
          file,
          wish,
          actor: caller.actor,
          signal,
        },
      )
        .catch((error: unknown) => {
          // The lease makes it unknown.
          app.log.error(
            { reason: (error as Error).name },
            'what became of a sending was not written',
          )
        })
        .finally(() => running.delete(run))
      running.add(run)

      return sending
    },
    stop: async () => {
      end.abort()
      await Promise.all(running)
    },
  }
}
