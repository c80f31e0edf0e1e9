import { checkCurves } from './check-curves.ts'
import type { Check } from './curve-instance.ts'
import { type CurveName, type CurveParameters, curveOf } from './curves.ts'
import { digestNumber } from './digest-number.ts'
import { loadCompleteCurve, loadCurve } from './load-curve.ts'
import { assertOctets } from './octets.ts'
import { readPublicPoint } from './public-key.ts'
import type { Signature } from './signature.ts'
import { verifyWithPoint } from './verify-core.ts'

/** What `verifyDigest` needs. */
export type VerifyDigestInput = {
  readonly curve: CurveName
  /** Octets x || y, each little-endian; 64 or 128. */
  readonly publicKey: Uint8Array
  /** The digest octets as the hash emits them; 32 or 64, as the curve has. */
  readonly digest: Uint8Array
  /** From `decodeSignature` of the country. */
  readonly signature: Signature
}

/**
 * Says whether a signature over a digest holds: GOST R 34.10-2012, RFC 7091 section 6.2.
 *
 * False, never an error, for everything hostile that a key or a signature can hold: r or s zero, not
 * below q or of another size of curve; a key of the wrong length, with coordinates not below p, off
 * the curve or of small order (`checkPublicKey` tells which). Time depends on the input: all of it
 * is public.
 *
 * @throws RangeError when the digest is not as long as the curve asks: the caller joined a key with
 *   the wrong hash, which is to be refused before, by the algorithm identifiers.
 */
export function verifyDigest(input: VerifyDigestInput): boolean {
  const curve = curveOf(input.curve)
  const check = readCheck(curve, input)
  if (check === undefined) return false

  return (
    loadCurve(input.curve, 'verify')?.verify(check) ?? verifyCompletely(curve, { input, check })
  )
}

/**
 * Says of many signatures at once which hold, in the order given: the same answers as `verifyDigest`
 * one by one, faster where many are on the same curve.
 * @throws RangeError as `verifyDigest` does, for the first such input.
 */
export function verifyDigests(inputs: readonly VerifyDigestInput[]): boolean[] {
  const answers = inputs.map(() => false)
  const groups = new Map<CurveName, { readonly at: number; readonly check: Check }[]>()
  for (const [at, input] of inputs.entries()) {
    const check = readCheck(curveOf(input.curve), input)
    if (check === undefined) continue
    const group = groups.get(input.curve)
    if (group === undefined) groups.set(input.curve, [{ at, check }])
    else group.push({ at, check })
  }
  for (const [name, group] of groups) {
    const instance = loadCurve(name, 'verify')
    const size = instance?.batchSize ?? group.length
    for (let first = 0; first < group.length; first += size) {
      const part = group.slice(first, first + size)
      const found = instance?.verifyBatch(part.map(({ check }) => check)) ?? []
      for (const [i, { at, check }] of part.entries()) {
        const input = inputs[at]
        if (input === undefined) continue
        answers[at] = found[i] ?? verifyCompletely(curveOf(name), { input, check })
      }
    }
  }

  return answers
}

/** Checks the arguments; undefined where sizes and ranges alone make the signature false. */
function readCheck(curve: CurveParameters, input: VerifyDigestInput): Check | undefined {
  const { publicKey, digest, signature } = input
  assertOctets(digest, 'digest', curve.byteLength)
  assertOctets(publicKey, 'publicKey')
  const { r, s, byteLength } = signature
  if (byteLength !== curve.byteLength || publicKey.length !== 2 * byteLength) return undefined
  if (r <= 0n || r >= curve.q || s <= 0n || s >= curve.q) return undefined

  return { publicKey, digest, r, s }
}

/** By formulas that answer every case, in WebAssembly or, where there is none, in TypeScript. */
function verifyCompletely(
  curve: CurveParameters,
  { input, check }: { readonly input: VerifyDigestInput; readonly check: Check },
): boolean {
  const answer = loadCompleteCurve(curve.name)?.verify(check)
  if (answer !== undefined) return answer
  checkCurves(curve.byteLength)
  const key = readPublicPoint(curve.name, input.publicKey)
  const e = digestNumber(curve, input.digest)

  return key.ok && verifyWithPoint(curve, { point: key.point, e, signature: input.signature })
}
