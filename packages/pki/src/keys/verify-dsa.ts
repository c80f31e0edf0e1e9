import { readDsaSignature } from './dsa-signature.ts'
import type { DsaParameters, DsaPublicKey, SubjectPublicKeyInfo } from './spki.ts'

const modPow = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) {
      result = (result * square) % modulus
    }
    square = (square * square) % modulus
  }
  return result
}

/** Inverse of `value` modulo a prime, by the extended Euclidean algorithm; `undefined` when none. */
const inverse = (value: bigint, modulus: bigint): bigint | undefined => {
  let [low, high] = [value % modulus, modulus]
  let [x, y] = [1n, 0n]
  while (low > 1n) {
    const quotient = high / low
    ;[low, high] = [high - quotient * low, low]
    ;[x, y] = [y - quotient * x, x]
  }
  return low === 1n ? ((x % modulus) + modulus) % modulus : undefined
}

const usable = new WeakMap<DsaPublicKey, boolean>()

/**
 * Does the key lie in the subgroup of its parameters: 1 < g, y < p and both of order q? A key y = 1
 * would let anybody sign (FIPS 186-4 §A.2.2, SP 800-89 §5.3.1). False without parameters.
 */
export const isDsaKeyUsable = (key: DsaPublicKey): boolean => {
  const known = usable.get(key)
  if (known !== undefined) {
    return known
  }
  const { parameters, y } = key
  const isInSubgroup = (value: bigint, { p, q }: DsaParameters): boolean =>
    value > 1n && value < p - 1n && modPow(value, q, p) === 1n
  const result =
    parameters !== null && isInSubgroup(parameters.g, parameters) && isInSubgroup(y, parameters)
  usable.set(key, result)
  return result
}

/** The leftmost bits of a digest, as many as q has (FIPS 186-4 §4.6). */
const leftmostBits = (digest: Uint8Array, bits: number): bigint => {
  let value = 0n
  for (const octet of digest) {
    value = (value << 8n) | BigInt(octet)
  }
  const excess = digest.length * 8 - bits
  return excess > 0 ? value >> BigInt(excess) : value
}

/**
 * DSA verification of FIPS 186-4 §4.7, for old certificates; nothing is ever signed with DSA here. The
 * numbers are public, so BigInt serves. False for everything that a hostile signature or key can be.
 */
export const verifyDsaDigest = (
  key: DsaPublicKey,
  { digest, signature }: { readonly digest: Uint8Array; readonly signature: Uint8Array },
): boolean => {
  const { parameters } = key
  const values = readDsaSignature(signature)
  if (parameters === null || values === undefined || !isDsaKeyUsable(key)) {
    return false
  }
  const { p, q, g } = parameters
  const { r, s } = values
  if (r < 1n || r >= q || s < 1n || s >= q) {
    return false
  }
  const w = inverse(s, q)
  if (w === undefined) {
    return false
  }
  const z = leftmostBits(digest, q.toString(2).length)
  const u1 = (z * w) % q
  const u2 = (r * w) % q
  return ((modPow(g, u1, p) * modPow(key.y, u2, p)) % p) % q === r
}

const inherited = new WeakMap<
  SubjectPublicKeyInfo,
  WeakMap<SubjectPublicKeyInfo, SubjectPublicKeyInfo>
>()

/**
 * The working public key of RFC 5280 §6.1.4 (d)–(f): a DSA key without parameters takes those of the
 * issuer's working key, where that is a DSA key as well. Every other key is returned as it is; the same
 * pair gives the same object, so that what was verified with it is remembered.
 */
export const inheritParameters = (
  spki: SubjectPublicKeyInfo,
  issuerSpki: SubjectPublicKeyInfo,
): SubjectPublicKeyInfo => {
  const { key } = spki
  const parameters = issuerSpki.key.type === 'dsa' ? issuerSpki.key.parameters : null
  if (key.type !== 'dsa' || key.parameters !== null || parameters === null) {
    return spki
  }
  const known = inherited.get(spki)?.get(issuerSpki)
  if (known !== undefined) {
    return known
  }
  const working: SubjectPublicKeyInfo = { ...spki, key: { ...key, parameters } }
  const ofSpki = inherited.get(spki) ?? new WeakMap<SubjectPublicKeyInfo, SubjectPublicKeyInfo>()
  inherited.set(spki, ofSpki.set(issuerSpki, working))
  return working
}

/** Is it a DSA key that waits for the parameters of its issuer? */
export const lacksParameters = ({ key }: SubjectPublicKeyInfo): boolean =>
  key.type === 'dsa' && key.parameters === null
