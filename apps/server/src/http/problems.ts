import { MuhrError } from '@muhr/identifiers'

/** Every code that the REST API answers with, its HTTP status and what the client is to do. */
export const problemTable = {
  'request.invalid': [400, 'Correct the named fields and send the request again.'],
  'request.not-found': [404, 'Check the address; ids are seen only inside their organisation.'],
  'request.aborted': [400, 'Send the request again, whole.'],
  'request.too-large': [413, 'Send less, or let the operator raise MUHR_MAX_ENVELOPE_BYTES.'],
  'request.headers': [431, 'Send fewer or shorter headers.'],
  'request.media-type': [415, 'Send JSON, or raw bytes where the operation says so.'],
  'request.host': [421, 'Use the address that MUHR_PUBLIC_URL names.'],
  'request.origin': [403, 'Send changes from the pages of this installation, or with an API key.'],
  'request.too-many': [429, 'Wait as long as Retry-After says, then try again.'],
  'auth.missing': [
    401,
    'Log in by the link that the server printed, or send an API key as Bearer.',
  ],
  'auth.invalid': [401, 'Use a key or a session that is still valid.'],
  'auth.forbidden': [403, 'Ask an owner for a role or a scope that allows this.'],
  'idempotency.key': [400, 'Send an Idempotency-Key of 1 to 255 visible ASCII characters.'],
  'idempotency.in-flight': [409, 'Wait for the first request with this key to end, then repeat.'],
  'idempotency.mismatch': [422, 'Use a new Idempotency-Key for another body.'],
  'document.empty': [422, 'Send a file that has at least one byte.'],
  'document.digest': [422, 'The bytes differ from x-muhr-sha256: send the file again.'],
  'document.unknown': [422, 'Upload the document first and use the id of the answer.'],
  'document.duplicate': [422, 'Leave each document in only once.'],
  'document.name': [
    422,
    'Give a file name without folders or control characters, up to 255 bytes.',
  ],
  'document.media-type': [422, 'Name the type that the file really has.'],
  'envelope.too-large': [
    413,
    'Leave out documents, or let the operator raise MUHR_MAX_ENVELOPE_BYTES.',
  ],
  'envelope.refused': [422, 'Correct the named fields.'],
  'envelope.state': [409, 'Read the envelope again: its state no longer allows this.'],
  'recipient.identifier': [422, 'Compare the number with the paper that it was taken from.'],
  'recipient.method': [422, 'Choose a service and a method for each recipient.'],
  'signing.state': [409, 'Read the envelope again: this signing no longer allows this.'],
  'seal.stale': [409, 'Load the list again and sign what stands there now.'],
  'seal.key': [422, 'Choose a signer key that can sign, in the settings of the connection.'],
  'seal.signature': [422, 'Sign every item that is listed, once, with the key that is named.'],
  'evidence.not-ready': [409, 'Wait until a signature has arrived and was checked.'],
  'container.not-a-signature': [422, 'Give the signature file (.p7s, .p7m, .cms, .sig).'],
  'container.unsupported-format': [
    422,
    'Ask for the signature as a file of its own (.sig, .p7s); signatures inside a PDF come later.',
  ],
  'verification.too-costly': [
    422,
    'Ask the sender for the signature again; check files of your own with npx muhr verify.',
  ],
  'connection.refused': [422, 'Correct the named settings.'],
  'connection.changed': [409, 'Somebody changed it meanwhile: read it again, then change it.'],
  'connection.file': [
    422,
    'Give the CSV file of the cabinet, or a list with one API-Key in a line.',
  ],
  'trust.refused': [422, 'Correct what the fields name: nothing was added.'],
  'trust.shared': [
    409,
    'Let the operator change the anchors on the machine: npx muhr trust add|remove.',
  ],
  'key.refused': [422, 'Correct the named field: its code says why the key cannot be used.'],
  'key.duplicate': [409, 'This key is there already: use it, or remove it first.'],
  'key.removed': [409, 'Add the key again, or choose another one.'],
  'key.attended': [409, 'Have the clerk sign in the browser, or choose a key that needs nobody.'],
  'key.unacknowledged': [
    409,
    'Have an owner acknowledge that a key in a file, without a certified tool, signs in live mode.',
  ],
  'key.secret-unreadable': [
    503,
    'Let the operator set the MUHR_SECRET_KEY that the key was encrypted under, or add the key again.',
  ],
  'workbench.state': [409, 'Read the order again: its state no longer allows this.'],
  'workbench.field': [422, 'Correct the named fields.'],
  'workbench.file-name': [
    422,
    'Give a plain name of up to 200 characters that no other file of the order has.',
  ],
  'workbench.rules-broken': [422, 'Correct what the fields name; nothing was built or sent.'],
  'workbench.schema': [
    422,
    'Give an XML Schema that is whole: nothing is fetched for its imports.',
  ],
  'workbench.xml': [422, 'Correct the XML: the check tells every fault with line and column.'],
  'workbench.host': [
    422,
    'Use a host of Gosuslugi, or let the operator add it to MUHR_EPGU_HOSTS.',
  ],
  'workbench.account': [409, 'Choose another account, or add one with an API-Key.'],
  'workbench.key': [409, 'Choose a signer key for the order or its account.'],
  'workbench.token-seal': [
    409,
    'Have the clerk sign the API-Key of the account first: the signature serves for 24 hours.',
  ],
  'workbench.refused': [409, 'Do what the advice of the named code says.'],
  'workbench.outcome-unknown': [
    502,
    'Ask for the status before anything is sent again: the call may have had its effect.',
  ],
  'workbench.unavailable': [503, 'Try again in a moment; nothing was changed at the portal.'],
  'server.failed': [500, 'Try again; give the request id to the operator if it stays.'],
  'server.unavailable': [503, 'Try again in a moment.'],
} as const satisfies { readonly [code: string]: readonly [number, string] }

