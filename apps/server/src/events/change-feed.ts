import { Client } from 'pg'
import type { Logger } from 'pino'
import type { Change, ChangeFeed } from '../app-context.ts'
import { type DatabaseAddress, poolConfig } from '../database/open-database.ts'
import { changeChannel } from '../envelopes/change-envelope.ts'

const reconnectMs = 1_000

/**
 * Hears of every committed change, of this process and others, by LISTEN on a connection of its own.
 * When the connection is lost it is opened again; listeners are then told nothing was missed only by
 * reading anew, which every stream does on its client's reconnect.
 */
export async function createChangeFeed(address: DatabaseAddress, log: Logger): Promise<ChangeFeed> {
  const listeners = new Set<(change: Change) => void>()
  let closed = false
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined

  const connect = async (): Promise<void> => {
    const fresh = new Client(poolConfig(address))
    fresh.on('error', () => undefined)
    fresh.on('end', () => {
      if (!closed) {
        timer = setTimeout(retry, reconnectMs)
      }
    })
    fresh.on('notification', ({ payload }) => {
      const [organisation, envelope, version] = (payload ?? '').split(' ')
      if (organisation !== undefined && envelope !== undefined) {
        for (const listener of listeners) {
          listener({ organisation, envelope, version: Number(version) })
        }
      }
    })
    await fresh.connect()
    await fresh.query(`listen ${changeChannel}`)
    client = fresh
  }
  const retry = (): void => {
    connect().catch(() => {
      log.warn('changes cannot be heard: the database does not answer')
      if (!closed) {
        timer = setTimeout(retry, reconnectMs)
      }
    })
  }
  await connect()

  return {
    subscribe: (listener) => {
      listeners.add(listener)

      return () => listeners.delete(listener)
    },
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
