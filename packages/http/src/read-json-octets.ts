/** Why a JSON text was refused. */
export type JsonFault =
  | 'syntax'
  | 'truncated'
  | 'not-utf8'
  | 'duplicate-member'
  | 'too-deep'
  | 'too-many-values'
  | 'number-too-long'

/** Where and why; the offset is in octets. */
export class JsonRefusal extends Error {
  override readonly name = 'JsonRefusal'
  readonly reason: JsonFault
  readonly offset: number

  constructor(reason: JsonFault, offset: number) {
    super(`The JSON text is refused at byte ${offset}: ${reason}.`)
    this.reason = reason
    this.offset = offset
  }
}

/**
 * A JSON value (RFC 8259). Objects are Maps, so that no member name means anything to JavaScript.
 * A string longer than `longTextBytes` stays bytes: documents and signatures are decoded from there
 * without ever becoming text.
 */
export type JsonValue = null | boolean | number | string | LongText | JsonArray | JsonObject
export type JsonArray = readonly JsonValue[]
export type JsonObject = ReadonlyMap<string, JsonValue>

/** The UTF-8 bytes of a long string, escapes undone. */
export type LongText = { readonly utf8: Uint8Array }

export type JsonOctetsLimits = {
  /** Arrays and objects inside one another. Default 16. */
  readonly maxDepth?: number
  /** Values of any kind in the whole text. Default 100 000. */
  readonly maxValues?: number
  /** Strings of more bytes than this become `LongText`. Default 16 384. */
  readonly longTextBytes?: number
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return value instanceof Map
}

/** Whether a JSON value is an array. */
export function isJsonArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value)
}

/** Whether a JSON value is a string that was left as bytes. */
export function isLongText(value: JsonValue | undefined): value is LongText {
  return typeof value === 'object' && value !== null && 'utf8' in value
}

/**
 * Reads one JSON text strictly by RFC 8259, with limits that hold before anything is allocated, and
 * names that are unique (RFC 7493 section 2.3: a second `id` must not hide the first). A leading
 * byte order mark is skipped (RFC 8259 section 8.1 allows it).
 *
 * @param bytes UTF-8
 * @throws JsonRefusal, which each client tells in an error of its own
 */
