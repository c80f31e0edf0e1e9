import type { CurveName } from '@muhr/gost'
import { PkiError } from '../error.ts'
import { algorithmOid } from './oids.ts'
import type { SubjectPublicKeyInfo } from './spki.ts'

/** The name of a scheme: what reports show and policies list. */
export type SchemeId =
  | 'kz-2015-512'
  | 'kz-2015-256'
  | 'kz-2004'
  | 'ru-2012-512'
  | 'ru-2012-256'
  | 'ru-2001'
  | 'uz-1092-2'
  | 'rsa-sha256'
  | 'rsa-sha384'
  | 'rsa-sha512'
  | 'rsa-sha1'
  | 'ecdsa-sha256'
  | 'ecdsa-sha384'
  | 'ecdsa-sha512'
  | 'ecdsa-sha1'
  | 'dsa-sha256'
  | 'dsa-sha1'

type SchemeBase = {
  readonly id: SchemeId
  /** Readable name of the signature algorithm. */
  readonly name: string
  /** `null`: used by every country. */
  readonly country: 'KZ' | 'RU' | 'UZ' | null
  readonly keyOid: string
  readonly digestOid: string
  /** The signature algorithm that we write. */
  readonly signatureOid: string
  /** Signature algorithms accepted in SignerInfo: some tools name the key there (crypto.md §1). */
  readonly cmsSignatureOids: readonly string[]
  /** Superseded: verified, reported as legacy, never used to sign. */
  readonly legacy: boolean
  /** The digest is broken: verified only where a policy looks at history. */
  readonly historic: boolean
}

/** A GOST scheme: one curve, one byte order of the signature. */
export type GostScheme = SchemeBase & {
  readonly family: 'gost'
  readonly country: 'KZ' | 'RU' | 'UZ'
  /** Public key parameter sets and the curve each means. */
  readonly parameterSets: Readonly<Record<string, CurveName>>
  /** Sets of the examples in the standards: resolved only where the caller says so. */
  readonly testParameterSets: Readonly<Record<string, CurveName>>
  /**
   * Where what a set means is open between sources: the curves on which the point decides, and the sets
   * that name none (`curveOfKey`). Empty everywhere but in Uzbekistan.
   */
  readonly byPoint: {
    readonly curves: readonly CurveName[]
    readonly parameterSets: readonly string[]
  }
  /** Second OIDs that may stand beside the parameter set in the key. */
  readonly digestParameterSets: readonly string[]
  /** Octets of one coordinate. */
  readonly coordinateLength: 32 | 64
}

/** RSASSA-PKCS1-v1_5 with one digest. */
export type RsaScheme = SchemeBase & { readonly family: 'rsa'; readonly country: null }

/** ECDSA of FIPS 186-5 on any named curve of ours, with one digest (RFC 5758 §3.2). */
export type EcdsaScheme = SchemeBase & { readonly family: 'ecdsa'; readonly country: null }

/** DSA of FIPS 186-4, with one digest: history, verified only (RFC 3279 §2.2.2, RFC 5758 §3.1). */
export type DsaScheme = SchemeBase & { readonly family: 'dsa'; readonly country: null }

/**
 * One full tuple of key algorithm, parameter set, digest, signature algorithm and national byte order.
 * Nothing outside this closed list is ever verified or made.
 */
export type SignatureScheme = GostScheme | RsaScheme | EcdsaScheme | DsaScheme

const rsa = (scheme: {
  id: SchemeId
  name: string
  digestOid: string
  signatureOid: string
  historic?: boolean
}): RsaScheme => ({
  family: 'rsa',
  id: scheme.id,
  name: scheme.name,
  country: null,
  keyOid: algorithmOid.rsaEncryption,
  digestOid: scheme.digestOid,
  signatureOid: scheme.signatureOid,
  cmsSignatureOids: [scheme.signatureOid, algorithmOid.rsaEncryption],
  legacy: scheme.historic ?? false,
  historic: scheme.historic ?? false,
})

const nowhere: GostScheme['byPoint'] = { curves: [], parameterSets: [] }

