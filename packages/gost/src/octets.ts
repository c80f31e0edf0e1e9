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
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length)
  const words = octets.length - (octets.length % 8)
  let value = 0n
  for (let i = 0; i < words; i += 8) value = (value << 64n) | view.getBigUint64(i)
  for (let i = words; i < octets.length; i++) value = (value << 8n) | BigInt(octets[i] as number)

  return value
}

/** Reads octets as an unsigned number, least significant octet first. */
export function littleEndianToNumber(octets: Uint8Array): bigint {
  return bigEndianToNumber(octets.toReversed())
}

/** Writes an unsigned number into exactly `byteLength` octets, most significant first. */
export function numberToBigEndian(value: bigint, byteLength: number): Uint8Array {
  if (value < 0n || value >> BigInt(8 * byteLength) !== 0n) {
    throw new RangeError(`the number does not fit ${byteLength} octets`)
  }
  const octets = new Uint8Array(byteLength)
  const view = new DataView(octets.buffer)
  let rest = value
  let end = byteLength
  for (; end >= 8; end -= 8) {
    // What is above 64 bits is left away.
    view.setBigUint64(end - 8, rest)
    rest >>= 64n
  }
  for (; end > 0; end--) {
    octets[end - 1] = Number(rest & 255n)
    rest >>= 8n
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

/** True when a < b, both most significant octet first and of one length, by the same steps for every a. */
export function isBelowSecret(a: Uint8Array, b: Uint8Array): boolean {
  let borrow = 0
  for (let i = a.length - 1; i >= 0; i--) {
    borrow = (((a[i] as number) - (b[i] as number) - borrow) >> 8) & 1
  }

  return borrow === 1
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
