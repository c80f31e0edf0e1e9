import { type StreamedBody, streamBody } from '@muhr/http'
import { jsonPieces, type WireObject, type WireValue } from './json-pieces.ts'

/** How JSON travels: in one field of a form (the text of Sign.Me), or alone (its newer API). */
export type Wire = 'form' | 'json'

/** The form fields that carry JSON (spec §2.1). */
export type JsonField = 'rfile' | 'mfile' | 'jsonrequest'

/** JSON as the value of one form field, or as the body itself. */
export function jsonBody(wire: Wire, field: JsonField, value: WireObject): StreamedBody {
  return wire === 'form'
    ? body('application/x-www-form-urlencoded', () => formPieces(field, value))
    : body('application/json', () => jsonPieces(value))
}

/** Plain form fields, as 1.5 and 2.3 take them. */
export function formBody(fields: Readonly<Record<string, string>>): StreamedBody {
  return body('application/x-www-form-urlencoded', () => fieldPieces(fields))
}

function* formPieces(field: JsonField, value: WireValue): Generator<string> {
  yield `${field}=`
  for (const piece of jsonPieces(value)) yield encodeFormValue(piece)
}

function* fieldPieces(fields: Readonly<Record<string, string>>): Generator<string> {
  let separator = ''
  for (const [name, value] of Object.entries(fields)) {
    yield `${separator}${encodeFormValue(name)}=`
    yield encodeFormValue(value)
    separator = '&'
  }
}

/**
 * A form value (WHATWG URL, application/x-www-form-urlencoded) with spaces as `%20`, which every decoder
 * reads alike. A `+` is never bare: it would arrive as a space (trap T11).
 */
export function encodeFormValue(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()~]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** Small pieces go together, but for the last: a body is whole only when that was asked for. */
const JOINED_LENGTH = 65_536

function* joined(pieces: Iterable<string>): Generator<Uint8Array> {
  let held = ''
  let last = ''
  for (const piece of pieces) {
    held += last
    last = piece
    if (held.length >= JOINED_LENGTH) {
      yield Buffer.from(held, 'latin1')
      held = ''
    }
  }
  yield* [held, last].filter((text) => text !== '').map((text) => Buffer.from(text, 'latin1'))
}

/** The pieces are made twice: once to know their length, once for the network. */
function body(contentType: string, pieces: () => Iterable<string>): StreamedBody {
  let lengthBytes = 0
  for (const piece of pieces()) lengthBytes += piece.length

  return streamBody({ pieces: joined(pieces()), lengthBytes, contentType })
}
