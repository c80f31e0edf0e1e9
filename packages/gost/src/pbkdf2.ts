import { createHmacGost94 } from './hmac-gost94.ts'
import { createHmacStreebog256, createHmacStreebog512 } from './hmac-streebog.ts'
import { assertOctets } from './octets.ts'
import { chainHmacStreebog } from './pbkdf2-streebog.ts'
import type { Hasher } from './streebog-core.ts'

/** Pseudo-random functions of GOST PBKDF2: HMAC over each hash. */
export type GostPrf = 'hmac-streebog-256' | 'hmac-streebog-512' | 'hmac-gost94'

/** What `pbkdf2Gost` needs. */
export type Pbkdf2GostInput = {
  readonly prf: GostPrf
  /** Octets of the password: UTF-8 in RFC 9337 and RFC 9548. */
  readonly password: Uint8Array
  readonly salt: Uint8Array
  /** 1 or more: bound it where it comes from a file. */
  readonly iterations: number
  /** Octets wanted. */
  readonly byteLength: number
}

const STARTS: Readonly<Record<GostPrf, (key: Uint8Array) => Hasher>> = {
  'hmac-streebog-256': createHmacStreebog256,
  'hmac-streebog-512': createHmacStreebog512,
  'hmac-gost94': (key) => createHmacGost94(key, { sbox: 'cryptopro' }),
}

const chain = (input: {
  readonly prf: GostPrf
  readonly password: Uint8Array
  readonly first: Uint8Array
  readonly iterations: number
}): Uint8Array => {
  const { prf, password, first, iterations } = input
  if (prf !== 'hmac-gost94') {
    const byteLength = prf === 'hmac-streebog-256' ? 32 : 64

    return chainHmacStreebog({ byteLength, password, first, iterations })
  }
  let u = first
  const sum = Uint8Array.from(first)
  for (let i = 1; i < iterations; i++) {
    u = STARTS[prf](password).update(u).digest()
    for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] as number) ^ (u[k] as number)
  }

  return sum
}

/**
 * PBKDF2 (RFC 8018 section 5.2) over a GOST hash: RFC 9337 section 4 for Streebog, R 50.1.111-2016;
 * over GOST R 34.11-94 with the CryptoPro substitution for older stores.
 * @throws RangeError when the count of iterations or the length is not a positive integer.
 */
export function pbkdf2Gost(input: Pbkdf2GostInput): Uint8Array {
  const { prf, password, salt, iterations, byteLength } = input
  assertOctets(password, 'password')
  assertOctets(salt, 'salt')
  if (!Number.isSafeInteger(iterations) || iterations < 1) {
    throw new RangeError('"iterations" expected a positive integer')
  }
  if (!Number.isSafeInteger(byteLength) || byteLength < 1) {
    throw new RangeError('"byteLength" expected a positive integer')
  }
  if (!Object.hasOwn(STARTS, prf)) throw new RangeError('"prf" is not known')
  const start = STARTS[prf]
  const derived = new Uint8Array(byteLength)
  const index = new Uint8Array(4)
  for (let block = 1, at = 0; at < byteLength; block++) {
    new DataView(index.buffer).setUint32(0, block)
    const first = start(password).update(salt).update(index).digest()
    const sum = chain({ prf, password, first, iterations })
    derived.set(sum.subarray(0, byteLength - at), at)
    at += sum.length
    sum.fill(0)
  }

  return derived
}
