/**
 * What both sides work on, the same octets in engine-peer.c.
 * @module
 */
export const MESSAGES = 64
export const MESSAGE_BYTES = 65_536
/** Keys, and so signatures, of one row: four times as many as the package keeps tables of, so that none helps. */
export const KEYS = 256
export const BATCH = 64

export function messageOf(m: number): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(MESSAGE_BYTES)
  for (let j = 0; j < MESSAGE_BYTES; j++) message[j] = m * 131 + j * 7 + (j >> 8)

  return message
}

export function digestOf(key: number, byteLength: number): Uint8Array<ArrayBuffer> {
  const digest = new Uint8Array(byteLength)
  for (let j = 0; j < byteLength; j++) digest[j] = (key + 1) * 37 + j * 11 + ((key * j) >> 3)

  return digest
}
