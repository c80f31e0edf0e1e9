import type { AnswerFault } from './answer-fault.ts'

/** An object of JSON as it came. Members are read with the functions below, never trusted. */
export type JsonRecord = Readonly<Record<string, unknown>>

export type JsonLimits = {
  /** Arrays and objects inside one another. Default 32. */
  readonly maxDepth?: number
  /** Values in the whole text, about. Default 2 000 000. */
  readonly maxValues?: number
}

export type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: AnswerFault }

/** Reads one JSON text in UTF-8. Depth and number of values are limited before anything is built. */
export function readJson(bytes: Uint8Array, limits: JsonLimits = {}): JsonReading {
  const fault = findExcess(bytes, limits)
  if (fault !== undefined) return { ok: false, reason: fault }

  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return { ok: false, reason: 'not-utf8' }
  }

  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false, reason: 'not-json' }
  }
}

function findExcess(
  bytes: Uint8Array,
  { maxDepth = 32, maxValues = 2_000_000 }: JsonLimits,
): AnswerFault | undefined {
  let depth = 0
  let values = 1
  let isInString = false

  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]
    if (isInString) {
      if (byte === 0x5c) at += 1
      else if (byte === 0x22) isInString = false
    } else if (byte === 0x22) {
      isInString = true
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1
      values += 1
      if (depth > maxDepth) return 'too-deep'
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1
    } else if (byte === 0x2c) {
      values += 1
      if (values > maxValues) return 'too-many-values'
    }
  }

  return undefined
}

/** Whether a value of JSON is an object. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member of an object itself, never one that every object has. */
export function memberOf(record: JsonRecord, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** A member that is a string that is not empty. */
export function textOf(record: JsonRecord, name: string): string | undefined {
  const value = memberOf(record, name)

  return typeof value === 'string' && value !== '' ? value : undefined
}

/** A member that is `true` or `false`. */
export function flagOf(record: JsonRecord, name: string): boolean | undefined {
  const value = memberOf(record, name)

  return typeof value === 'boolean' ? value : undefined
}

/** A member that is a whole number of JSON, or digits in a string, as a number. */
export function integerOf(record: JsonRecord, name: string): number | undefined {
  const digits = digitsOf(record, name, true)

  return digits === undefined ? undefined : Number(digits)
}

/**
 * A member that is a whole number, or digits in a string, as digits. Numbers of JSON beyond 2^53 have
 * lost digits already and are not taken.
 */
export function digitsOf(
  record: JsonRecord,
  name: string,
  isNegativeAllowed = false,
): string | undefined {
  const value = memberOf(record, name)
  const text = Number.isSafeInteger(value) ? String(value) : value
  if (typeof text !== 'string' || !/^-?\d{1,19}$/.test(text)) return undefined

  return text.startsWith('-') && !isNegativeAllowed ? undefined : text
}

/** A member that is an array, as its objects; others in it are passed over. */
export function recordsOf(record: JsonRecord, name: string): readonly JsonRecord[] {
  const value = memberOf(record, name)

  return Array.isArray(value) ? value.filter(isRecord) : []
}
