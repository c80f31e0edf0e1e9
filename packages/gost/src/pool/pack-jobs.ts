/**
 * What travels between the calling thread and a worker: one octet string for many signatures, which is
 * transferred and not copied. Numbers are little-endian, each as long as the curve has it.
 * @module
 */
import { type CurveName, curveOf } from '../curves.ts'
import { littleEndianToNumber, numberToLittleEndian } from '../octets.ts'
import { type SignDigestInput, signDigest } from '../sign-digest.ts'
import type { Signature } from '../signature.ts'
import { type VerifyDigestInput, verifyDigests } from '../verify-digest.ts'

export type PoolRequest = {
  readonly id: number
  readonly kind: 'verify' | 'sign'
  readonly curve: CurveName
  readonly octets: Uint8Array<ArrayBuffer>
}

/** Octets of the results in the order of the request, or what signing threw. */
export type PoolReply =
  | { readonly id: number; readonly octets: Uint8Array<ArrayBuffer> }
  | { readonly id: number; readonly rangeError: string }

const join = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }

  return joined
}

/** True for what a batch can hold; all else is for the calling thread to answer or refuse. */
export function canPack({ curve, publicKey, signature }: VerifyDigestInput): boolean {
  const { byteLength } = curveOf(curve)
  const limit = 1n << BigInt(8 * byteLength)
  const fits = (number: bigint): boolean => number >= 0n && number < limit

  return (
    publicKey.length === 2 * byteLength &&
    signature.byteLength === byteLength &&
    fits(signature.r) &&
    fits(signature.s)
  )
}

/** x || y, digest, r, s of each. */
export function packVerify(inputs: readonly VerifyDigestInput[]): Uint8Array<ArrayBuffer> {
  return join(
    inputs.flatMap(({ publicKey, digest, signature: { byteLength, r, s } }) => [
      publicKey,
      digest,
      numberToLittleEndian(r, byteLength),
      numberToLittleEndian(s, byteLength),
    ]),
  )
}

/** d, digest, the length of the entropy in four octets (all ones: none), the entropy. */
export function packSign(inputs: readonly SignDigestInput[]): Uint8Array<ArrayBuffer> {
  return join(
    inputs.flatMap(({ privateKey, digest, extraEntropy }) => [
      privateKey,
      digest,
      numberToLittleEndian(BigInt(extraEntropy?.length ?? NO_ENTROPY), 4),
      extraEntropy ?? new Uint8Array(0),
    ]),
  )
}

const NO_ENTROPY = 0xffffffff

export function unpackVerified(octets: Uint8Array): readonly boolean[] {
  return Array.from(octets, (octet) => octet === 1)
}

export function unpackSignatures(byteLength: 32 | 64, octets: Uint8Array): readonly Signature[] {
  const read = cutter(octets)
  const signatures: Signature[] = []
  while (read.isLeft()) {
    const r = littleEndianToNumber(read.next(byteLength))
    signatures.push({ byteLength, r, s: littleEndianToNumber(read.next(byteLength)) })
  }

  return signatures
}

/** The worker's half: the same functions that the calling thread would use. */
export function answerRequest({ id, kind, curve, octets }: PoolRequest): PoolReply {
  try {
    return { id, octets: kind === 'verify' ? verifyAll(curve, octets) : signAll(curve, octets) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error

    return { id, rangeError: error.message }
  } finally {
    octets.fill(0)
  }
}

function verifyAll(curve: CurveName, octets: Uint8Array): Uint8Array<ArrayBuffer> {
  const { byteLength } = curveOf(curve)
  const read = cutter(octets)
  const inputs: VerifyDigestInput[] = []
  while (read.isLeft()) {
    const publicKey = read.next(2 * byteLength)
    const digest = read.next(byteLength)
    const r = littleEndianToNumber(read.next(byteLength))
    const s = littleEndianToNumber(read.next(byteLength))
    inputs.push({ curve, publicKey, digest, signature: { byteLength, r, s } })
  }

  return Uint8Array.from(verifyDigests(inputs), (isRight) => (isRight ? 1 : 0))
}

function signAll(curve: CurveName, octets: Uint8Array): Uint8Array<ArrayBuffer> {
  const { byteLength } = curveOf(curve)
  const read = cutter(octets)
  const signatures: Uint8Array[] = []
  while (read.isLeft()) {
    const privateKey = read.next(byteLength)
    const digest = read.next(byteLength)
    const entropyBytes = Number(littleEndianToNumber(read.next(4)))
    const { r, s } = signDigest({
      curve,
      privateKey,
      digest,
      ...(entropyBytes === NO_ENTROPY ? {} : { extraEntropy: read.next(entropyBytes) }),
    })
    signatures.push(numberToLittleEndian(r, byteLength), numberToLittleEndian(s, byteLength))
  }

  return join(signatures)
}

/** Reads one part after the other. */
function cutter(octets: Uint8Array) {
  let at = 0

  return {
    isLeft: (): boolean => at < octets.length,
    next: (byteLength: number): Uint8Array => {
      const part = octets.subarray(at, at + byteLength)
      at += byteLength

      return part
    },
  }
}
