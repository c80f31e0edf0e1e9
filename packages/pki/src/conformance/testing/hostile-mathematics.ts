import { type CurveName, curves, encodeSignature } from '@muhr/gost'
import { concatOctets, der } from '../../asn1/index.ts'
import { encodeGostSpki, parseSpki, type SubjectPublicKeyInfo } from '../../keys/index.ts'
import { testNotAfter, testNotBefore } from '../../verify/testing/test-pki.ts'
import { buildCertificate, buildName, extension } from '../../x509/index.ts'
import type { HostileProfile } from './hostile-profile.ts'
import type { HostileSample } from './hostile-sample.ts'

const littleEndian = (value: bigint, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn))

const modulo = (value: bigint, p: bigint): bigint => ((value % p) + p) % p

const power = (base: bigint, exponent: bigint, p: bigint): bigint => {
  let result = 1n
  let square = modulo(base, p)
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) {
      result = (result * square) % p
    }
    square = (square * square) % p
  }
  return result
}

type Point = { readonly x: bigint; readonly y: bigint } | null

const add = (left: Point, right: Point, { p, a }: { p: bigint; a: bigint }): Point => {
  if (left === null || right === null) {
    return left ?? right
  }
  if (left.x === right.x && modulo(left.y + right.y, p) === 0n) {
    return null
  }
  const [up, down] =
    left.x === right.x
      ? [3n * left.x * left.x + a, 2n * left.y]
      : [right.y - left.y, right.x - left.x]
  const slope = modulo(up * power(down, p - 2n, p), p)
  const x = modulo(slope * slope - left.x - right.x, p)
  return { x, y: modulo(slope * (left.x - x) - left.y, p) }
}

const multiply = (point: Point, factor: bigint, curve: { p: bigint; a: bigint }): Point => {
  let result: Point = null
  let base = point
  for (let rest = factor; rest > 0n; rest >>= 1n) {
    if (rest & 1n) {
      result = add(result, base, curve)
    }
    base = add(base, base, curve)
  }
  return result
}

/** Square root modulo p, for p of 3 or of 5 modulo 8. */
const squareRoot = (value: bigint, p: bigint): bigint | undefined => {
  const v = modulo(value, p)
  const root =
    p % 4n === 3n
      ? power(v, (p + 1n) / 4n, p)
      : (() => {
          const first = power(v, (p + 3n) / 8n, p)
          return modulo(first * first, p) === v
            ? first
            : modulo(first * power(2n, (p - 1n) / 4n, p), p)
        })()
  return modulo(root * root, p) === v ? root : undefined
}

/** The point of order 4 or less that a curve of cofactor 4 has: q times a point of the whole group. */
const smallPoint = (name: CurveName): Exclude<Point, null> => {
  const { p, a, b, q } = curves[name]
  for (let x = 1n; x < 200n; x += 1n) {
    const y = squareRoot(x * x * x + a * x + b, p)
    const small = y === undefined ? null : multiply({ x, y }, q, { p, a })
    if (small !== null) {
      return small
    }
  }
  throw new Error(`${name} has no point of small order`)
}

