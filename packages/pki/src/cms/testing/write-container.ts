import { der } from '../../asn1/index.ts'
import { digestOf, encodeAlgorithmIdentifier } from '../../keys/index.ts'
import type { TestIdentity } from '../../verify/testing/test-pki.ts'
import { attributeOid, contentTypeOid } from '../oids.ts'
import { encodeSigningCertificateV2 } from '../signing-certificate.ts'

/** Every part of a container that a hostile test may want to write differently. */
export type ContainerParts = {
  readonly version?: number
  readonly digestAlgorithms?: readonly Uint8Array[]
  readonly contentType?: string
  /** The element inside the explicit [0] of the content; `null` for a detached signature. */
  readonly content?: Uint8Array | null
  readonly certificates?: readonly Uint8Array[]
  readonly more?: readonly Uint8Array[]
  readonly signerInfos: readonly Uint8Array[]
}

/** Every part of a SignerInfo that a hostile test may want to write differently. */
export type SignerInfoParts = {
  readonly identity: TestIdentity
  readonly signed: Uint8Array
  readonly version?: number
  readonly identifier?: Uint8Array
  readonly digestAlgorithm?: Uint8Array
  readonly signatureAlgorithm?: Uint8Array
  /** Encoded attributes, sorted unless `sortAttributes` is false; `null` for none. */
  readonly attributes?: readonly Uint8Array[] | null
  readonly sortAttributes?: boolean
  readonly signature?: Uint8Array
  readonly unsigned?: readonly Uint8Array[]
}

/** One attribute of any values. */
export const testAttribute = (type: string, ...values: readonly Uint8Array[]): Uint8Array =>
  der.sequence(der.oid(type), der.set(...values))

const nullParameters = (oid: string): Uint8Array => encodeAlgorithmIdentifier(oid, der.null())

/** The attributes of the Kazakh profile, for tests to take from and add to. */
export const profileAttributes = (
  identity: TestIdentity,
  signed: Uint8Array,
): Readonly<Record<'contentType' | 'signingTime' | 'messageDigest' | 'ess', Uint8Array>> => ({
  contentType: testAttribute(attributeOid.contentType, der.oid(contentTypeOid.data)),
  signingTime: testAttribute(attributeOid.signingTime, der.time(new Date('2026-02-01T10:00:00Z'))),
  messageDigest: testAttribute(
    attributeOid.messageDigest,
    der.octets(digestOf(identity.key.scheme.digestOid, signed)),
  ),
  ess: testAttribute(
    attributeOid.signingCertificateV2,
    encodeSigningCertificateV2(identity.certificate.bytes),
  ),
})

const retag = (set: Uint8Array, tag: number): Uint8Array => {
  const copy = Uint8Array.from(set)
  copy[0] = tag
  return copy
}

/** Writes a SignerInfo, right unless told otherwise; the signature covers whatever it says. */
export const writeSignerInfo = (parts: SignerInfoParts): Uint8Array => {
  const { identity, signed } = parts
  const { certificate, key } = identity
  const list =
    parts.attributes === undefined
      ? Object.values(profileAttributes(identity, signed))
      : parts.attributes
  const attributes =
    list === null ? null : parts.sortAttributes === false ? der.set(...list) : der.setOf(...list)
  return der.sequence(
    der.integer(parts.version ?? 1),
    parts.identifier ??
      der.sequence(certificate.issuer.bytes, der.integer(BigInt(`0x${certificate.serialNumber}`))),
    parts.digestAlgorithm ?? nullParameters(key.scheme.digestOid),
    ...(attributes === null ? [] : [retag(attributes, 0xa0)]),
    parts.signatureAlgorithm ?? nullParameters(key.scheme.signatureOid),
    der.octets(parts.signature ?? key.sign(attributes ?? signed)),
    ...(parts.unsigned === undefined ? [] : [retag(der.setOf(...parts.unsigned), 0xa1)]),
  )
}

/** Writes a container, right unless told otherwise. */
export const writeContainer = (
  identities: readonly TestIdentity[],
  parts: ContainerParts,
): Uint8Array => {
  const digests = new Set(identities.map(({ key }) => key.scheme.digestOid))
  const certificates = parts.certificates ?? identities.map(({ certificate }) => certificate.bytes)
  return der.sequence(
    der.oid(contentTypeOid.signedData),
    der.context(
      0,
      der.sequence(
        der.integer(parts.version ?? 1),
        der.setOf(...(parts.digestAlgorithms ?? [...digests].map(nullParameters))),
        der.sequence(
          der.oid(parts.contentType ?? contentTypeOid.data),
          ...(parts.content === undefined || parts.content === null
            ? []
            : [der.context(0, parts.content)]),
        ),
        ...(certificates.length === 0 ? [] : [retag(der.setOf(...certificates), 0xa0)]),
        ...(parts.more ?? []),
        der.setOf(...parts.signerInfos),
      ),
    ),
  )
}
