/**
 * The AssemblyScript that derives nonces of RFC 6979 section 3.2 with HMAC-Streebog in one place: what a key
 * gives is worked out once for the two messages that follow it. K, V and both states of the key stay in an
 * area of their own between calls, so that other hashes may run meanwhile.
 * @module
 */
import { STREEBOG } from '../../src/wasm/streebog-layout.ts'

export function nonceSource(): string {
  const { state, stateBytes, input, nonce } = STREEBOG
  const { value, key, inner, outer, seed, blank } = nonce

  return `
let nonceBytes: i32

/** Copies whole vectors: a call of \`memory.copy\` costs more than so few. */
function copyVectors(to: i32, from: i32, octets: i32): void {
  for (let i = 0; i < octets; i += 16) v128.store(to + i, v128.load(from + i))
}

function copyState(to: i32, from: i32): void {
  copyVectors(to, from, ${stateBytes - 8})
  store<u64>(to, load<u64>(from, ${stateBytes - 8}), ${stateBytes - 8})
}

/** The state after one block of the key with a pad (RFC 2104). */
function padKey(pad: u8, to: i32): void {
  const start = i8x16.splat(nonceBytes == 32 ? 1 : 0)
  for (let i = 0; i < 64; i += 16) {
    v128.store(i, start, ${state})
    v128.store(i, i64x2.splat(0), ${state + 64})
    v128.store(i, v128.xor(v128.load(i, ${key}), i8x16.splat(pad)), ${input})
  }
  store<u64>(${state + 128}, 0)
  takeBlocks(1)
  copyState(to, ${state})
}

/** Ends the hash that a key began over the octets at the start of the input area. */
function endHash(from: i32, octets: i32, to: i32): void {
  copyState(${state}, from)
  if (octets > 63) {
    takeBlocks(octets >> 6)
    memory.copy(${input}, ${input} + (octets & ~63), octets & 63)
  }
  finish(octets & 63)
  copyVectors(to, ${state + 64} - nonceBytes, nonceBytes)
}

/** \`to\` = HMAC_K(V and the octets that stand behind it in the input area). */
function hmac(to: i32, behind: i32): void {
  copyVectors(${input}, ${value}, nonceBytes)
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

/** Both states of the key of zeros, the same for every nonce of a size: worked out once. */
function startBlank(): void {
  const from = ${blank} + (nonceBytes == 32 ? 0 : ${2 * (outer - inner)})
  if (!load<u64>(from)) {
    padKey(0x36, from)
    padKey(0x5c, from + ${outer - inner})
  }
  copyState(${inner}, from)
  copyState(${outer}, from + ${outer - inner})
}

/** Steps b to g; the seed d || e || extra entropy stands at its place. */
export function startNonces(bytes: i32, seedBytes: i32): void {
  nonceBytes = bytes
  memory.fill(${key}, 0, 64)
  memory.fill(${value}, 1, 64)
  startBlank()
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
