import { once } from 'node:events'
import { parentPort } from 'node:worker_threads'
import { type AnchorOrigin, createTrustStore, parseCertificate, policyByName } from '@muhr/pki'
import { openInput } from '../command/read-input.ts'
import type { FileResult } from './file-result.ts'
import { resultsPerMessage, type ThreadStart, takeTargets } from './verify-many.ts'
import { verifyTarget } from './verify-target.ts'

if (parentPort === null) {
  throw new Error('this is a thread of muhr verify')
}
const port = parentPort
/** A further thread of `muhr verify`: takes files from the shared list, when it is told of it, until none is left. */
const [start] = (await once(port, 'message')) as [ThreadStart]
const io = { cwd: start.cwd, readStdin: async () => new Uint8Array() }
const content =
  typeof start.content === 'string'
    ? await openInput(start.content, io)
    : { source: start.content, close: async () => undefined }
const context = {
  policy: policyByName(start.policy).name,
  ...(start.atMs === undefined ? {} : { at: new Date(start.atMs) }),
  now: new Date(start.nowMs),
  content: content.source,
  trust: {
    store: createTrustStore(
      start.anchors.map(({ bytes, origin }) => ({
        certificate: parseCertificate(bytes),
        origin: origin as AnchorOrigin,
      })),
    ),
    helpers: start.helpers,
    unreadable: [],
  },
}
let parcel: (readonly [number, FileResult])[] = []

await takeTargets(
  start,
  (target) => verifyTarget(target, context, io),
  (index, result) => {
    parcel.push([index, result])
    if (parcel.length === resultsPerMessage) {
      port.postMessage(parcel)
      parcel = []
    }
  },
)
port.postMessage(parcel)
await content.close()
