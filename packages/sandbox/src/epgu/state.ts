import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { EsiaUser } from '../esia/accounts.ts'
import type { Tokens } from '../esia/tokens.ts'
import type { World } from '../world.ts'
import { type CallFaults, createCallFaults } from './call-faults.ts'
import { createDueQueue, type DueQueue } from './due-queue.ts'
import type { GatewayState, Order, OrderStatus } from './order.ts'
import { OrderIndex } from './order-index.ts'
import { PORTAL_TITLES, titleNumber } from './outcomes.ts'
import { createQuotas, type Quotas } from './quotas.ts'
import { createRecipients, type Recipients } from './recipients.ts'
import type { Service } from './services.ts'
import type { SignFault } from './sign-fault.ts'
import { loadRecipients, saveOrder, saveRecipients } from './stored-orders.ts'
import { initialSwitches, type Switches } from './switches.ts'
import type { Upload } from './uploads.ts'

/** Beyond 32 bit and within 2^53, as seen (ru-epgu-goskey §2). */
const FIRST_ORDER = 4_700_000_001
const FIRST_HISTORY = 21_100_000_001

/** All that the simulator of EPGU knows. */
export type EpguState = {
  readonly world: World
  readonly tokens: Tokens
  readonly recipients: Recipients
  readonly quotas: Quotas
  readonly faults: CallFaults
  readonly due: DueQueue
  readonly index: OrderIndex
  readonly orders: Map<number, Order>
  readonly uploads: Map<number, Upload>
  /** Where packages and results lie. */
  readonly folder: string
  /** Where `302` to another host leads, for the fault. */
  otherHost: string
  switches: Switches
  /** How long each state of the gateway, and the recipient, take at least, ms. */
  stepMs: number
  /** What is wrong with the signatures of every order that is signed from now on. */
  signFault: SignFault | undefined
  nextHistoryId: number
  /** What goes on apart from any request: the control waits for it. */
  readonly running: Set<Promise<void>>
}

/** An EPGU in a folder of its own. Its orders come back with `restoreOrders`, its recipients at once. */
export async function createEpguState(
  world: World,
  options: {
    readonly tokens: Tokens
    readonly folder: string
    readonly isCompat: boolean
    readonly stepMs: number
  },
): Promise<EpguState> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })

  return {
    world,
    tokens: options.tokens,
    folder: options.folder,
    recipients: createRecipients({
      stored: loadRecipients(options.folder),
      save: (recipients) => saveRecipients(options.folder, recipients),
    }),
    quotas: createQuotas(),
    faults: createCallFaults(),
    due: createDueQueue(),
    index: new OrderIndex(FIRST_ORDER),
    orders: new Map(),
    uploads: new Map(),
    otherHost: 'http://other-host.invalid',
    switches: initialSwitches({ isCompat: options.isCompat }),
    stepMs: options.stepMs,
    signFault: undefined,
    nextHistoryId: FIRST_HISTORY,
    running: new Set(),
  }
}

/** The sandbox's time, ms. */
export function nowOf({ world }: EpguState): number {
  return world.clock.now().getTime()
}

/** Numbers of the systems, for the columns of the index. */
const systems: string[] = []

/** The column number of a vendor system. */
export function systemNumber(mnemonic: string): number {
  const known = systems.indexOf(mnemonic)

  return known >= 0 ? known : systems.push(mnemonic) - 1
}

/** A new order. `isDraft`: reserved, so that the portal shows its draft; otherwise the gateway's alone. */
export function addOrder(
  state: EpguState,
  order: {
    readonly user: EsiaUser
    readonly service: Service
    readonly region: string
    readonly isDraft: boolean
  },
): Order {
  const at = nowOf(state)
  const id = state.index.add(systemNumber(order.user.organisation.mnemonic), at)
  const added: Order = {
    id,
    user: order.user,
    service: order.service,
    region: order.region,
    messageId: randomUUID(),
    folder: join(state.folder, String(id)),
    createdAt: at,
    stage: 'reserved',
    gateway: { code: 'NEW', message: null },
    requestedAt: at,
    history: [],
    attachments: [],
    results: [],
  }
  state.orders.set(id, added)
  if (order.isDraft) addStatus(state, added, { statusId: 0, title: PORTAL_TITLES[0], at })
  else saveOrder(state.folder, added)

  return added
}

type NewStatus = Pick<OrderStatus, 'statusId' | 'title' | 'at'> & Partial<OrderStatus>

/** Adds a line to the history, which is what bulk statuses say from now on. */
export function addStatus(state: EpguState, order: Order, status: NewStatus): void {
  appendStatus(state, order, status)
  indexOrder(state, order, status.at)
  saveOrder(state.folder, order)
}

/** Lets bulk statuses say what the order says, changed at a moment (ms). */
export function indexOrder(state: EpguState, { id, history }: Order, at: number): void {
  const last = history.at(-1)
  state.index.set(id, {
    statusId: last?.statusId ?? 0,
    title: last === undefined ? 0 : titleNumber(last.title),
    at,
  })
}

/** Adds a line to the history alone: one that is over by now. */
export function appendStatus(state: EpguState, order: Order, status: NewStatus): OrderStatus {
  const added: OrderStatus = {
    isFinal: false,
    hasResult: false,
    canCancel: false,
    stateOrgStatusCode: '',
    comment: '',
    ...status,
    id: state.nextHistoryId++,
  }
  order.history = [...order.history, added]

  return added
}

/** Sets the state of the gateway; what bulk statuses say stays, but the change shows there. */
export function setGateway(
  state: EpguState,
  order: Order,
  gateway: { readonly code: GatewayState; readonly message?: string; readonly at: number },
): void {
  order.gateway = { code: gateway.code, message: gateway.message ?? null }
  indexOrder(state, order, gateway.at)
  saveOrder(state.folder, order)
}

/** Lets something go on by itself; what it throws is logged. */
export function runApart(state: EpguState, work: () => Promise<void>): Promise<void> {
  const running = work()
    .catch((cause: unknown) => {
      state.world.log(`epgu: ${cause instanceof Error ? cause.stack : String(cause)}`)
    })
    .finally(() => state.running.delete(running))
  state.running.add(running)

  return running
}
