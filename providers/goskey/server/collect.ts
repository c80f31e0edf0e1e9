import { createHash } from 'node:crypto'
import type { Candidate, ProviderIo, RequestView, Sha256Hex } from '@muhr/envelope'
import { EpguError, type Gateway } from '@muhr/epgu'
import {
  type ExpectedResults,
  expectResults,
  goskeyOrderState,
  goskeyServices,
  type ResultFile,
} from '@muhr/epgu/goskey'
import { codeOf, isIncident } from './call-errors.ts'
import type { GoskeyConnection } from './connection.ts'
import type { Gateways } from './gateways.ts'
import type { GoskeyHandle } from './handle.ts'
import { serviceOf } from './methods.ts'

/** A signature with its chain and time-stamps has a few thousand bytes. */
const maxSignatureBytes = 1_048_576

type Collected = {
  readonly submission: Sha256Hex
  readonly candidates: readonly Candidate[]
  readonly refused?: string | undefined
}

/**
 * Fetches the recipient's signatures of a signed order (ru-epgu-goskey §5.6): of each document that was
 * sent the one that there is. A document with none, or with more than one, has no candidate, so its
 * signing is never completed by guessing.
 */
export async function collect(
  gateways: Gateways,
  input: {
    readonly connection: GoskeyConnection
    readonly request: RequestView<GoskeyHandle>
    readonly io: ProviderIo
  },
): Promise<Collected> {
  const { connection, request, io } = input
  const { handle, bucket } = request
  if (handle === undefined) return submissionOf([])
  const gateway = gateways.open({ connection, io, bucket, anyEmployee: true })
  const details = await gateway.orderDetails(handle.key, { signal: io.signal })
  if (details.order === undefined || goskeyOrderState(details).state !== 'signed') {
    return submissionOf([])
  }
  const results = expectResults(details.order, handle.documents)
  const candidates: Candidate[] = []
  for (const { id, document } of request.contents) {
    const file = onlySignature(results, document.fileName)
    if (file === undefined) continue
    try {
      const bytes = await download(gateway, { file, method: request.method, io })
      candidates.push({ content: id, bytes, format: 'CMS', detached: true })
    } catch (error) {
      // All of a package or nothing: what is there already would be fetched again.
      return { ...submissionOf([]), refused: refusalOf(error) }
    }
  }

  return submissionOf(candidates)
}

/**
 * Why a file is kept back: a system without access to personal data is told so at every download (§4.2).
 * @throws whatever passes by itself
 */
function refusalOf(error: unknown): string {
  const isRefusal =
    error instanceof EpguError &&
    !isIncident(error) &&
    ['epgu.refused', 'epgu.not-found', 'epgu.redirect-refused', 'epgu.download-too-large'].includes(
      error.code,
    )
  if (!isRefusal) throw error

  return codeOf(error)
}

function onlySignature({ files, faults }: ExpectedResults, name: string): ResultFile | undefined {
  const [signature, ...more] = files.filter(
    ({ kind, document }) => kind === 'signature' && document === name,
  )
  const isDoubtful = faults.some(({ file }) => file === name || file === `${name}.sig`)

  return more.length > 0 || isDoubtful ? undefined : signature
}

async function download(
  gateway: Gateway,
  wanted: { readonly file: ResultFile; readonly method: string; readonly io: ProviderIo },
): Promise<Uint8Array> {
  const { file, method, io } = wanted
  const { body } = await gateway.downloadFile(file.address, {
    serviceCode: goskeyServices[serviceOf(method)].serviceCode,
    maxBytes: maxSignatureBytes,
    signal: io.signal,
  })
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)

  return new Uint8Array(Buffer.concat(pieces))
}

/** The same signatures are the same submission, however often they are fetched. */
function submissionOf(candidates: readonly Candidate[]): Collected {
  const hash = createHash('sha256')
  for (const { content, bytes } of candidates) {
    hash.update(`${content} ${createHash('sha256').update(bytes).digest('hex')}\n`)
  }

  return { submission: hash.digest('hex') as Sha256Hex, candidates }
}
