import type { FieldFinding } from './types.ts'

/**
 * A refusal of the API (RFC 9457 `application/problem+json`), or of the network (`network.lost`).
 * `code` is what the page branches on and looks its words up by.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly code: string
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  readonly advice: string
  readonly field: string | undefined
  readonly fields: readonly FieldFinding[]
  readonly requestId: string | undefined
  /** When the same may be asked for again, ISO 8601; only where a quota is used up. */
  readonly availableAt: string | undefined

  constructor(init: {
    readonly code: string
    readonly status: number
    readonly message: string
    readonly advice?: string | undefined
    readonly field?: string | undefined
    readonly fields?: readonly FieldFinding[] | undefined
    readonly requestId?: string | undefined
    readonly availableAt?: string | undefined
    readonly cause?: unknown
  }) {
    super(init.message, init.cause === undefined ? undefined : { cause: init.cause })
    this.code = init.code
    this.status = init.status
    this.advice = init.advice ?? ''
    this.field = init.field
    this.fields = init.fields ?? []
    this.requestId = init.requestId
    this.availableAt = init.availableAt
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function readFindings(value: unknown): readonly FieldFinding[] {
  if (!Array.isArray(value)) return []

  return value.filter(isRecord).map((item) => ({
    field: text(item['field']) ?? '',
    code: text(item['code']) ?? '',
    advice: text(item['advice']) ?? '',
    detail: text(item['detail']),
  }))
}

/** Reads a refused answer. A body that is no problem document still gives a code: `http.<status>`. */
export function readProblem(status: number, body: unknown): ProblemError {
  const problem = isRecord(body) ? body : {}

  return new ProblemError({
    code: text(problem['code']) ?? `http.${status}`,
    status,
    message: text(problem['detail']) ?? text(problem['title']) ?? `HTTP ${status}`,
    advice: text(problem['advice']),
    field: text(problem['field']),
    fields: readFindings(problem['fields']),
    requestId: text(problem['requestId']),
    availableAt: text(problem['availableAt']),
  })
}

/** The network gave no answer at all. */
export function lostConnection(cause: unknown): ProblemError {
  return new ProblemError({
    code: 'network.lost',
    status: 0,
    message: 'The server did not answer.',
    cause,
  })
}

/** Any thrown value as a problem, so that a page has one shape to show. */
export function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error

  return new ProblemError({
    code: 'page.failed',
    status: 0,
    message: error instanceof Error ? error.message : String(error),
    cause: error,
  })
}
