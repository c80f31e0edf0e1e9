/**
 * What runs in a worker of the pool: in Node a worker thread, in a browser a module worker.
 * @module
 */

import { nodeThreads } from './node-threads.ts'
import { answerRequest, type PoolReply, type PoolRequest } from './pack-jobs.ts'

const port = nodeThreads()?.parentPort

const transferOf = (reply: PoolReply): ArrayBuffer[] =>
  'octets' in reply ? [reply.octets.buffer] : []

if (port === undefined || port === null) {
  globalThis.addEventListener('message', ({ data }: MessageEvent<PoolRequest>) => {
    const reply = answerRequest(data)
    globalThis.postMessage(reply, { transfer: transferOf(reply) })
  })
} else {
  port.on('message', (request: PoolRequest) => {
    const reply = answerRequest(request)
    port.postMessage(reply, transferOf(reply))
  })
}
