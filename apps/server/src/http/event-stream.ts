import { once } from 'node:events'
import type { FastifyReply } from 'fastify'

const heartbeatMs = 15_000

export type EventStream = {
  /** Resolves when the reader has taken it, or has gone. */
  readonly send: (event: string, id: string | undefined, data: unknown) => Promise<void>
  readonly isClosed: () => boolean
  /** Ends the stream; a browser comes back by itself after `retry`. */
  readonly end: () => void
  readonly onClose: (listener: () => void) => void
}

/** Opens a stream of server-sent events (WHATWG HTML §9.2), with a comment every 15 s. */
export function openEventStream(reply: FastifyReply): EventStream {
  reply.hijack()
  const { raw } = reply
  // A reader that goes away in the middle of a write is no failure of ours.
  raw.on('error', () => undefined)
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  raw.write('retry: 2000\n\n')
  const heartbeat = setInterval(() => {
    if (!raw.writableNeedDrain) {
      raw.write(': here\n\n')
    }
  }, heartbeatMs)
  raw.on('close', () => clearInterval(heartbeat))

  return {
    send: async (event, id, data) => {
      if (raw.destroyed || raw.writableEnded) {
        return
      }
      const lines = [
        `event: ${event}`,
        ...(id === undefined ? [] : [`id: ${id}`]),
        `data: ${JSON.stringify(data)}`,
      ]
      if (!raw.write(`${lines.join('\n')}\n\n`)) {
        await Promise.race([once(raw, 'drain'), once(raw, 'close')])
      }
    },
    isClosed: () => raw.destroyed || raw.writableEnded,
    end: () => raw.end(),
    onClose: (listener) => raw.on('close', listener),
  }
}