/** Hostile mathematics of one profile: row "Mathematics" of crypto.md §6. */
export const hostileMathematics = async (
  profile: HostileProfile,
  curve: CurveName,
): Promise<readonly HostileSample[]> => {
  const { pki, container, attributes, verified, country } = profile
  const { signer, authority } = pki
  const { q, p, byteLength, cofactor } = curves[curve]
  const twin = verified(container())
  const tbs = der.setOf(...Object.values(attributes))
  const right = signer.key.sign(tbs)
  const first = right.subarray(0, byteLength)
  const second = right.subarray(byteLength)
  const encode = (r: bigint, s: bigint) => encodeSignature(country, { byteLength, r, s })
  const top = (1n << BigInt(8 * byteLength)) - 1n
  const values: readonly (readonly [name: string, signature: Uint8Array])[] = [
    ['r = 0', encode(0n, 1n)],
    ['s = 0', encode(1n, 0n)],
    ['r = s = 0', encode(0n, 0n)],
    ['r = q', encode(q, 1n)],
    ['s = q', encode(1n, q)],
    ['r and s as large as the octets allow', encode(top, top)],
    ['r = s = 1', encode(1n, 1n)],
    ['an octet too few', right.subarray(0, -1)],
    ['an octet too many', concatOctets(right, Uint8Array.of(0))],
    ['a zero before', concatOctets(Uint8Array.of(0), right)],
    ['half of it', first],
    ['of the other size of curve', concatOctets(right, right)],
    ['its halves swapped', concatOctets(second, first)],
    ['all octets in reverse, as another country writes them', right.toReversed()],
    ['each half in reverse', concatOctets(first.toReversed(), second.toReversed())],
    ['as DER, in the way of ECDSA', der.sequence(der.octets(first), der.octets(second))],
    ['with its last bit flipped', right.with(-1, (right.at(-1) ?? 0) ^ 1)],
    ['with its first bit flipped', right.with(0, (right[0] ?? 0) ^ 0x80)],
  ]

  const { key } = signer.certificate.spki
  const parameters = key.type === 'gost' ? [key.parameterSet] : []
  const point = key.type === 'gost' ? key.point : new Uint8Array()
  const { keyOid } = signer.key.scheme
  const spkiOf = (octets: Uint8Array): SubjectPublicKeyInfo =>
    parseSpki(encodeGostSpki({ keyOid, parameters, point: octets }))
  const raw = (...parts: readonly Uint8Array[]) => ({ bytes: der.sequence(...parts) })
  const algorithm = (parametersNode: Uint8Array) => der.sequence(der.oid(keyOid), parametersNode)
  const named = der.sequence(...parameters.map(der.oid))
  const bits = (octets: Uint8Array) => der.bits(der.octets(octets))
  const x = point.subarray(0, byteLength)
  const y = point.subarray(byteLength)
  const small = cofactor === 1 ? undefined : smallPoint(curve)
  const keys: readonly (readonly [name: string, spki: { bytes: Uint8Array }, code: string])[] = [
    [
      'off its curve by a bit',
      spkiOf(point.with(0, (point[0] ?? 0) ^ 1)),
      'algorithms key.not-on-curve',
    ],
    [
      'of zeros, where infinity would be',
      spkiOf(new Uint8Array(2 * byteLength)),
      'algorithms key.not-on-curve',
    ],
    [
      'whose coordinate is p',
      spkiOf(concatOctets(littleEndian(p, byteLength), y)),
      'algorithms key.not-on-curve',
    ],
    [
      'whose coordinates are as large as the octets allow',
      spkiOf(new Uint8Array(2 * byteLength).fill(0xff)),
      'algorithms key.not-on-curve',
    ],
    ['with its coordinates swapped', spkiOf(concatOctets(y, x)), 'algorithms key.not-on-curve'],
    [
      'in big-endian',
      spkiOf(concatOctets(x.toReversed(), y.toReversed())),
      'algorithms key.not-on-curve',
    ],
    ...(small === undefined
      ? []
      : [
          [
            'of small order',
            spkiOf(
              concatOctets(littleEndian(small.x, byteLength), littleEndian(small.y, byteLength)),
            ),
            'algorithms key.not-on-curve',
          ] as const,
        ]),
    [
      'of one octet, as infinity is written elsewhere',
      raw(algorithm(named), bits(Uint8Array.of(0))),
      'key.malformed',
    ],
    ['an octet too short', raw(algorithm(named), bits(point.subarray(1))), 'key.malformed'],
    [
      'an octet too long',
      raw(algorithm(named), bits(concatOctets(point, Uint8Array.of(0)))),
      'key.malformed',
    ],
    ['compressed', raw(algorithm(named), bits(concatOctets(Uint8Array.of(2), x))), 'key.malformed'],
    [
      'that does not fill its octets',
      raw(algorithm(named), der.bits(der.octets(point.with(-1, (point.at(-1) ?? 0) & 0xfe)), 1)),
      'key.malformed',
    ],
    [
      'with the curve given by explicit parameters',
      raw(algorithm(der.sequence(der.integer(1), der.sequence(der.integer(p)))), bits(point)),
      'key.bad-parameters',
    ],
    [
      'with a curve of explicit parameters after the set',
      raw(
        algorithm(der.sequence(...parameters.map(der.oid), der.sequence(der.integer(p)))),
        bits(point),
      ),
      'key.bad-parameters',
    ],
    ['without parameters', raw(der.sequence(der.oid(keyOid)), bits(point)), 'key.bad-parameters'],
    [
      'with NULL in place of parameters',
      raw(algorithm(der.null()), bits(point)),
      'key.bad-parameters',
    ],
    [
      'with four parameters',
      raw(
        algorithm(
          der.sequence(named.subarray(2), named.subarray(2), named.subarray(2), named.subarray(2)),
        ),
        bits(point),
      ),
      'key.bad-parameters',
    ],
    [
      'of a set that nobody knows',
      parseSpki(encodeGostSpki({ keyOid, parameters: ['1.2.3.4'], point })),
      'algorithm-unsupported',
    ],
    [
      'of a test set',
      parseSpki(
        encodeGostSpki({
          keyOid,
          parameters: [byteLength === 32 ? '1.2.643.2.2.35.0' : '1.2.643.7.1.2.1.2.0'],
          point,
        }),
      ),
      'algorithm-unsupported',
    ],
    [
      'that names a digest of another length',
      parseSpki(
        encodeGostSpki({
          keyOid,
          parameters: [
            ...parameters,
            byteLength === 32 ? '1.2.643.7.1.1.2.3' : '1.2.643.7.1.1.2.2',
          ],
          point,
        }),
      ),
      'signature-value algorithm.mismatch',
    ],
  ]
  // Not through the reader: most of these certificates cannot be read.
  const withKey = async (spki: { bytes: Uint8Array }): Promise<Uint8Array> => {
    const serialNumber = 0x4a11n
    const bytes = await buildCertificate(
      {
        serialNumber,
        issuer: authority.certificate.subject.bytes,
        subject: buildName([['CN', 'TEST KEY']]),
        notBefore: testNotBefore,
        notAfter: testNotAfter,
        spki,
        extensions: [extension.keyUsage(['digitalSignature', 'nonRepudiation'])],
      },
      authority.key,
    )
    const identifier = der.sequence(authority.certificate.subject.bytes, der.integer(serialNumber))
    const { contentType, signingTime, messageDigest } = attributes
    return container(
      { certificates: [bytes, authority.certificate.bytes] },
      { identifier, attributes: [contentType, signingTime, messageDigest] },
    )
  }
  const byKey = verified(await withKey(signer.key.spki))
  return [
    ...values.map(
      ([name, signature]): HostileSample => ({
        name: `${profile.name}: a signature ${name}`,
        hostile: verified(container({}, { signature })),
        twin,
        code: 'signature-value signature-invalid',
        indication: 'TOTAL-FAILED',
      }),
    ),
    ...(await Promise.all(
      keys.map(
        async ([name, spki, code]): Promise<HostileSample> => ({
          name: `${profile.name}: a key ${name}`,
          hostile: verified(await withKey(spki)),
          twin: byKey,
          code,
          indication: code === 'algorithm-unsupported' ? 'INDETERMINATE' : 'TOTAL-FAILED',
        }),
      ),
    )),
  ]
}
