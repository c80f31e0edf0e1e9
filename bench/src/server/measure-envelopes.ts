import { randomBytes } from 'node:crypto'
import { median, print, quantile } from '../figure.ts'
import type { HttpClient } from './http-client.ts'

const clients = 8
const roundMs = 3_000
const rounds = 5
const pdfBytes = 200 * 1024
const pdfHead = Buffer.from('%PDF-1.4\n')

type Round = { readonly perSecond: number; readonly latenciesMs: readonly number[] }

/** One envelope with one fresh 200 KB PDF: the upload and the creation, as a client does both. */
async function createOne(
  client: HttpClient,
): Promise<{ readonly bothMs: number; readonly envelopeMs: number }> {
  const start = performance.now()
  const bytes = Buffer.concat([pdfHead, randomBytes(pdfBytes - pdfHead.length)])
  const document = await client.send('POST', '/v1/documents?fileName=contract.pdf', {
    bytes,
    type: 'application/octet-stream',
    length: bytes.length,
  })
  const { id } = JSON.parse(document.body.toString()) as { id: string }
  const between = performance.now()
  const body = Buffer.from(
    JSON.stringify({
      title: 'Bench',
      documents: [{ id }],
      recipients: [
        {
          name: 'Үлгіұлы Сынақ',
          identifiers: { iin: '000140000012' },
          methods: [{ provider: 'egov-mobile', method: 'CMS_SIGN_ONLY' }],
        },
      ],
    }),
  )
  const envelope = await client.send('POST', '/v1/envelopes', {
    bytes: body,
    type: 'application/json',
    length: body.length,
  })
  if (document.status !== 201 || envelope.status !== 201) {
    throw new Error(`answered ${document.status}, ${envelope.status}: ${envelope.body.toString()}`)
  }
  const end = performance.now()

  return { bothMs: end - start, envelopeMs: end - between }
}

async function runRound(
  client: HttpClient,
): Promise<Round & { readonly envelopeMs: readonly number[] }> {
  const latenciesMs: number[] = []
  const envelopeMs: number[] = []
  const start = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() - start < roundMs) {
        const one = await createOne(client)
        latenciesMs.push(one.bothMs)
        envelopeMs.push(one.envelopeMs)
      }
    }),
  )

  return {
    perSecond: latenciesMs.length / ((performance.now() - start) / 1000),
    latenciesMs,
    envelopeMs,
  }
}

/** Envelopes a second with 8 clients, upload included, ours and the peer's in turn. */
export async function measureEnvelopes(us: HttpClient, peer: HttpClient): Promise<void> {
  await runRound(us)
  await runRound(peer)
  const ours = []
  const theirs = []
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await runRound(us))
    theirs.push(await runRound(peer))
  }
  const peerName = 'plain Fastify, same fsync, two INSERTs'
  const rate = (all: readonly Round[]) => median(all.map(({ perSecond }) => perSecond))
  const p95 = (all: readonly Round[]) =>
    median(all.map(({ latenciesMs }) => quantile(latenciesMs, 0.95)))
  print({
    metric: 'POST /v1/envelopes, each with the upload of one 200 KB PDF, 8 clients',
    value: rate(ours),
    unit: '1/s',
    peer: peerName,
    peerValue: rate(theirs),
    ratio: rate(ours) / rate(theirs),
    bar: '>= 200',
  })
  print({
    metric: 'the same, p95 of upload and creation together',
    value: p95(ours),
    unit: 'ms',
    peer: peerName,
    peerValue: p95(theirs),
    ratio: p95(theirs) / p95(ours),
    bar: '<= 80',
  })
  print({
    metric: 'the same, p95 of the creation alone',
    value: median(ours.map(({ envelopeMs }) => quantile(envelopeMs, 0.95))),
    unit: 'ms',
  })
}