/** Sets of RFC 4357 §11.4; those for key exchange are the same curves. */
const cryptoProSets = {
  [algorithmOid.ruCryptoProA]: 'cryptopro-A',
  [algorithmOid.ruCryptoProB]: 'cryptopro-B',
  [algorithmOid.ruCryptoProC]: 'cryptopro-C',
  [algorithmOid.ruCryptoProXchA]: 'cryptopro-A',
  [algorithmOid.ruCryptoProXchB]: 'cryptopro-C',
} as const satisfies Readonly<Record<string, CurveName>>

const ecdsa = (scheme: {
  id: SchemeId
  name: string
  digestOid: string
  signatureOid: string
  historic?: boolean
}): EcdsaScheme => ({
  family: 'ecdsa',
  id: scheme.id,
  name: scheme.name,
  country: null,
  keyOid: algorithmOid.ecPublicKey,
  digestOid: scheme.digestOid,
  signatureOid: scheme.signatureOid,
  cmsSignatureOids: [scheme.signatureOid],
  legacy: scheme.historic ?? false,
  historic: scheme.historic ?? false,
})

const dsa = (scheme: {
  id: SchemeId
  name: string
  digestOid: string
  signatureOid: string
}): DsaScheme => ({
  family: 'dsa',
  id: scheme.id,
  name: scheme.name,
  country: null,
  keyOid: algorithmOid.dsa,
  digestOid: scheme.digestOid,
  signatureOid: scheme.signatureOid,
  cmsSignatureOids: [scheme.signatureOid],
  legacy: true,
  historic: true,
})

