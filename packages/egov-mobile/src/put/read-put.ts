import { createHash } from 'node:crypto'
import type { JsonValue } from '@muhr/http'
import { decodeSignatureValue, type SignatureSpelling } from '../codec/decode-signature-value.ts'
import { readJson } from '../codec/read-json.ts'
import { EgovMobileError } from '../error.ts'
import { isAuthentic } from '../http/is-authentic.ts'
import type { ServiceReply, ServiceRequest } from '../http/message.ts'
import { readBody } from '../http/read-body.ts'
import { type AppLocale, readLocale } from '../http/read-locale.ts'
import type { RefusalCode } from '../http/refusals.ts'
import {
  canceledReply,
  methodNotAllowedReply,
  refusalReply,
  type SuccessForm,
  successReply,
} from '../http/reply.ts'
import type { Session } from '../session/session.ts'
import { sessionRefusal } from '../session/session-refusal.ts'
import {
  comparePut,
  type PutDifference,
  type PutFault,
  type ReturnedDocument,
} from './compare-put.ts'
import { isOriginal } from './is-original.ts'
import { putBodyLimitBytes } from './put-body-limit.ts'

export type ReadPutOptions = {
  /** The present moment. */
  readonly now: Date
  /** Default 50 MiB; raised where the documents need more (`putBodyLimitBytes`). */
  readonly bodyLimitBytes?: number
  /** What an identical repeat of the accepted PUT is answered. */
  readonly success?: SuccessForm
  /** What a cancellation is answered. Default 200 [assumed]. */
  readonly cancelStatus?: 200 | 400
}

/** A signature container out of the PUT: opaque, not verified. */
export type ReturnedSignature = {
  readonly documentId: number
  readonly bytes: Uint8Array
  readonly spelling: SignatureSpelling
}

/** What a PUT of API #2 turned out to be. `submission` is the SHA-256 of its body, hex. */
export type PutReading =
  /**
   * Every document came back with something that may be a signature. Nothing is verified yet:
   * verify over the stored bytes, then answer with `successReply` or `refusalReply`.
   */
  | {
      readonly kind: 'signed'
      readonly locale: AppLocale
      readonly submission: string
      readonly signatures: readonly ReturnedSignature[]
      readonly differences: readonly PutDifference[]
    }
  /** The signer refused. Close the session as `canceled`, then send the reply. */
  | {
      readonly kind: 'canceled'
      readonly locale: AppLocale
      readonly submission: string
      readonly reply: ServiceReply
    }
  /**
   * Byte for byte the PUT that closed the session, or one more cancellation of a cancelled one: the
   * same answer again, nothing to do.
   */
  | {
      readonly kind: 'repeated'
      readonly locale: AppLocale
      readonly submission: string
      readonly reply: ServiceReply
    }
  | {
      readonly kind: 'refused'
      readonly locale: AppLocale
      readonly refusal: RefusalCode
      /** Where the body differs from what was sent; absent for refusals of another kind. */
      readonly fault?: PutFault
      readonly submission?: string
      readonly reply: ServiceReply
    }

/**
 * Reads a PUT of API #2 strictly against what the session sent. In this order: verb, token, state
 * and time, size, repeat, JSON, set of documents, form of each value. Never throws for what the
 * caller of the API sent.
 */
export async function readPut(
  session: Session,
  request: ServiceRequest,
  options: ReadPutOptions,
): Promise<PutReading> {
  const locale = readLocale(request.headers)
  const refused = (refusal: RefusalCode, more: RefusedParticulars = {}): PutReading => ({
    kind: 'refused',
    locale,
    refusal,
    ...more,
    reply: refusalReply(refusal, locale),
  })

  if (request.method !== 'PUT') {
    const reply = methodNotAllowedReply(['GET', 'PUT'], locale)

    return { kind: 'refused', locale, refusal: 'method-not-allowed', reply }
  }
  if (!isAuthentic(session.auth, request.headers)) return refused('unauthenticated')

  const { closed, received = [] } = session
  const over = sessionRefusal(session, options.now)
  // Only what may be a repeat is worth reading once the session is over.
  const mayRepeat =
    closed?.kind === 'accepted' || closed?.kind === 'canceled' || received.length > 0
  if (over !== undefined && !mayRepeat) return refused(over)

  const body = await readBody(request, putBodyLimitBytes(session, options.bodyLimitBytes))
  if (body === undefined) return refused('too-large')

  const submission = createHash('sha256').update(body).digest('hex')
  if (closed?.kind === 'accepted' && closed.submissions.includes(submission)) {
    return { kind: 'repeated', locale, submission, reply: successReply(options.success) }
  }
  if (closed?.kind === 'canceled' && isCancellation(session, body)) {
    return { kind: 'repeated', locale, submission, reply: canceledReply(options.cancelStatus) }
  }
  if (over !== undefined && !received.includes(submission)) return refused(over, { submission })

  const returned = tryReadJson(body)
  if (returned === undefined) return refused('malformed-body', { submission })

  const comparison = comparePut(session, returned)
  if (comparison.kind === 'canceled') {
    return { kind: 'canceled', locale, submission, reply: canceledReply(options.cancelStatus) }
  }
  if (comparison.kind === 'fault') {
    return refused(comparison.fault.refusal, { fault: comparison.fault, submission })
  }

  const signatures: ReturnedSignature[] = []
  for (const document of comparison.documents) {
    const read = await readSignature(document)
    if ('refusal' in read) return refused(read.refusal, { fault: read, submission })
    signatures.push(read)
  }

  return { kind: 'signed', locale, submission, signatures, differences: comparison.differences }
}

type RefusedParticulars = { readonly fault?: PutFault; readonly submission?: string }

function isCancellation(session: Session, body: Uint8Array): boolean {
  const returned = tryReadJson(body)

  return returned !== undefined && comparePut(session, returned).kind === 'canceled'
}

function tryReadJson(body: Uint8Array): JsonValue | undefined {
  try {
    return readJson(body)
  } catch (error) {
    if (error instanceof EgovMobileError) return undefined
    throw error
  }
}

async function readSignature({
  sent,
  data,
}: ReturnedDocument): Promise<ReturnedSignature | PutFault> {
  const particulars = { field: 'document.file.data', documentId: sent.id } as const

  try {
    const { bytes, spelling } = decodeSignatureValue(data)
    if (await isOriginal(sent, bytes)) {
      return { ...particulars, refusal: 'signature-missing', reason: 'unsigned' }
    }

    return { documentId: sent.id, bytes, spelling }
  } catch (error) {
    if (!(error instanceof EgovMobileError) || !('reason' in error.data)) throw error

    return error.data.reason === 'empty'
      ? { ...particulars, refusal: 'signature-missing', reason: 'no-data' }
      : { ...particulars, refusal: 'signature-unreadable', reason: 'unreadable' }
  }
}
