/**
 * Octet helpers and argument checks shared by this room.
 * @module
 */

/** Says what came instead of octets, without printing it: it may be secret. */
const describe = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'an array' : typeof value

/**
 * Checks that an argument is octets, of an exact length where one is given.
 * @throws TypeError when it is not a Uint8Array, RangeError when its length differs.
 */
export function assertOctets(
  value: unknown,
  name: string,
  byteLength?: number,
): asserts value is Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw new TypeError(`"${name}" expected Uint8Array, got ${describe(value)}`)
  }
  if (byteLength !== undefined && value.length !== byteLength) {
    throw new RangeError(`"${name}" expected ${byteLength} octets, got ${value.length}`)
  }
}

/** Reads octets as an unsigned number, most significant octet first. */
export function bigEndianToNumber(octets: Uint8Array): bigint {
  let hex = '0x0'
  for (const octet of octets) hex += octet.toString(16).padStart(2, '0')

  return BigInt(hex)
}

/** Reads octets as an unsigned number, least significant octet first. */
export function littleEndianToNumber(octets: Uint8Array): bigint {
  return bigEndianToNumber(octets.toReversed())
}

/** Writes an unsigned number into exactly `byteLength` octets, most significant first. */
export function numberToBigEndian(value: bigint, byteLength: number): Uint8Array {
  const hex = value.toString(16).padStart(byteLength * 2, '0')
  if (value < 0n || hex.length !== byteLength * 2) {
    throw new RangeError(`the number does not fit ${byteLength} octets`)
  }
  const octets = new Uint8Array(byteLength)
  for (let i = 0; i < byteLength; i++) {
    octets[i] = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)
  }

  return octets
}

/** Writes an unsigned number into exactly `byteLength` octets, least significant first. */
export function numberToLittleEndian(value: bigint, byteLength: number): Uint8Array {
  return numberToBigEndian(value, byteLength).reverse()
}

/** A view over octets that may be part of a larger buffer. */
export function viewOf(octets: Uint8Array): DataView {
  return new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
}

/** Joins octet strings. */
export function concatOctets(...parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }

  return joined
}

/** True when both are the same octets. Not constant-time: for public values only. */
export function equalOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, i) => octet === b[i])
}

/** True when both are the same octets; takes as long wherever they differ, for secrets and tags. */
export function isEqualSecret(a: Uint8Array, b: Uint8Array): boolean {
  let difference = a.length ^ b.length
  for (let i = 0; i < a.length; i++) difference |= (a[i] as number) ^ (b[i] ?? 0)

  return difference === 0
}

/** Reads hexadecimal text of whole octets, for the published constants and known answers in this room. */
export function octetsOfHex(hex: string): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(hex.length / 2)
  for (let i = 0; i < octets.length; i++) {
    octets[i] = (digitAt(hex, 2 * i) << 4) | digitAt(hex, 2 * i + 1)
  }

  return octets
}

/** 0-9 are 0x30-0x39, A-F and a-f are 0x41 and 0x61 onwards. */
function digitAt(hex: string, at: number): number {
  const code = hex.charCodeAt(at)

  return code < 0x40 ? code & 15 : (code & 15) + 9
}
