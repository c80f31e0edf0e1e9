import { parentPort, workerData } from 'node:worker_threads'
import { type AnchorOrigin, createTrustStore, parseCertificate, policyByName } from '@muhr/pki'
import { openInput } from '../command/read-input.ts'
import type { FileResult } from './file-result.ts'
import { resultsPerMessage, type ThreadStart, takeTargets } from './verify-many.ts'
import { verifyTarget } from './verify-target.ts'

/** A further thread of `muhr verify`: takes files from the shared list until none is left. */
const start = workerData as ThreadStart
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
      parentPort?.postMessage(parcel)
      parcel = []
    }
  },
)
parentPort?.postMessage(parcel)
await content.close()