export function readJsonOctets(bytes: Uint8Array, limits: JsonOctetsLimits = {}): JsonValue {
  const { maxDepth = 16, maxValues = 100_000, longTextBytes = 16_384 } = limits
  const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let offset = startsWithByteOrderMark(bytes) ? 3 : 0
  let values = 0

  skipSpace()
  const value = readValue(0)
  skipSpace()
  if (offset < bytes.length) throw malformed('syntax')

  return value

  function readValue(depth: number): JsonValue {
    values += 1
    if (values > maxValues) throw malformed('too-many-values')

    switch (bytes[offset]) {
      case 0x7b:
        return readObject(depth + 1)
      case 0x5b:
        return readArray(depth + 1)
      case 0x22:
        return readString()
      case 0x74:
        return readWord('true', true)
      case 0x66:
        return readWord('false', false)
      case 0x6e:
        return readWord('null', null)
      default:
        return readNumber()
    }
  }

  function readObject(depth: number): JsonObject {
    const members = new Map<string, JsonValue>()
    enter(depth)
    if (take(0x7d)) return members

    do {
      skipSpace()
      if (bytes[offset] !== 0x22) throw malformed('syntax')
      const start = offset
      const name = readName()
      if (members.has(name)) throw malformed('duplicate-member', start)
      skipSpace()
      if (!take(0x3a)) throw malformed('syntax')
      skipSpace()
      members.set(name, readValue(depth))
      skipSpace()
    } while (take(0x2c))

    if (!take(0x7d)) throw malformed('syntax')

    return members
  }

  function readArray(depth: number): JsonArray {
    const items: JsonValue[] = []
    enter(depth)
    if (take(0x5d)) return items

    do {
      skipSpace()
      items.push(readValue(depth))
      skipSpace()
    } while (take(0x2c))

    if (!take(0x5d)) throw malformed('syntax')

    return items
  }

  function enter(depth: number): void {
    if (depth > maxDepth) throw malformed('too-deep')
    offset += 1
    skipSpace()
  }

  function readName(): string {
    const start = offset + 1
    const { raw, isEscaped } = readRaw()

    return isEscaped ? unescapeText(raw, start) : text(raw, start)
  }

  function readString(): string | LongText {
    const start = offset + 1
    const { raw, isEscaped } = readRaw()
    if (raw.length <= longTextBytes) return isEscaped ? unescapeText(raw, start) : text(raw, start)

    return { utf8: isEscaped ? unescapeBytes(raw, start) : raw }
  }

  /** The bytes between two quotation marks, escapes still in them. */
  function readRaw(): { readonly raw: Uint8Array; readonly isEscaped: boolean } {
    const start = offset + 1
    let end = start
    let isEscaped = false

    for (;;) {
      const byte = bytes[end]
      if (byte === undefined) throw malformed('truncated', end)
      if (byte === 0x22) break
      if (byte < 0x20) throw malformed('syntax', end)
      if (byte === 0x5c) {
        isEscaped = true
        end += 1
      }
      end += 1
    }
    offset = end + 1

    return { raw: bytes.subarray(start, end), isEscaped }
  }

  function unescapeText(raw: Uint8Array, start: number): string {
    try {
      return JSON.parse(`"${text(raw, start)}"`) as string
    } catch (error) {
      throw error instanceof JsonRefusal ? error : malformed('syntax', start)
    }
  }

  /** Undoes escapes byte by byte; some writers spell every `/` of base64 as `\/`. */
  function unescapeBytes(raw: Uint8Array, start: number): Uint8Array {
    const result = new Uint8Array(raw.length)
    let length = 0

    for (let index = 0; index < raw.length; index += 1) {
      const byte = raw[index] ?? 0
      if (byte !== 0x5c) {
        result[length] = byte
        length += 1
        continue
      }

      index += 1
      const escaped = raw[index]
      if (escaped === 0x75) return new TextEncoder().encode(unescapeText(raw, start))

      const plain = simpleEscapes.get(escaped)
      if (plain === undefined) throw malformed('syntax', start + index)
      result[length] = plain
      length += 1
    }

    return result.subarray(0, length)
  }

  function readNumber(): number {
    const start = offset
    while (isNumberByte(bytes[offset])) offset += 1
    const length = offset - start
    if (length === 0) throw malformed(offset < bytes.length ? 'syntax' : 'truncated')
    if (length > 400) throw malformed('number-too-long', start)

    const literal = text(bytes.subarray(start, offset), start)
    if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(literal)) {
      throw malformed('syntax', start)
    }

    return Number(literal)
  }

  function readWord<Value extends boolean | null>(word: string, value: Value): Value {
    for (let index = 0; index < word.length; index += 1) {
      if (bytes[offset + index] !== word.charCodeAt(index)) throw malformed('syntax')
    }
    offset += word.length

    return value
  }

  function take(byte: number): boolean {
    if (bytes[offset] !== byte) return false
    offset += 1

    return true
  }

  function skipSpace(): void {
    for (;;) {
      const byte = bytes[offset]
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return
      offset += 1
    }
  }

  function text(raw: Uint8Array, start: number): string {
    try {
      return strictUtf8.decode(raw)
    } catch {
      throw malformed('not-utf8', start)
    }
  }

  function malformed(reason: JsonFault, at = offset): JsonRefusal {
    return new JsonRefusal(reason === 'syntax' && at >= bytes.length ? 'truncated' : reason, at)
  }
}

const simpleEscapes: ReadonlyMap<number | undefined, number> = new Map([
  [0x22, 0x22],
  [0x5c, 0x5c],
  [0x2f, 0x2f],
  [0x62, 0x08],
  [0x66, 0x0c],
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
])

function startsWithByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
}

function isNumberByte(byte: number | undefined): boolean {
  if (byte === undefined) return false

  return (
    (byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x45 ||
    byte === 0x65
  )
}
