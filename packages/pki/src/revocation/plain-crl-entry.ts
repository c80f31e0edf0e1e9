import { revocationReasons } from './types.ts'

/** SEQUENCE { SEQUENCE { reasonCode, OCTET STRING { ENUMERATED n } } } up to n, not critical. */
const reasonOnly = [0x30, 0x0c, 0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01]

const isReasonOnly = (bytes: Uint8Array, start: number): boolean =>
  reasonOnly.every((octet, index) => bytes[start + index] === octet) &&
  (revocationReasons[bytes[start + reasonOnly.length] ?? -1] ?? null) !== null

/** Two digits, or -1. */
const pair = (bytes: Uint8Array, at: number): number => {
  const tens = (bytes[at] ?? 0) - 0x30
  const units = (bytes[at + 1] ?? 0) - 0x30
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : -1
}

/** A UTCTime that is a real time in any year: days beyond the 28th are left to the full reader. */
const isPlainTime = (bytes: Uint8Array, start: number): boolean => {
  const month = pair(bytes, start + 4)
  const day = pair(bytes, start + 6)
  const hour = pair(bytes, start + 8)
  const minute = pair(bytes, start + 10)
  const second = pair(bytes, start + 12)
  return (
    bytes[start] === 0x17 &&
    bytes[start + 1] === 13 &&
    pair(bytes, start + 2) >= 0 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= 28 &&
    hour >= 0 &&
    hour <= 23 &&
    minute >= 0 &&
    minute <= 59 &&
    second >= 0 &&
    second <= 59 &&
    bytes[start + 14] === 0x5a
  )
}

/**
 * Is the entry of the plainest kind (number, time, at most a reason) and without fault? Lists of
 * hundreds of thousands are made of nothing else, and a full reading of each takes ten times as long.
 * `false` says nothing but that the full reader must look.
 */
export const isPlainCrlEntry = (
  bytes: Uint8Array,
  { contentStart, end }: { readonly contentStart: number; readonly end: number },
): { readonly hasExtensions: boolean } | false => {
  const length = bytes[contentStart + 1] ?? 0
  const first = bytes[contentStart + 2] ?? 0
  const second = bytes[contentStart + 3] ?? 0
  const isMinimal =
    length === 1 || !((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
  const timeStart = contentStart + 2 + length
  if (
    bytes[contentStart] !== 0x02 ||
    length < 1 ||
    length > 21 ||
    !isMinimal ||
    timeStart + 15 > end ||
    !isPlainTime(bytes, timeStart)
  ) {
    return false
  }
  const extensionsStart = timeStart + 15
  if (extensionsStart === end) {
    return { hasExtensions: false }
  }
  return extensionsStart + reasonOnly.length + 1 === end && isReasonOnly(bytes, extensionsStart)
    ? { hasExtensions: true }
    : false
}
