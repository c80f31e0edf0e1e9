/**
 * The AssemblyScript that derives nonces of RFC 6979 section 3.2 with HMAC-Streebog in one place: what a key
 * gives is worked out once for the two messages that follow it. K, V and both states of the key stay in an
 * area of their own between calls, so that other hashes may run meanwhile.
 * @module
 */
import { STREEBOG } from '../../src/wasm/streebog-layout.ts'

export function nonceSource(): string {
  const { state, stateBytes, input, nonce } = STREEBOG
  const { value, key, inner, outer, seed } = nonce

  return `
let nonceBytes: i32 = 0

/** The state after one block of the key with a pad (RFC 2104). */
function padKey(pad: u8, to: i32): void {
  memory.fill(${state}, 0, ${stateBytes})
  if (nonceBytes == 32) memory.fill(${state}, 1, 64)
  for (let i = 0; i < 64; i++) store<u8>(i, load<u8>(i, ${key}) ^ pad, ${input})
  takeBlocks(1)
  memory.copy(to, ${state}, ${stateBytes})
}

/** Ends the hash that a key began over the octets at the start of the input area. */
function endHash(from: i32, octets: i32, to: i32): void {
  memory.copy(${state}, from, ${stateBytes})
  takeBlocks(octets >> 6)
  memory.copy(${input}, ${input} + (octets & ~63), octets & 63)
  finish(octets & 63)
  memory.copy(to, ${state + 64} - nonceBytes, nonceBytes)
}

/** \`to\` = HMAC_K(V and the octets that stand behind it in the input area). */
function hmac(to: i32, behind: i32): void {
  memory.copy(${input}, ${value}, nonceBytes)
  endHash(${inner}, nonceBytes + behind, ${input})
  endHash(${outer}, nonceBytes, to)
}

/** K = HMAC_K(V || octet || the seed), V = HMAC_K(V). */
function stepNonce(octet: u8, seedBytes: i32): void {
  store<u8>(${input} + nonceBytes, octet)
  memory.copy(${input + 1} + nonceBytes, ${seed}, seedBytes)
  hmac(${key}, 1 + seedBytes)
  padKey(0x36, ${inner})
  padKey(0x5c, ${outer})
  hmac(${value}, 0)
}

/** Steps b to g; the seed d || e || extra entropy stands at its place. */
export function startNonces(bytes: i32, seedBytes: i32): void {
  nonceBytes = bytes
  memory.fill(${key}, 0, 64)
  memory.fill(${value}, 1, 64)
  padKey(0x36, ${inner})
  padKey(0x5c, ${outer})
  stepNonce(0, seedBytes)
  stepNonce(1, seedBytes)
}

/** Step h: the next candidate is V. */
export function nextNonce(): void {
  hmac(${value}, 0)
}

/** Step h, when the candidate was of no use. */
export function skipNonce(): void {
  stepNonce(0, 0)
}

/** Overwrites all that tells of the nonce. */
export function endNonces(): void {
  memory.fill(${value}, 0, ${nonce.end - nonce.value})
  memory.fill(${state}, 0, ${stateBytes})
  memory.fill(${input}, 0, ${nonce.seedBytes + 256})
}
`
}
