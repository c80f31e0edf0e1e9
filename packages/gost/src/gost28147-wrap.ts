/**
 * Key wrap of RFC 4357 section 6: the keys of old Russian containers and CMS EnvelopedData.
 * @module
 */
import {
  decryptGost28147Ecb,
  encryptGost28147Cfb,
  encryptGost28147Ecb,
  type Gost28147Key,
} from './gost28147.ts'
import { CIPHER_KEY_BYTES } from './gost28147-core.ts'
import { macGost28147 } from './gost28147-mac.ts'
import type { Gost28147Sbox } from './gost28147-sboxes.ts'
import { assertOctets, concatOctets, isEqualSecret, viewOf } from './octets.ts'

const UKM_BYTES = 8
const TAG_BYTES = 4

/** A key encryption key with its substitution, and the user keying material of this wrap. */
export type WrapGost28147Options = Gost28147Key & {
  /** 8 octets. */
  readonly ukm: Uint8Array
}

/**
 * Diversifies a key by 8 octets of user keying material, RFC 4357 section 6.5: a new key of 32 octets.
 * @throws RangeError when the key is not 32 or the material not 8 octets.
 */
export function diversifyKeyCryptoPro({ key, sbox, ukm }: WrapGost28147Options): Uint8Array {
  assertOctets(key, 'key', CIPHER_KEY_BYTES)
  assertOctets(ukm, 'ukm', UKM_BYTES)
  let current = Uint8Array.from(key)
  for (const octet of ukm) {
    const words = viewOf(current)
    let chosen = 0
    let others = 0
    for (let j = 0; j < 8; j++) {
      const word = words.getInt32(4 * j, true)
      const isChosen = -((octet >>> j) & 1)
      chosen = (chosen + (word & isChosen)) | 0
      others = (others + (word & ~isChosen)) | 0
    }
    const iv = new Uint8Array(8)
    viewOf(iv).setInt32(0, chosen, true)
    viewOf(iv).setInt32(4, others, true)
    const next = Uint8Array.from(encryptGost28147Cfb(current, { key: current, sbox, iv }))
    current.fill(0)
    current = next
  }

  return current
}

/**
 * GOST 28147-89 key wrap, RFC 4357 section 6.1, of any key of whole blocks (a private key of 64 octets
 * too, as CryptoPro writes it): UKM, encrypted key, imitovstavka.
 * @throws RangeError when a length is wrong.
 */
export function wrapKeyGost28147(secret: Uint8Array, options: WrapGost28147Options): Uint8Array {
  assertOctets(options.ukm, 'ukm', UKM_BYTES)

  return concatOctets(
    options.ukm,
    encryptGost28147Ecb(secret, options),
    macGost28147(secret, { ...options, iv: options.ukm }),
  )
}

/**
 * Unwraps what `wrapKeyGost28147` makes, RFC 4357 section 6.2.
 * @returns the key, or `undefined` when the imitovstavka is not right: another key encryption key, or
 *   a damaged wrap.
 * @throws RangeError when the wrap has an impossible length.
 */
export function unwrapKeyGost28147(wrapped: Uint8Array, key: Gost28147Key): Uint8Array | undefined {
  assertOctets(wrapped, 'wrapped')
  const end = wrapped.length - TAG_BYTES
  if (end - UKM_BYTES < CIPHER_KEY_BYTES || (end - UKM_BYTES) % 8 !== 0) {
    throw new RangeError('"wrapped" has an impossible length')
  }
  const secret = decryptGost28147Ecb(wrapped.subarray(UKM_BYTES, end), key)
  const tag = macGost28147(secret, { ...key, iv: wrapped.subarray(0, UKM_BYTES) })
  if (isEqualSecret(tag, wrapped.subarray(end))) return secret
  secret.fill(0)

  return undefined
}

/**
 * CryptoPro key wrap, RFC 4357 section 6.3: as `wrapKeyGost28147` under the diversified key.
 * @throws RangeError when a length is wrong.
 */
export function wrapKeyCryptoPro(secret: Uint8Array, options: WrapGost28147Options): Uint8Array {
  const key = diversifyKeyCryptoPro(options)
  const wrapped = wrapKeyGost28147(secret, { ...options, key })
  key.fill(0)

  return wrapped
}

/**
 * Unwraps what `wrapKeyCryptoPro` makes, RFC 4357 section 6.4.
 * @returns the key, or `undefined` when the imitovstavka is not right.
 * @throws RangeError when the wrap has an impossible length.
 */
export function unwrapKeyCryptoPro(
  wrapped: Uint8Array,
  { key, sbox }: { readonly key: Uint8Array; readonly sbox: Gost28147Sbox },
): Uint8Array | undefined {
  assertOctets(wrapped, 'wrapped')
  if (wrapped.length < UKM_BYTES) throw new RangeError('"wrapped" has an impossible length')
  const diversified = diversifyKeyCryptoPro({ key, sbox, ukm: wrapped.subarray(0, UKM_BYTES) })
  const secret = unwrapKeyGost28147(wrapped, { key: diversified, sbox })
  diversified.fill(0)

  return secret
}
