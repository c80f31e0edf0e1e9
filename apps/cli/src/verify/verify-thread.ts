import { parentPort, workerData } from 'node:worker_threads'
import { type AnchorOrigin, createTrustStore, parseCertificate, policyByName } from '@muhr/pki'
import type { FileResult } from './file-result.ts'
import { resultsPerMessage, type ThreadStart, takeTargets } from './verify-many.ts'
import { verifyTarget } from './verify-target.ts'

/** A further thread of `muhr verify`: takes files from the shared list until none is left. */
const start = workerData as ThreadStart
const context = {
  policy: policyByName(start.policy).name,
  ...(start.atMs === undefined ? {} : { at: new Date(start.atMs) }),
  now: new Date(start.nowMs),
  content: start.content,
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
const io = { cwd: start.cwd, readStdin: async () => new Uint8Array() }
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
