import { parentPort } from 'node:worker_threads'
import {
  createTrustStore,
  isPkiError,
  type PolicyName,
  parseCertificate,
  type VerificationReport,
  verifySignature,
} from '@muhr/pki'
import type { FromThread, StrangerJob, StrangerReport, ToThread } from './messages.ts'

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

function ask(bytes: Uint8Array, policy: PolicyName): Promise<Uint8Array | undefined> {
  questions += 1
  const id = questions
  send({ kind: 'question', id, bytes, policy })

  return new Promise((resolve) => waiting.set(id, resolve))
}

const zipStart = [0x50, 0x4b, 0x03, 0x04]
const isZip = (bytes: Uint8Array) => zipStart.every((octet, index) => bytes[index] === octet)

/** How a file is verified under one policy: as an evidence bundle when it is one. */
async function createVerifier(job: StrangerJob) {
  const common = {
    trust: createTrustStore(
      job.anchors.map(({ bytes, origin }) => ({ certificate: parseCertificate(bytes), origin })),
    ),
    now: new Date(job.nowMs),
  }
  // Loaded only for what may be one: a signature is checked without the package.
  const evidence = isZip(job.container) ? await import('@muhr/evidence') : undefined
  if (evidence?.looksLikeBundle(job.container) === true) {
    return (policy: PolicyName): Promise<VerificationReport> =>
      evidence.verifyBundle(job.container, { ...common, policy })
  }

  return async (
    policy: PolicyName,
    { maySearch }: { readonly maySearch: boolean },
  ): Promise<VerificationReport> => {
    const { report } = await verifySignature({
      ...common,
      policy,
      container: job.container,
      ...(job.content === undefined ? {} : { content: job.content }),
      ...(maySearch ? { sources: { ocsp: (query) => ask(query, policy) } } : {}),
    })

    return report
  }
}

const policyOfCountry = { RU: 'ru-63fz', KZ: 'kz-500', UZ: 'uz-e-imzo' } as const

async function reportOn(job: StrangerJob): Promise<StrangerReport> {
  const verifyUnder = await createVerifier(job)
  if (job.policy !== undefined) {
    return verifyUnder(job.policy, { maySearch: true })
  }
  // Whose signatures these are, before anybody is asked about them.
  const first = await verifyUnder('etsi-basic', { maySearch: false })
  if (first.sandbox && job.believesSandbox) {
    return verifyUnder('sandbox', { maySearch: true })
  }
  const countries = [...new Set(first.signatures.map(({ country }) => country))].sort()
  const reports = new Map<string | null, VerificationReport>()
  for (const country of countries) {
    const policy = country === null ? 'etsi-basic' : policyOfCountry[country]
    reports.set(country, await verifyUnder(policy, { maySearch: true }))
  }

  return joinReports(first, reports)
}

const severity = ['TOTAL-FAILED', 'INDETERMINATE', 'TOTAL-PASSED'] as const

/** Each signature by the rules of its own country; the whole is as its worst. */
function joinReports(
  first: VerificationReport,
  reports: ReadonlyMap<string | null, VerificationReport>,
): StrangerReport {
  const [only = first] = reports.values()
  if (reports.size < 2) {
    return only
  }
  const signatures = first.signatures.map(
    (signature, index) => reports.get(signature.country)?.signatures[index] ?? signature,
  )
  const worst = severity
    .map((indication) => signatures.find((signature) => signature.indication === indication))
    .find((signature) => signature !== undefined)
  const { subIndication: _, ...rest } = first

  return {
    ...rest,
    indication: worst?.indication ?? 'INDETERMINATE',
    ...(worst?.subIndication === undefined ? {} : { subIndication: worst.subIndication }),
    policy: [...reports.values()].map(({ policy }) => policy).join(' + '),
    signatures,
  }
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
