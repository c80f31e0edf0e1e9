import { concatOctets } from '../asn1/bytes.ts'

/** Fills up to whole blocks as RFC 8018 §6.1.1 says: n octets of the value n, at least one. */
export const padBlocks = (octets: Uint8Array, blockBytes: number): Uint8Array => {
  const count = blockBytes - (octets.length % blockBytes)
  return concatOctets(octets, new Uint8Array(count).fill(count))
}

/** Takes that filling away again; `undefined` when there is none of this form. */
export const unpadBlocks = (octets: Uint8Array, blockBytes: number): Uint8Array | undefined => {
  const count = octets.at(-1) ?? 0
  const padding = octets.subarray(-count)
  return count < 1 || count > blockBytes || padding.some((octet) => octet !== count)
    ? undefined
    : octets.subarray(0, octets.length - count)
}
