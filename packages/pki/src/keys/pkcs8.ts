import type { CurveName } from '@muhr/gost'
import {
  expectSequence,
  isTagged,
  isUniversal,
  octetsOf,
  oidOf,
  smallIntegerOf,
} from '../asn1/access.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { der } from '../asn1/write.ts'
import { PkiError } from '../error.ts'
import { type AlgorithmIdentifier, parseAlgorithmIdentifier } from './algorithm-identifier.ts'
import { algorithmOid } from './oids.ts'
import { type OctetOrder, readPrivateNumber } from './read-private-number.ts'
import { type GostScheme, signatureSchemes } from './schemes.ts'

/** A private key out of PKCS#8. Whoever holds one holds the key: never log it. */
export type Pkcs8 =
  | {
      readonly type: 'rsa'
      readonly algorithm: AlgorithmIdentifier
      /** The whole PrivateKeyInfo. */
      readonly bytes: Uint8Array
    }
  | {
      readonly type: 'gost'
      readonly algorithm: AlgorithmIdentifier
      readonly scheme: GostScheme
      /** OIDs of the parameters, as the public key repeats them. */
      readonly parameters: readonly string[]
      readonly curve: CurveName
      /** d, little-endian, 32 or 64 octets. */
      readonly privateKey: Uint8Array
    }

const malformed = (message: string): PkiError => new PkiError({ code: 'key.malformed', message })

/** Keys for key agreement are the same numbers (RFC 9215 §4, ru-cryptopro-container.md §1). */
const agreementKeys: ReadonlyMap<string, string> = new Map([
  [algorithmOid.ruAgreement256, algorithmOid.ruKey256],
  [algorithmOid.ruAgreement512, algorithmOid.ruKey512],
  [algorithmOid.ruAgreement2001, algorithmOid.ruKey2001],
])

/** The GOST scheme of a private key; keys for key agreement count as keys for signatures. */
export const gostSchemeOfKey = (keyOid: string): GostScheme | undefined => {
  const oid = agreementKeys.get(keyOid) ?? keyOid
  return signatureSchemes.find(
    (candidate): candidate is GostScheme => candidate.family === 'gost' && candidate.keyOid === oid,
  )
}

/**
 * Parameters of a private key: a SEQUENCE of sets (RFC 9215), or a bare curve as SEC 1 has it, which
 * Uzbek keys carry; then the number stands big-endian (uz-eimzo-didox.md §3.2).
 */
const readParameters = ({
  parameters,
}: AlgorithmIdentifier): { readonly sets: readonly string[]; readonly order: OctetOrder } =>
  isUniversal(parameters ?? undefined, universalTag.oid)
    ? { sets: [oidOf(parameters ?? undefined)], order: 'big' }
    : { sets: expectSequence(parameters ?? undefined).map(oidOf), order: 'little' }

/** Octets x ‖ y of the public key that OneAsymmetricKey carries (RFC 5958 §2), if it does. */
const readPublicKey = (parts: readonly Asn1Node[], length: number): Uint8Array | undefined => {
  const node = parts.find((part) => isTagged(part, 'context', 1))
  // The first octet counts unused bits; RFC 9548 appendix A strips trailing zero bits there.
  const octets = node?.content.subarray(1)
  if (octets === undefined) {
    return undefined
  }
  const isWrapped = octets.length > 2 * length && octets[0] === universalTag.octetString
  const point = isWrapped ? octetsOf(readDer(octets)) : octets
  if (point.length !== 2 * length) {
    throw malformed('The public key beside a private key is of the wrong length.')
  }
  return point
}

/**
 * Reads a PrivateKeyInfo (RFC 5208, RFC 5958): RSA, and GOST of the listed schemes in every form that
 * the three countries write ({@link readPrivateNumber}). A public key inside, or given by the caller,
 * is compared with d·G.
 *
 * Throws `key.malformed`, `key.mismatch`, `key.unsupported-algorithm`, `scheme.parameter-set-mismatch`
 * and the `asn1.*` codes; never with key octets in them.
 *
 * @param options.publicKey x ‖ y, each little-endian, out of the certificate that belongs to the key.
 */
export const parsePkcs8 = (
  bytes: Uint8Array,
  options: { readonly publicKey?: Uint8Array | undefined } = {},
): Pkcs8 => {
  const parts = expectSequence(readDer(bytes))
  const version = smallIntegerOf(parts[0])
  const rest = parts.slice(3)
  if (
    (version !== 0 && version !== 1) ||
    !rest.every((part) => isTagged(part, 'context', 0) || isTagged(part, 'context', 1))
  ) {
    throw malformed('A private key is of an unknown version or form.')
  }
  const algorithm = parseAlgorithmIdentifier(parts[1])
  const octets = octetsOf(parts[2])
  if (algorithm.oid === algorithmOid.rsaEncryption) {
    return { type: 'rsa', algorithm, bytes }
  }
  const scheme = gostSchemeOfKey(algorithm.oid)
  if (scheme === undefined) {
    throw new PkiError({
      code: 'key.unsupported-algorithm',
      message: 'The private key is of an algorithm that we do not sign with.',
      data: { oid: algorithm.oid },
    })
  }
  const { sets, order } = readParameters(algorithm)
  const named = scheme.parameterSets[sets[0] ?? '']
  if (named === undefined) {
    throw new PkiError({
      code: 'scheme.parameter-set-mismatch',
      message: 'The private key names no curve of its algorithm.',
      data: { scheme: scheme.id },
    })
  }
  const { curve, privateKey } = readPrivateNumber(octets, {
    curves: [named, ...scheme.byPoint.curves.filter((other) => other !== named)],
    order,
    publicKey: options.publicKey ?? readPublicKey(rest, scheme.coordinateLength),
  })
  return { type: 'gost', algorithm, scheme, parameters: sets, curve, privateKey }
}

/**
 * Writes a PrivateKeyInfo of a GOST key, version 0 without attributes: the number raw for Russia, in an
 * inner OCTET STRING for Kazakhstan (kz-egov-mobile.md §11.3, crypto.md §1).
 */
export const encodePkcs8 = ({
  scheme,
  parameters,
  privateKey,
}: {
  readonly scheme: GostScheme
  /** OIDs of the parameters, as in the public key. */
  readonly parameters: readonly string[]
  /** d, little-endian, 32 or 64 octets. */
  readonly privateKey: Uint8Array
}): Uint8Array =>
  der.sequence(
    der.integer(0),
    der.sequence(der.oid(scheme.keyOid), der.sequence(...parameters.map(der.oid))),
    der.octets(scheme.country === 'KZ' ? der.octets(privateKey) : privateKey),
  )