/** The closed white list. */
export const signatureSchemes: readonly SignatureScheme[] = Object.freeze(
  (
    [
      {
        family: 'gost',
        id: 'kz-2015-512',
        name: 'ST RK GOST R 34.10-2015 (512 bit) with Streebog-512',
        country: 'KZ',
        keyOid: algorithmOid.kz2015Key512,
        parameterSets: { [algorithmOid.kz2015ParameterSet512A]: 'tc26-512-A' },
        testParameterSets: {},
        byPoint: nowhere,
        digestParameterSets: [algorithmOid.kzStreebog512],
        coordinateLength: 64,
        digestOid: algorithmOid.kzStreebog512,
        signatureOid: algorithmOid.kz2015Signature512,
        cmsSignatureOids: [algorithmOid.kz2015Signature512],
        legacy: false,
        historic: false,
      },
      {
        family: 'gost',
        id: 'kz-2015-256',
        name: 'ST RK GOST R 34.10-2015 (256 bit) with Streebog-256',
        country: 'KZ',
        keyOid: algorithmOid.kz2015Key256,
        parameterSets: { [algorithmOid.kz2015ParameterSet256A]: 'tc26-256-A' },
        testParameterSets: {},
        byPoint: nowhere,
        digestParameterSets: [algorithmOid.kzStreebog256],
        coordinateLength: 32,
        digestOid: algorithmOid.kzStreebog256,
        signatureOid: algorithmOid.kz2015Signature256,
        cmsSignatureOids: [algorithmOid.kz2015Signature256],
        legacy: false,
        historic: false,
      },
      {
        family: 'gost',
        id: 'kz-2004',
        name: 'GOST 34.310-2004 with GOST 34.311-95',
        country: 'KZ',
        keyOid: algorithmOid.kz2004Key,
        parameterSets: { [algorithmOid.kz2004ParameterSetA]: 'cryptopro-A' },
        testParameterSets: {},
        byPoint: nowhere,
        digestParameterSets: [algorithmOid.kz2004HashParameters],
        coordinateLength: 32,
        digestOid: algorithmOid.kzGost34311,
        signatureOid: algorithmOid.kz2004Signature,
        cmsSignatureOids: [algorithmOid.kz2004Signature],
        legacy: true,
        historic: false,
      },
      {
        family: 'gost',
        id: 'ru-2012-512',
        name: 'GOST R 34.10-2012 (512 bit) with Streebog-512',
        country: 'RU',
        keyOid: algorithmOid.ruKey512,
        parameterSets: {
          [algorithmOid.ruParameterSet512A]: 'tc26-512-A',
          [algorithmOid.ruParameterSet512B]: 'tc26-512-B',
          [algorithmOid.ruParameterSet512C]: 'tc26-512-C',
        },
        testParameterSets: { [algorithmOid.ruTestParameterSet512]: 'test-512' },
        byPoint: nowhere,
        digestParameterSets: [algorithmOid.ruStreebog512],
        coordinateLength: 64,
        digestOid: algorithmOid.ruStreebog512,
        signatureOid: algorithmOid.ruSignature512,
        cmsSignatureOids: [algorithmOid.ruSignature512, algorithmOid.ruKey512],
        legacy: false,
        historic: false,
      },
      {
        family: 'gost',
        id: 'ru-2012-256',
        name: 'GOST R 34.10-2012 (256 bit) with Streebog-256',
        country: 'RU',
        keyOid: algorithmOid.ruKey256,
        parameterSets: {
          [algorithmOid.ruParameterSet256A]: 'tc26-256-A',
          [algorithmOid.ruParameterSet256B]: 'cryptopro-A',
          [algorithmOid.ruParameterSet256C]: 'cryptopro-B',
          [algorithmOid.ruParameterSet256D]: 'cryptopro-C',
          ...cryptoProSets,
        },
        testParameterSets: { [algorithmOid.ruTestParameterSet256]: 'test-256' },
        byPoint: nowhere,
        digestParameterSets: [algorithmOid.ruStreebog256],
        coordinateLength: 32,
        digestOid: algorithmOid.ruStreebog256,
        signatureOid: algorithmOid.ruSignature256,
        cmsSignatureOids: [algorithmOid.ruSignature256, algorithmOid.ruKey256],
        legacy: false,
        historic: false,
      },
      {
        family: 'gost',
        id: 'ru-2001',
        name: 'GOST R 34.10-2001 with GOST R 34.11-94',
        country: 'RU',
        keyOid: algorithmOid.ruKey2001,
        parameterSets: cryptoProSets,
        testParameterSets: { [algorithmOid.ruTestParameterSet256]: 'test-256' },
        byPoint: nowhere,
        // Not 1.2.643.2.2.30.0: that is another S-box, under the same digest OID.
        digestParameterSets: [algorithmOid.ruHashParametersCryptoPro],
        coordinateLength: 32,
        digestOid: algorithmOid.ruGost341194,
        signatureOid: algorithmOid.ruSignature2001,
        cmsSignatureOids: [algorithmOid.ruSignature2001, algorithmOid.ruKey2001],
        legacy: true,
        historic: false,
      },
      {
        family: 'gost',
        id: 'uz-1092-2',
        name: "O'z DSt 1092:2009 algorithm 2 with O'z DSt 1106:2009 2-A",
        country: 'UZ',
        keyOid: algorithmOid.uzKey,
        parameterSets: {
          [algorithmOid.uzParameterSet1]: 'cryptopro-A',
          [algorithmOid.uzParameterSet2]: 'cryptopro-B',
          [algorithmOid.uzParameterSet3]: 'cryptopro-C',
          [algorithmOid.uzParameterSet5]: 'cryptopro-A',
          [algorithmOid.uzParameterSet6]: 'cryptopro-C',
        },
        testParameterSets: {},
        byPoint: {
          curves: ['cryptopro-A', 'cryptopro-C', 'cryptopro-B'],
          parameterSets: [algorithmOid.uzParameterSet4],
        },
        digestParameterSets: [algorithmOid.uzDigest],
        coordinateLength: 32,
        digestOid: algorithmOid.uzDigest,
        signatureOid: algorithmOid.uzSignature,
        // The bank signer "Styx" names the key (uz-eimzo-didox.md §3.4).
        cmsSignatureOids: [algorithmOid.uzSignature, algorithmOid.uzKey],
        legacy: false,
        historic: false,
      },
      rsa({
        id: 'rsa-sha256',
        name: 'RSA (PKCS #1 v1.5) with SHA-256',
        digestOid: algorithmOid.sha256,
        signatureOid: algorithmOid.sha256WithRsa,
      }),
      rsa({
        id: 'rsa-sha384',
        name: 'RSA (PKCS #1 v1.5) with SHA-384',
        digestOid: algorithmOid.sha384,
        signatureOid: algorithmOid.sha384WithRsa,
      }),
      rsa({
        id: 'rsa-sha512',
        name: 'RSA (PKCS #1 v1.5) with SHA-512',
        digestOid: algorithmOid.sha512,
        signatureOid: algorithmOid.sha512WithRsa,
      }),
      rsa({
        id: 'rsa-sha1',
        name: 'RSA (PKCS #1 v1.5) with SHA-1',
        digestOid: algorithmOid.sha1,
        signatureOid: algorithmOid.sha1WithRsa,
        historic: true,
      }),
      ecdsa({
        id: 'ecdsa-sha256',
        name: 'ECDSA with SHA-256',
        digestOid: algorithmOid.sha256,
        signatureOid: algorithmOid.ecdsaWithSha256,
      }),
      ecdsa({
        id: 'ecdsa-sha384',
        name: 'ECDSA with SHA-384',
        digestOid: algorithmOid.sha384,
        signatureOid: algorithmOid.ecdsaWithSha384,
      }),
      ecdsa({
        id: 'ecdsa-sha512',
        name: 'ECDSA with SHA-512',
        digestOid: algorithmOid.sha512,
        signatureOid: algorithmOid.ecdsaWithSha512,
      }),
      ecdsa({
        id: 'ecdsa-sha1',
        name: 'ECDSA with SHA-1',
        digestOid: algorithmOid.sha1,
        signatureOid: algorithmOid.ecdsaWithSha1,
        historic: true,
      }),
      dsa({
        id: 'dsa-sha256',
        name: 'DSA with SHA-256',
        digestOid: algorithmOid.sha256,
        signatureOid: algorithmOid.dsaWithSha256,
      }),
      dsa({
        id: 'dsa-sha1',
        name: 'DSA with SHA-1',
        digestOid: algorithmOid.sha1,
        signatureOid: algorithmOid.dsaWithSha1,
      }),
    ] as const satisfies readonly SignatureScheme[]
  ).map((scheme) => Object.freeze(scheme)),
)

