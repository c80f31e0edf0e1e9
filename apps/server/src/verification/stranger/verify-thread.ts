import { parentPort } from 'node:worker_threads'
import type { JudgeOptions } from '@muhr/evidence'
import {
  createTrustStore,
  isPkiError,
  parseCertificate,
  type VerificationReport,
  verifySignature,
} from '@muhr/pki'
import type { FromThread, StrangerJob, ToThread } from './messages.ts'

/**
 * The thread in which a stranger's file is verified. It holds no key, no database and no network: OCSP
 * questions go back to the server, which asks configured hosts only. The server may end it at any time.
 */
const port = parentPort
if (port === null) {
  throw new Error('verify-thread is started as a worker thread')
}

const send = (message: FromThread) => port.postMessage(message)
const waiting = new Map<number, (bytes: Uint8Array | undefined) => void>()
let questions = 0

function ask(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  questions += 1
  const id = questions
  send({ kind: 'question', id, bytes })

  return new Promise((resolve) => waiting.set(id, resolve))
}

const zipStart = [0x50, 0x4b, 0x03, 0x04]

/** The report of an evidence bundle; undefined for what is none. The package is loaded only for a zip. */
async function verifyAsBundle(
  job: StrangerJob,
  options: JudgeOptions,
): Promise<VerificationReport | undefined> {
  if (!zipStart.every((octet, index) => job.container[index] === octet)) {
    return undefined
  }
  const { looksLikeBundle, verifyBundle } = await import('@muhr/evidence')

  return looksLikeBundle(job.container) ? verifyBundle(job.container, options) : undefined
}

async function reportOn(job: StrangerJob): Promise<VerificationReport> {
  const options = {
    trust: createTrustStore(
      job.anchors.map(({ bytes, origin }) => ({ certificate: parseCertificate(bytes), origin })),
    ),
    policy: job.policy,
    now: new Date(job.nowMs),
  }
  const bundle = await verifyAsBundle(job, options)
  if (bundle !== undefined) {
    return bundle
  }
  const { report } = await verifySignature({
    ...options,
    container: job.container,
    ...(job.content === undefined ? {} : { content: job.content }),
    sources: { ocsp: ask },
  })

  return report
}

async function verify(job: StrangerJob): Promise<void> {
  try {
    send({ kind: 'report', report: await reportOn(job) })
  } catch (error) {
    send(
      isPkiError(error)
        ? { kind: 'refused', code: error.code, advice: error.advice }
        : { kind: 'broken', name: error instanceof Error ? error.name : typeof error },
    )
  }
}

port.on('message', (message: ToThread) => {
  if (message.kind === 'job') {
    void verify(message.job)
    return
  }
  const resolve = waiting.get(message.id)
  waiting.delete(message.id)
  resolve?.(message.bytes)
})
