import { der } from '../asn1/write.ts'
import { digestOf } from '../keys/digests.ts'
import { algorithmOid } from '../keys/oids.ts'
import type { SubjectPublicKeyInfo } from '../keys/spki.ts'
import { type KeyUsage, keyUsageNames } from './extensions.ts'
import { extensionOid } from './oids.ts'

type Criticality = { readonly critical?: boolean }

const uri = (text: string): Uint8Array =>
  der.context(6, new TextEncoder().encode(text), { constructed: false })

/** One Extension of any OID; `value` is the encoded extension. */
export const buildExtension = (
  oid: string,
  value: Uint8Array,
  { critical = false }: Criticality = {},
): Uint8Array =>
  der.sequence(der.oid(oid), ...(critical ? [der.boolean(true)] : []), der.octets(value))

/** A named bit list without trailing zero bits (X.690 §11.2.2). */
const namedBits = (positions: readonly number[]): Uint8Array => {
  if (positions.length === 0) {
    return der.bits(new Uint8Array())
  }
  const last = Math.max(...positions)
  const octets = new Uint8Array((last >> 3) + 1)
  for (const position of positions) {
    octets[position >> 3] = (octets[position >> 3] ?? 0) | (0x80 >> (position & 7))
  }
  return der.bits(octets, 7 - (last & 7))
}

const distributionPoints = (urls: readonly string[]): Uint8Array =>
  der.sequence(...urls.map((url) => der.sequence(der.context(0, der.context(0, uri(url))))))

/** Key identifier by RFC 5280 §4.2.1.2 method 1: SHA-1 of the public key octets. */
export const keyIdentifierOf = (spki: SubjectPublicKeyInfo): Uint8Array =>
  digestOf(algorithmOid.sha1, spki.subjectPublicKey)

/** Writers of the extensions that certificates of the national profiles carry, each one whole. */
export const extension = Object.freeze({
  basicConstraints: (
    { ca, pathLength }: { readonly ca: boolean; readonly pathLength?: number },
    { critical = true }: Criticality = {},
  ): Uint8Array =>
    buildExtension(
      extensionOid.basicConstraints,
      der.sequence(
        ...(ca ? [der.boolean(true)] : []),
        ...(pathLength === undefined ? [] : [der.integer(pathLength)]),
      ),
      { critical },
    ),

  keyUsage: (usages: readonly KeyUsage[], { critical = true }: Criticality = {}): Uint8Array =>
    buildExtension(
      extensionOid.keyUsage,
      namedBits(usages.map((usage) => keyUsageNames.indexOf(usage))),
      { critical },
    ),

  extKeyUsage: (oids: readonly string[], criticality: Criticality = {}): Uint8Array =>
    buildExtension(extensionOid.extKeyUsage, der.sequence(...oids.map(der.oid)), criticality),

  certificatePolicies: (
    policies: readonly { readonly oid: string; readonly cps?: string }[],
    criticality: Criticality = {},
  ): Uint8Array =>
    buildExtension(
      extensionOid.certificatePolicies,
      der.sequence(
        ...policies.map(({ oid, cps }) =>
          der.sequence(
            der.oid(oid),
            ...(cps === undefined
              ? []
              : [der.sequence(der.sequence(der.oid('1.3.6.1.5.5.7.2.1'), der.ia5(cps)))]),
          ),
        ),
      ),
      criticality,
    ),

  subjectKeyIdentifier: (keyIdentifier: Uint8Array): Uint8Array =>
    buildExtension(extensionOid.subjectKeyIdentifier, der.octets(keyIdentifier)),

  authorityKeyIdentifier: (keyIdentifier: Uint8Array): Uint8Array =>
    buildExtension(
      extensionOid.authorityKeyIdentifier,
      der.sequence(der.context(0, keyIdentifier, { constructed: false })),
    ),

  subjectAltName: (
    names: {
      readonly emails?: readonly string[]
      readonly dns?: readonly string[]
      readonly uris?: readonly string[]
      /** 4 or 16 octets each. */
      readonly ips?: readonly Uint8Array[]
    },
    criticality: Criticality = {},
  ): Uint8Array => {
    const text = (tag: number) => (value: string) =>
      der.context(tag, new TextEncoder().encode(value), { constructed: false })
    return buildExtension(
      extensionOid.subjectAltName,
      der.sequence(
        ...(names.emails ?? []).map(text(1)),
        ...(names.dns ?? []).map(text(2)),
        ...(names.uris ?? []).map(text(6)),
        ...(names.ips ?? []).map((ip) => der.context(7, ip, { constructed: false })),
      ),
      criticality,
    )
  },

  crlDistributionPoints: (urls: readonly string[]): Uint8Array =>
    buildExtension(extensionOid.crlDistributionPoints, distributionPoints(urls)),

  freshestCrl: (urls: readonly string[]): Uint8Array =>
    buildExtension(extensionOid.freshestCrl, distributionPoints(urls)),

  authorityInfoAccess: ({
    ocsp = [],
    caIssuers = [],
  }: {
    readonly ocsp?: readonly string[]
    readonly caIssuers?: readonly string[]
  }): Uint8Array => {
    const access = (method: string) => (url: string) => der.sequence(der.oid(method), uri(url))
    return buildExtension(
      extensionOid.authorityInfoAccess,
      der.sequence(
        ...ocsp.map(access('1.3.6.1.5.5.7.48.1')),
        ...caIssuers.map(access('1.3.6.1.5.5.7.48.2')),
      ),
    )
  },

  ocspNoCheck: (): Uint8Array => buildExtension(extensionOid.ocspNoCheck, der.null()),

  /** NCA key-store type: OIDs of where the key lives (kz-egov-mobile.md §12.4). */
  kzKeyStore: (oids: readonly string[]): Uint8Array =>
    buildExtension(extensionOid.kzKeyStore, der.sequence(...oids.map(der.oid))),
})
