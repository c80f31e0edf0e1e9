import {
  derivePublicKey,
  encodeSignature,
  generatePrivateKey,
  type RandomBytes,
  signDigest,
} from '@muhr/gost'
import { platform } from '#platform'
import { PkiError } from '../error.ts'
import { randomOctets } from '../platform/random-octets.ts'
import { digestOf } from './digests.ts'
import { encodePkcs8, type Pkcs8, parsePkcs8 } from './pkcs8.ts'
import { rsaSpkiOf } from './rsa-spki.ts'
import { type GostScheme, type SchemeId, type SignatureScheme, schemeById } from './schemes.ts'
import { encodeGostSpki, parseSpki, type SubjectPublicKeyInfo } from './spki.ts'

/**
 * Whatever makes signatures: a software key, a token, a remote service. Builders ask for no more than
 * this, and wait for it.
 */
export type Signer = {
  readonly scheme: SignatureScheme
  readonly spki: SubjectPublicKeyInfo
  /** Signature over the data, in the national byte order of the scheme. */
  readonly sign: (data: Uint8Array) => Uint8Array | Promise<Uint8Array>
}

/** A key that this process holds: it signs at once. */
export type SigningKey = Omit<Signer, 'sign'> & { readonly sign: (data: Uint8Array) => Uint8Array }

const gostSigningKey = (pkcs8: Extract<Pkcs8, { type: 'gost' }>): SigningKey => {
  const { scheme, parameters, curve, privateKey } = pkcs8
  if (scheme.legacy) {
    throw new PkiError({
      code: 'key.verify-only',
      message: 'Keys of this algorithm make no new signatures.',
      data: { scheme: scheme.id },
    })
  }
  const point = derivePublicKey(curve, privateKey)
  return {
    scheme,
    spki: parseSpki(encodeGostSpki({ keyOid: scheme.keyOid, parameters, point })),
    sign: (data) =>
      encodeSignature(
        scheme.country,
        signDigest({
          curve,
          privateKey,
          digest: digestOf(scheme.digestOid, data),
          extraEntropy: randomOctets(32),
        }),
      ),
  }
}

const digestNames = {
  'rsa-sha256': 'sha256',
  'rsa-sha384': 'sha384',
  'rsa-sha512': 'sha512',
} as const

/** The digests that an RSA key may sign with. */
export type RsaSigningScheme = keyof typeof digestNames

const rsaSigningKey = (bytes: Uint8Array, schemeId: RsaSigningScheme): SigningKey => {
  const key = platform.openRsaKey(bytes)
  const spki = rsaSpkiOf(bytes)
  if (spki.key.type === 'rsa' && spki.key.bits < 2048) {
    throw new PkiError({
      code: 'key.too-short',
      message: 'An RSA key that signs must have 2048 bits or more.',
      data: { bits: spki.key.bits },
    })
  }
  return {
    scheme: schemeById(schemeId),
    spki,
    sign: (data) => key.sign(digestNames[schemeId], data),
  }
}

/**
 * A signing key out of PKCS#8 octets: RSA of 2048 bits or more, or GOST of a scheme that is not legacy.
 * GOST nonces are deterministic with fresh entropy mixed in.
 *
 * Throws `key.malformed`, `key.mismatch`, `key.too-short`, `key.verify-only`, `key.needs-node`,
 * `key.unsupported-algorithm`, `scheme.parameter-set-mismatch` and the `asn1.*` codes.
 *
 * @param options.publicKey x ‖ y of the certificate, each little-endian: a GOST key that does not give
 *   it is refused, and where sources differ about curve or octet order, it decides.
 */
export const createSigningKey = (
  pkcs8: Uint8Array,
  {
    rsaScheme = 'rsa-sha256',
    publicKey,
  }: { readonly rsaScheme?: RsaSigningScheme; readonly publicKey?: Uint8Array | undefined } = {},
): SigningKey => {
  const parsed = parsePkcs8(pkcs8, { publicKey })
  return parsed.type === 'rsa' ? rsaSigningKey(parsed.bytes, rsaScheme) : gostSigningKey(parsed)
}

/** What {@link generateKey} makes. */
export type GenerateKeyKind =
  | 'kz-2015-512'
  | 'kz-2015-256'
  | 'ru-2012-512'
  | 'ru-2012-256'
  | 'uz-1092-2'
  | 'rsa-2048'
  | 'rsa-3072'
  | 'rsa-4096'

/** Sets beside which RFC 9215 §4.2 wants the digest too: those that were defined before 2012. */
const needsDigest = (parameterSet: string): boolean => parameterSet.startsWith('1.2.643.2.2.')

/** Parameters as the profiles write them: Kazakhstan both OIDs, RFC 9215 the set alone for TC 26 sets. */
const gostParameters = (scheme: GostScheme, wanted?: string): readonly string[] => {
  const parameterSet = wanted ?? Object.keys(scheme.parameterSets)[0] ?? ''
  return scheme.country === 'KZ' || needsDigest(parameterSet)
    ? [parameterSet, ...scheme.digestParameterSets]
    : [parameterSet]
}

/**
 * Makes a key, as PKCS#8 octets for {@link createSigningKey} and storage.
 *
 * `random` gives octets from a cryptographic source; GOST keys are drawn from it, RSA keys come from
 * the platform's own. `parameterSet` is the OID of a set of the scheme; default its first one.
 *
 * Throws `key.needs-node` for RSA outside of Node, `key.unsupported-algorithm` for a set of another.
 */
export const generateKey = (
  kind: GenerateKeyKind,
  random: RandomBytes = randomOctets,
  { parameterSet }: { readonly parameterSet?: string } = {},
): Uint8Array => {
  if (kind === 'rsa-2048' || kind === 'rsa-3072' || kind === 'rsa-4096') {
    return platform.generateRsaKey(Number(kind.slice(4)))
  }
  return generateGostKey(kind, { random, parameterSet })
}

const generateGostKey = (
  id: SchemeId,
  { random, parameterSet }: { random: RandomBytes; parameterSet: string | undefined },
): Uint8Array => {
  const scheme = schemeById(id)
  const parameters = scheme.family === 'gost' ? gostParameters(scheme, parameterSet) : []
  const curve = scheme.family === 'gost' ? scheme.parameterSets[parameters[0] ?? ''] : undefined
  if (scheme.family !== 'gost' || curve === undefined) {
    throw new PkiError({
      code: 'key.unsupported-algorithm',
      message: 'Keys of this kind are not made here.',
      data: { scheme: id },
    })
  }
  return encodePkcs8({ scheme, parameters, privateKey: generatePrivateKey(curve, random) })
}