/** The scheme of an id. */
export const schemeById = (id: SchemeId): SignatureScheme => {
  const scheme = signatureSchemes.find((candidate) => candidate.id === id)
  if (scheme === undefined) {
    throw new PkiError({
      code: 'scheme.unknown-signature',
      message: 'There is no signature scheme of that name.',
      data: { id },
    })
  }
  return scheme
}

/** Is this one of the parameter sets of a scheme, test sets left aside? */
export const isSetOf = (scheme: GostScheme, parameterSet: string): boolean =>
  Object.hasOwn(scheme.parameterSets, parameterSet) ||
  scheme.byPoint.parameterSets.includes(parameterSet)

/**
 * Algorithms that are known by name and verified by nobody here, because their mathematics is not
 * published or not ours: O'z DSt 1092 algorithm 1, the O'zMSt family of 2024 (uz-eimzo-didox.md §3.4),
 * the Kazakh GT family (kz-egov-mobile.md §11.1). What they signed is unsupported, never invalid.
 */
const unsupportedArcs = [
  '1.2.860.3.15.1.1.1.',
  '1.2.860.3.15.1.3.1.',
  '1.2.860.3.15.2.',
  '1.3.6.1.4.1.6801.1.',
]

/** Is this the OID of a national algorithm that is known and not supported? */
export const isKnownUnsupported = (oid: string): boolean =>
  unsupportedArcs.some((arc) => oid.startsWith(arc))

/** Schemes by the OIDs that may name them, in the order of the table. */
const schemesBy = (
  oidsOf: (scheme: SignatureScheme) => readonly string[],
): ReadonlyMap<string, readonly SignatureScheme[]> => {
  const found = new Map<string, SignatureScheme[]>()
  for (const scheme of signatureSchemes) {
    for (const oid of new Set(oidsOf(scheme))) {
      found.set(oid, [...(found.get(oid) ?? []), scheme])
    }
  }
  return found
}

