import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { esiaUsers } from '../esia/accounts.ts'
import { isClosed, type Order } from './order.ts'
import type { Recipient } from './recipients.ts'
import { findService } from './services.ts'

/** An order as its file has it: user and service by their numbers. */
type StoredOrder = Omit<Order, 'user' | 'service' | 'folder'> & {
  readonly user: number
  readonly service: string
}

/** Orders that are over are kept up to this number; the newest stay. */
const KEPT_CLOSED = 1000

/** Writes an order beside its files, so that it outlives the process. */
export function saveOrder(folder: string, order: Order): void {
  const { user, service, folder: _place, ...rest } = order
  const stored: StoredOrder = { ...rest, user: user.oid, service: service.code }
  write(join(folder, `${order.id}.json`), stored)
}

/**
 * Reads the orders of earlier starts, by number. Leftovers of uploads go, and so do the oldest of the orders
 * that are over; a file that cannot be read is left out.
 */
export async function loadOrders(folder: string): Promise<readonly Order[]> {
  const orders: Order[] = []
  for (const name of await readdir(folder)) {
    if (/^upload-|\.chunk-\d+$|\.tmp$/.test(name)) await rm(join(folder, name), { force: true })
    if (!/^\d+\.json$/.test(name)) continue
    const order = parse(folder, await readFile(join(folder, name), 'utf8'))
    if (order !== undefined) orders.push(order)
  }
  orders.sort((a, b) => a.id - b.id)
  const isOver = (order: Order): boolean => order.stage === 'failed' || isClosed(order)
  const old = new Set(orders.filter(isOver).slice(0, -KEPT_CLOSED))
  for (const order of old) {
    await rm(join(folder, `${order.id}.json`), { force: true })
    await rm(order.folder, { recursive: true, force: true })
  }

  return orders.filter((order) => !old.has(order))
}

function parse(folder: string, text: string): Order | undefined {
  // The file is ours and written whole.
  const { user: oid, service: code, ...rest } = JSON.parse(text) as StoredOrder
  const user = esiaUsers.find((each) => each.oid === oid)
  const service = findService(code)

  return user === undefined || service === undefined
    ? undefined
    : { ...rest, user, service, folder: join(folder, String(rest.id)) }
}

const RECIPIENTS = 'recipients.json'

/** Writes the recipients that a control added or changed. */
export function saveRecipients(folder: string, recipients: readonly Recipient[]): void {
  write(join(folder, RECIPIENTS), recipients)
}

/** Recipients of earlier starts, beside those of the profile. */
export function loadRecipients(folder: string): readonly Recipient[] {
  try {
    return JSON.parse(readFileSync(join(folder, RECIPIENTS), 'utf8')) as readonly Recipient[]
  } catch (cause) {
    if (Reflect.get(cause as object, 'code') === 'ENOENT') return []
    throw cause
  }
}

function write(path: string, value: unknown): void {
  writeFileSync(`${path}.tmp`, JSON.stringify(value), { mode: 0o600 })
  renameSync(`${path}.tmp`, path)
}
