/**
 * Key export KExp15 and import KImp15 of R 1323565.1.017-2018 (RFC 9189 section 8.2.1): key transport
 * in CMS with Magma and Kuznyechik.
 * @module
 */
import { BLOCK_BYTES, type BlockCipherName } from './block-cipher.ts'
import { cryptCtr } from './gost3413.ts'
import { assertOctets, concatOctets, isEqualSecret } from './octets.ts'
import { omac } from './omac.ts'

/** Keys and start vector of an export. */
export type Kexp15Options = {
  readonly cipher: BlockCipherName
  /** K_Exp_MAC, 32 octets. */
  readonly macKey: Uint8Array
  /** K_Exp_ENC, 32 octets. */
  readonly encryptionKey: Uint8Array
  /** Half a block. */
  readonly iv: Uint8Array
}

/**
 * Exports a key: the key and the OMAC over start vector and key, encrypted in counter mode.
 * @throws RangeError when a length is wrong.
 */
export function kexp15(secret: Uint8Array, options: Kexp15Options): Uint8Array {
  const { cipher, macKey, encryptionKey, iv } = options
  assertOctets(secret, 'secret')
  const tag = omac(concatOctets(iv, secret), { cipher, key: macKey })

  return cryptCtr(concatOctets(secret, tag), { cipher, key: encryptionKey, iv })
}

/**
 * Imports what `kexp15` exports.
 * @returns the key, or `undefined` when the tag is not right.
 * @throws RangeError when a length is wrong.
 */
export function kimp15(exported: Uint8Array, options: Kexp15Options): Uint8Array | undefined {
  const { cipher, macKey, encryptionKey, iv } = options
  assertOctets(exported, 'exported')
  const end = exported.length - BLOCK_BYTES[cipher]
  if (end <= 0) throw new RangeError('"exported" has an impossible length')
  const plain = cryptCtr(exported, { cipher, key: encryptionKey, iv })
  const secret = plain.slice(0, end)
  const tag = omac(concatOctets(iv, secret), { cipher, key: macKey })
  const isRight = isEqualSecret(tag, plain.subarray(end))
  plain.fill(0)
  if (isRight) return secret
  secret.fill(0)

  return undefined
}
