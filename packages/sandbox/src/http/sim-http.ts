/** What a simulator sees of an HTTP request and what it gives back; no socket needed to test one. */
import { SandboxError } from '../error.ts'

export type SimRequest = {
  readonly method: string
  /** Path as sent, still percent-encoded. */
  readonly path: string
  readonly query: URLSearchParams
  /** Lower-case names; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string | undefined>>
  /** Reads the body. @throws {SandboxError} `sandbox.too-large` */
  readonly body: (maxBytes: number) => Promise<Uint8Array>
  /** The body piece by piece, for one that is not to stand in memory. Instead of `body`, once. */
  readonly stream: () => AsyncIterable<Uint8Array>
  /** It came over TLS. */
  readonly isSecure?: boolean
}

export type SimResponse = {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Path of a file to be sent in place of `body`. */
  readonly file?: string
  /** The connection is cut in place of an answer: what was done stays done. */
  readonly isLost?: boolean
  /** The connection is cut when this many octets of `body` are out. */
  readonly cutAt?: number
}

/** Answers a request, or `undefined` when it is not this handler's. */
export type SimHandler = (request: SimRequest) => Promise<SimResponse | undefined>

/** A JSON answer that nobody stores. */
export function jsonResponse(status: number, value: unknown): SimResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  }
}

/** An answer of bytes that nobody stores. */
export function bytesResponse(contentType: string, body: Uint8Array): SimResponse {
  return {
    status: 200,
    headers: {
      'content-type': contentType,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body,
  }
}

/**
 * Reads a JSON object from the body.
 *
 * @throws {SandboxError} `sandbox.bad-request`, `sandbox.too-large`
 */
export async function readJsonBody(
  request: SimRequest,
  maxBytes = 64 * 1024,
): Promise<Readonly<Record<string, unknown>>> {
  const bytes = await request.body(maxBytes)
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { ...value }
    }
  } catch {
    // Falls through: the refusal is the same as for any other text.
  }
  throw badRequest('body', 'a JSON object')
}

export function badRequest(field: string, expected: string): SandboxError {
  return new SandboxError({
    code: 'sandbox.bad-request',
    message: `The field ${field} does not hold ${expected}.`,
    advice: 'Send the field as the fidelity list and the documentation of the sandbox say.',
    data: { field, expected },
  })
}
