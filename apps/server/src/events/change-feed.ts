import { Client } from 'pg'
import type { Logger } from 'pino'
import type { ChangeFeed, ChangeListener } from '../app-context.ts'
import { type DatabaseAddress, poolConfig } from '../database/open-database.ts'
import { changeChannel } from '../envelopes/save-statements.ts'

const reconnectMs = 1_000
/** Told by a trigger of the schema. */
const keyChannel = 'muhr_keys'
/** The same, of orders of the workbench. */
const orderChannel = 'muhr_workbench'

/**
 * Hears of every committed change, of this process and others, by LISTEN on a connection of its own.
 * When the connection is lost it is opened again, and every listener is told that there was a gap.
 */
export async function createChangeFeed(address: DatabaseAddress, log: Logger): Promise<ChangeFeed> {
  const listeners = new Set<ChangeListener>()
  let isClosed = false
  let isHearing = false
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined

  const hear = (payload: string | undefined): void => {
    const [organisation, envelope, version, state] = (payload ?? '').split(' ')
    if (organisation !== undefined && envelope !== undefined && state !== undefined) {
      for (const listener of listeners) {
        listener.onChange?.({ organisation, envelope, version: Number(version), state })
      }
    }
  }
  const hearOrder = (payload: string | undefined): void => {
    const [organisation, order] = (payload ?? '').split(' ')
    if (organisation !== undefined && order !== undefined) {
      for (const listener of listeners) {
        listener.onOrder?.({ organisation, order })
      }
    }
  }
  const connect = async (): Promise<void> => {
    const fresh = new Client({ ...poolConfig(address), keepAlive: true })
    // Without a listener the process would end; what matters comes as `end`.
    fresh.on('error', () => undefined)
    fresh.on('notification', ({ channel, payload }) => {
      if (channel === keyChannel) {
        for (const listener of listeners) {
          listener.onKeys?.()
        }
      } else if (channel === orderChannel) {
        hearOrder(payload)
      } else {
        hear(payload)
      }
    })
    try {
      await fresh.connect()
      await fresh.query(`listen ${changeChannel}`)
      await fresh.query(`listen ${keyChannel}`)
      await fresh.query(`listen ${orderChannel}`)
    } catch (error) {
      await fresh.end().catch(() => undefined)
      throw error
    }
    client = fresh
    isHearing = true
    fresh.once('end', () => {
      if (client === fresh && !isClosed) {
        isHearing = false
        timer = setTimeout(reconnect, reconnectMs)
      }
    })
  }
  const reconnect = (): void => {
    connect().then(
      () => {
        for (const listener of listeners) {
          listener.onGap()
        }
      },
      (error: unknown) => {
        log.warn({ reason: (error as Error).name }, 'changes cannot be heard')
        if (!isClosed) {
          timer = setTimeout(reconnect, reconnectMs)
        }
      },
    )
  }
  await connect()

  return {
    subscribe: (listener) => {
      listeners.add(listener)

      return () => listeners.delete(listener)
    },
    isHearing: () => isHearing,
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
