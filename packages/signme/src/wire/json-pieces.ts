/** A value of JSON in which a file stands as octets; they become base64 while they are sent. */
export type WireValue =
  | string
  | number
  | { readonly base64: Uint8Array }
  | readonly WireValue[]
  | WireObject
export type WireObject = { readonly [name: string]: WireValue | undefined }

/** Octets of a file in one piece: a multiple of three, so that base64 pieces can be joined. */
const FILE_PIECE = 49_152

/** The JSON text, piece by piece, in ASCII alone: `\uXXXX` for the rest (spec §2.1). */
export function* jsonPieces(value: WireValue): Generator<string> {
  if (typeof value === 'string' || typeof value === 'number') {
    yield asciiJson(value)
  } else if (isList(value)) {
    yield* listPieces(value)
  } else if (isFile(value)) {
    yield '"'
    yield* base64Pieces(value.base64)
    yield '"'
  } else {
    yield* objectPieces(value)
  }
}

function* listPieces(values: readonly WireValue[]): Generator<string> {
  yield '['
  for (const [index, value] of values.entries()) {
    if (index > 0) yield ','
    yield* jsonPieces(value)
  }
  yield ']'
}

function* objectPieces(object: WireObject): Generator<string> {
  let separator = '{'
  for (const [name, value] of Object.entries(object)) {
    if (value === undefined) continue
    yield `${separator}${asciiJson(name)}:`
    yield* jsonPieces(value)
    separator = ','
  }
  yield separator === '{' ? '{}' : '}'
}

function* base64Pieces(octets: Uint8Array): Generator<string> {
  for (let at = 0; at < octets.length; at += FILE_PIECE) {
    const length = Math.min(FILE_PIECE, octets.length - at)
    yield Buffer.from(octets.buffer, octets.byteOffset + at, length).toString('base64')
  }
}

function asciiJson(value: string | number): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value)
}

function isFile(value: WireObject | { readonly base64: Uint8Array }): value is {
  readonly base64: Uint8Array
} {
  return value['base64'] instanceof Uint8Array
}
