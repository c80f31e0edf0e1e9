import type { FastifyInstance } from 'fastify'

/** How much of a refused body is still read, so that its sender comes to read the answer. */
const maxDrainBytes = 256 * 1024 * 1024
const maxDrainMs = 10_000

/**
 * After an answer was sent that did not need the whole body: reads on for a while, since most clients
 * look for an answer only when they have sent everything, then gives the connection up.
 */
export function drainUnread(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', async (request) => {
    const { raw } = request
    if (raw.complete || raw.destroyed) {
      return
    }
    let left = maxDrainBytes
    const giveUp = () => raw.destroy()
    const timer = setTimeout(giveUp, maxDrainMs)
    raw.on('error', () => undefined)
    raw.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) {
        giveUp()
      }
    })
    raw.once('close', () => clearTimeout(timer))
    raw.once('end', () => clearTimeout(timer))
    raw.resume()
  })
}
