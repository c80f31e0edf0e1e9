/**
 * OMAC of GOST R 34.13-2015 (section 5.6) and OMAC-ACPKM of RFC 8645.
 * @module
 */
import { BLOCK_BYTES, startBlockCipher } from './block-cipher.ts'
import { type BlockCipherKey, cryptCtrAcpkm } from './gost3413.ts'
import { CIPHER_KEY_BYTES } from './gost28147-core.ts'
import { assertOctets } from './octets.ts'

/** The constant B_n: the low part of the polynomial of the field. */
const REDUCTION = { 8: 0x1b, 16: 0x87 } as const

/** The next auxiliary key: the block times x, most significant bit first; no branch on its bits. */
const double = (block: Uint8Array, blockBytes: 8 | 16): Uint8Array => {
  const doubled = new Uint8Array(blockBytes)
  let carry = 0
  for (let i = blockBytes - 1; i >= 0; i--) {
    const octet = block[i] as number
    doubled[i] = (octet << 1) | carry
    carry = octet >>> 7
  }
  const last = blockBytes - 1
  doubled[last] = (doubled[last] as number) ^ (REDUCTION[blockBytes] & -carry)

  return doubled
}

const xorInto = (state: Uint8Array, other: Uint8Array): void => {
  for (let i = 0; i < other.length; i++) state[i] = (state[i] as number) ^ (other[i] as number)
}

/**
 * One loop for both: `sectionOf` gives the key of a section and, for the last block, the auxiliary
 * block K1, doubled for K2.
 */
const mac = (
  octets: Uint8Array,
  {
    cipher,
    sectionBytes,
    sectionOf,
  }: {
    readonly cipher: BlockCipherKey['cipher']
    readonly sectionBytes: number
    readonly sectionOf: (section: number) => { readonly key: Uint8Array; readonly k1: Uint8Array }
  },
): Uint8Array => {
  assertOctets(octets, 'octets')
  const blockBytes = BLOCK_BYTES[cipher]
  const state = new Uint8Array(blockBytes)
  let section = sectionOf(0)
  let blockCipher = startBlockCipher(cipher, section.key)
  // The last block, whole or not, is treated apart; the empty message is one block that is not whole.
  const lastAt = Math.max(0, Math.ceil(octets.length / blockBytes) - 1) * blockBytes
  for (let at = 0; at <= lastAt; at += blockBytes) {
    if (at > 0 && at % sectionBytes === 0) {
      blockCipher.wipe()
      section = sectionOf(at / sectionBytes)
      blockCipher = startBlockCipher(cipher, section.key)
    }
    const piece = octets.subarray(at, at + blockBytes)
    xorInto(state, piece)
    if (at === lastAt) {
      const isWhole = piece.length === blockBytes
      if (!isWhole) state[piece.length] = (state[piece.length] as number) ^ 0x80
      xorInto(state, isWhole ? section.k1 : double(section.k1, blockBytes))
    }
    blockCipher.encrypt(state)
  }
  blockCipher.wipe()

  return state
}

/**
 * OMAC (CMAC), GOST R 34.13-2015 section 5.6: a whole block; take its first octets where a format
 * wants a shorter tag. Compare in constant time.
 * @throws RangeError when the key is not 32 octets.
 */
export function omac(octets: Uint8Array, { cipher, key }: BlockCipherKey): Uint8Array {
  const blockBytes = BLOCK_BYTES[cipher]
  const start = startBlockCipher(cipher, key)
  const r = new Uint8Array(blockBytes)
  start.encrypt(r)
  start.wipe()

  return mac(octets, {
    cipher,
    sectionBytes: Number.POSITIVE_INFINITY,
    sectionOf: () => ({ key, k1: double(r, blockBytes) }),
  })
}

/** What `omacAcpkm` needs. */
export type OmacAcpkmOptions = BlockCipherKey & {
  /** Octets of the message under one section key: whole blocks. */
  readonly sectionBytes: number
  /** Octets of key material that the master key gives before it changes (T* of RFC 8645). */
  readonly masterBytes: number
}

/**
 * OMAC with key material from ACPKM-Master, RFC 8645 section 6.3.6: a whole block.
 * @throws RangeError when a length is wrong.
 */
export function omacAcpkm(octets: Uint8Array, options: OmacAcpkmOptions): Uint8Array {
  assertOctets(octets, 'octets')
  const { cipher, key, sectionBytes, masterBytes } = options
  const blockBytes = BLOCK_BYTES[cipher]
  if (!Number.isSafeInteger(sectionBytes) || sectionBytes <= 0 || sectionBytes % blockBytes !== 0) {
    throw new RangeError('"sectionBytes" expected whole blocks')
  }
  const sectionMaterial = CIPHER_KEY_BYTES + blockBytes
  const sections = Math.max(1, Math.ceil(octets.length / sectionBytes))
  // ACPKM-Master (RFC 8645 section 6.3.1): the gamma of CTR-ACPKM from the vector of half ones.
  const material = cryptCtrAcpkm(new Uint8Array(sections * sectionMaterial), {
    cipher,
    key,
    iv: new Uint8Array(blockBytes / 2).fill(0xff),
    sectionBytes: masterBytes,
  })
  const tag = mac(octets, {
    cipher,
    sectionBytes,
    sectionOf: (section) => {
      const own = material.subarray(section * sectionMaterial, (section + 1) * sectionMaterial)

      return { key: own.subarray(0, CIPHER_KEY_BYTES), k1: own.subarray(CIPHER_KEY_BYTES) }
    },
  })
  material.fill(0)

  return tag
}
