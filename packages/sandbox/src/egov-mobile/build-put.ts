import { PhoneError } from './error.ts'
import type { FaultMode } from './fault-modes.ts'
import { type JsonNode, type JsonSplice, memberOf, membersOf, spliceText } from './json-text.ts'
import type { Api2Document } from './read-api2.ts'

/** API #2's answer as received: its text, its tree and what was read from it. */
export type ReceivedDocuments = {
  readonly text: string
  readonly root: JsonNode
  readonly documents: readonly Api2Document[]
}

/**
 * The "mutated" JSON of the seed: the received text with each signed value in the place of the unsigned one and
 * every other character as it was (kz-egov-mobile §5). Faults that concern the JSON are applied here.
 *
 * @param results One value per document, in the order of the documents.
 * @throws {PhoneError} `fault.not-applicable`
 */
export function buildPut(
  received: ReceivedDocuments,
  results: readonly string[],
  fault: FaultMode | undefined,
): string {
  const { documents } = received
  if (fault === 'object-instead-of-string' && !documents.some(isBytesArray)) {
    throw notApplicable(fault, 'no document is signed by SIGN_BYTES_ARRAY')
  }
  const placed = fault === 'swapped-documents' ? rotate(results) : results
  const splices: JsonSplice[] = documents.map((document, index) => {
    const result = placed[index] ?? ''
    const isObject = fault === 'object-instead-of-string' && document.method === 'SIGN_BYTES_ARRAY'

    return { span: document.dataNode, text: isObject ? result : JSON.stringify(result) }
  })
  if (fault === 'changed-id') splices.push(changeId(documents))
  if (fault === 'lower-case-fields') splices.push(...lowerKeys(received.root))

  return spliceText(received.text, splices)
}

/** The unsigned original, with `"status":"CANCELED"` when asked for (kz-egov-mobile §5, cancellation). */
export function buildCancel(received: ReceivedDocuments, withStatus: boolean): string {
  if (!withStatus) return received.text
  const { root, text } = received
  const status = root.kind === 'object' ? memberOf(root, 'status') : undefined
  if (status !== undefined) return spliceText(text, [{ span: status, text: '"CANCELED"' }])
  const end = root.end - 1

  return spliceText(text, [{ span: { start: end, end }, text: ',"status":"CANCELED"' }])
}

function isBytesArray({ method }: Api2Document): boolean {
  return method === 'SIGN_BYTES_ARRAY'
}

function rotate(results: readonly string[]): readonly string[] {
  if (results.length < 2) {
    throw notApplicable('swapped-documents', 'it needs a request of two or more documents')
  }

  return [...results.slice(1), ...results.slice(0, 1)]
}

function changeId(documents: readonly Api2Document[]): JsonSplice {
  const [first] = documents
  if (first === undefined) throw notApplicable('changed-id', 'there is no document')
  const highest = documents.map(({ id }) => BigInt(id)).reduce((a, b) => (a > b ? a : b))

  return { span: first.idNode, text: String(highest + 1n) }
}

function lowerKeys(root: JsonNode): readonly JsonSplice[] {
  return membersOf(root)
    .filter(({ key }) => key !== key.toLowerCase())
    .map(({ key, keySpan }) => ({ span: keySpan, text: JSON.stringify(key.toLowerCase()) }))
}

/** The refusal of a fault that cannot be made with this request or this key. */
export function notApplicable(fault: FaultMode, why: string): PhoneError {
  return new PhoneError({
    code: 'fault.not-applicable',
    message: `The fault ${fault} cannot be made here: ${why}.`,
    advice: 'Choose another fault, key or request.',
    data: { place: 'phone', found: fault },
  })
}
