import {
  type CurveName,
  curves,
  derivePublicKey,
  encodeSignature,
  type SignatureCountry,
  signDigest,
} from '@muhr/gost'
import {
  digestOf,
  encodeGostSpki,
  type GostScheme,
  parseSpki,
  type SchemeId,
  type SigningKey,
  schemeById,
} from '../../keys/index.ts'

const gostScheme = (id: SchemeId): GostScheme => {
  const scheme = schemeById(id)
  if (scheme.family !== 'gost') {
    throw new Error(`${id} is no GOST scheme`)
  }
  return scheme
}

/** What a test wants of a key that `generateKey` would not make. */
export type GostKeySpec = {
  readonly scheme: SchemeId
  /** OIDs of the parameters; by default the first set of the scheme alone. */
  readonly parameters?: readonly string[]
  /** Where the point really is; by default the curve that the first parameter names. */
  readonly curve?: CurveName
  /** Tells keys of one kind apart. */
  readonly seed?: number
  /** The digest that is really signed, whatever the scheme says. */
  readonly digestOid?: string
  /** Whose byte order the signature is in, whatever the scheme says. */
  readonly country?: SignatureCountry
}

/**
 * A signing key of any GOST scheme, the superseded ones too, on any of its curves: what peers or
 * attackers may hold, and the product never makes.
 */
export const gostKey = (spec: GostKeySpec): SigningKey => {
  const scheme = gostScheme(spec.scheme)
  const parameters = spec.parameters ?? Object.keys(scheme.parameterSets).slice(0, 1)
  const curve = spec.curve ?? scheme.parameterSets[parameters[0] ?? ''] ?? 'cryptopro-A'
  const privateKey = new Uint8Array(curves[curve].byteLength).fill(1)
  privateKey[0] = spec.seed ?? 1
  const point = derivePublicKey(curve, privateKey)
  return {
    scheme,
    spki: parseSpki(encodeGostSpki({ keyOid: scheme.keyOid, parameters, point })),
    sign: (data) =>
      encodeSignature(
        spec.country ?? scheme.country,
        signDigest({
          curve,
          privateKey,
          digest: digestOf(spec.digestOid ?? scheme.digestOid, data),
        }),
      ),
  }
}