const byOwnOid = schemesBy(({ signatureOid }) => [signatureOid])
const byCmsOid = schemesBy(({ signatureOid, cmsSignatureOids }) => [
  signatureOid,
  ...cmsSignatureOids,
])
const digestsOfSchemes: ReadonlySet<string> = new Set(
  signatureSchemes.map(({ digestOid }) => digestOid),
)

/**
 * Finds the one scheme in which key, parameter set, signature algorithm and (where the structure names
 * one) digest belong together. `signatureOid` may be the key's own OID only where the scheme says that
 * tools write it into SignerInfo, and then `digestOid` is required.
 *
 * Throws `scheme.unknown-signature` (OID of no scheme), `scheme.unknown-digest`,
 * `scheme.key-mismatch` (the signature algorithm belongs to another kind of key),
 * `scheme.digest-mismatch`, `scheme.parameter-set-mismatch`. (security.md row 4, crypto.md §6)
 */
export const resolveScheme = ({
  spki,
  signatureOid,
  digestOid,
  allowTestSets = false,
}: {
  readonly spki: SubjectPublicKeyInfo
  readonly signatureOid: string
  /** As named beside the signature (CMS, OCSP in CMS style); absent in X.509, CRL and OCSP. */
  readonly digestOid?: string
  /** May the key be of a set of the standards' examples? Never for what anybody relies on. */
  readonly allowTestSets?: boolean
}): SignatureScheme => {
  const named = (digestOid === undefined ? byOwnOid : byCmsOid).get(signatureOid)
  if (named === undefined) {
    throw new PkiError({
      code: 'scheme.unknown-signature',
      message: 'The signature algorithm is not one that we accept.',
      data: { signatureOid },
    })
  }
  const ofKey = named.filter((scheme) => scheme.keyOid === spki.algorithm.oid)
  if (ofKey.length === 0) {
    throw new PkiError({
      code: 'scheme.key-mismatch',
      message: 'The signature algorithm belongs to another kind of key.',
      data: { signatureOid, keyOid: spki.algorithm.oid },
    })
  }
  if (digestOid !== undefined && !digestsOfSchemes.has(digestOid)) {
    throw new PkiError({
      code: 'scheme.unknown-digest',
      message: 'The digest algorithm is not one that signatures may use.',
      data: { digestOid },
    })
  }
  const scheme = ofKey.find((each) => digestOid === undefined || each.digestOid === digestOid)
  if (scheme === undefined) {
    throw new PkiError({
      code: 'scheme.digest-mismatch',
      message: 'The digest algorithm does not belong to the signature algorithm.',
      data: { signatureOid, digestOid: digestOid ?? null },
    })
  }
  expectParameters(scheme, spki, { allowTestSets })
  return scheme
}

const keyTypeOf = { rsa: 'rsa', ecdsa: 'ec', dsa: 'dsa', gost: 'gost' } as const

/** Throws `scheme.parameter-set-mismatch` when the key's curve or digest is not the scheme's. */
const expectParameters = (
  scheme: SignatureScheme,
  { key }: SubjectPublicKeyInfo,
  { allowTestSets }: { readonly allowTestSets: boolean },
): void => {
  const isGostOfScheme =
    scheme.family !== 'gost' ||
    (key.type === 'gost' &&
      (isSetOf(scheme, key.parameterSet) ||
        (allowTestSets && Object.hasOwn(scheme.testParameterSets, key.parameterSet))) &&
      (key.digestParameterSet === null ||
        scheme.digestParameterSets.includes(key.digestParameterSet)) &&
      key.point.length === 2 * scheme.coordinateLength)
  if (key.type !== keyTypeOf[scheme.family] || !isGostOfScheme) {
    throw new PkiError({
      code: 'scheme.parameter-set-mismatch',
      message: 'The parameters of the key do not belong to the signature algorithm.',
      data: { scheme: scheme.id },
    })
  }
}