export type ProblemCode = keyof typeof problemTable

/** One field that was refused, and why. */
export type FieldProblem = {
  /** Path into the body (`recipients[0].identifiers.iin`). */
  readonly field: string
  readonly code: string
  readonly advice: string
  /** By how much it is broken, and what a parser said. */
  readonly detail?: string | undefined
}

type ProblemData = {
  readonly status: number
  readonly field?: string | undefined
  readonly fields?: readonly FieldProblem[] | undefined
  readonly limit?: number | undefined
  /** When the same may be asked for again, ISO 8601. */
  readonly availableAt?: string | undefined
}

/** An answer of the API that is not a success: RFC 9457 with a stable `code`. */
export class Problem extends MuhrError<ProblemCode, ProblemData> {
  override readonly name = 'Problem'

  constructor(
    code: ProblemCode,
    message: string,
    more: {
      readonly field?: string
      readonly fields?: readonly FieldProblem[]
      readonly limit?: number
      readonly availableAt?: string | undefined
      readonly advice?: string
      readonly cause?: unknown
    } = {},
  ) {
    const [status, advice] = problemTable[code]
    super({
      code,
      message,
      advice: more.advice ?? advice,
      data: {
        status,
        field: more.field ?? more.fields?.[0]?.field,
        fields: more.fields,
        limit: more.limit,
        availableAt: more.availableAt,
      },
      cause: more.cause,
    })
  }
}

/** The body of a problem, `application/problem+json`. */
export function problemBody(
  problem: Problem,
  requestId: string,
): Readonly<Record<string, unknown>> {
  return {
    type: `urn:muhr:problem:${problem.code}`,
    title: problem.message,
    status: problem.data.status,
    code: problem.code,
    detail: problem.message,
    advice: problem.advice,
    ...(problem.data.field === undefined ? {} : { field: problem.data.field }),
    ...(problem.data.fields === undefined ? {} : { fields: problem.data.fields }),
    ...(problem.data.limit === undefined ? {} : { limit: problem.data.limit }),
    ...(problem.data.availableAt === undefined ? {} : { availableAt: problem.data.availableAt }),
    requestId,
  }
}
