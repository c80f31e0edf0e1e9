import {
  asUniversal,
  bitsOf,
  booleanOf,
  contextChild,
  expectEnd,
  expectSequence,
  integerOf,
  isUniversal,
  octetsOf,
  oidOf,
  present,
  smallIntegerOf,
} from '../asn1/access.ts'
import { toHex } from '../asn1/bytes.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { readDer } from '../asn1/read.ts'
import { isPkiError, PkiError } from '../error.ts'
import {
  type NameConstraints,
  type PolicyInformation,
  type PolicyMapping,
  parseInhibitAnyPolicy,
  parseNameConstraints,
  parsePolicies,
  parsePolicyConstraints,
  parsePolicyMappings,
} from './constraint-extensions.ts'
import { type DistributionPoint, parseDistributionPoints } from './distribution-points.ts'
import { type GeneralName, generalNamesBehind, parseGeneralName, urisOf } from './general-name.ts'
import { extensionOid } from './oids.ts'
import { serialText } from './serial-number.ts'

/** Bits of KeyUsage, RFC 5280 §4.2.1.3, by position. */
export const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

export type KeyUsage = (typeof keyUsageNames)[number]

/** One extension as it stands: kept for every OID, known or not. */
export type Extension = {
  readonly oid: string
  readonly critical: boolean
  /** Content of extnValue: the encoded extension itself. */
  readonly value: Uint8Array
}

type Marked = { readonly critical: boolean }

/** Extensions of a certificate: those that this package reads, typed; and all of them, raw. */
export type CertificateExtensions = {
  readonly all: readonly Extension[]
  readonly basicConstraints?: Marked & { readonly ca: boolean; readonly pathLength?: number }
  readonly keyUsage?: Marked & { readonly usages: readonly KeyUsage[] }
  readonly extKeyUsage?: Marked & { readonly oids: readonly string[] }
  readonly certificatePolicies?: Marked & { readonly policies: readonly PolicyInformation[] }
  /** Hex, lower-case. */
  readonly subjectKeyIdentifier?: Marked & { readonly keyIdentifier: string }
  readonly authorityKeyIdentifier?: Marked & {
    readonly keyIdentifier?: string
    readonly issuer: readonly GeneralName[]
    readonly serialNumber?: string
  }
  readonly subjectAltName?: Marked & { readonly names: readonly GeneralName[] }
  readonly crlDistributionPoints?: Marked & { readonly points: readonly DistributionPoint[] }
  readonly freshestCrl?: Marked & { readonly points: readonly DistributionPoint[] }
  readonly authorityInfoAccess?: Marked & {
    readonly ocsp: readonly string[]
    readonly caIssuers: readonly string[]
  }
  readonly issuerAltName?: Marked & { readonly names: readonly GeneralName[] }
  readonly nameConstraints?: Marked & NameConstraints
  readonly policyMappings?: Marked & { readonly mappings: readonly PolicyMapping[] }
  readonly policyConstraints?: Marked & {
    readonly requireExplicitPolicy?: number
    readonly inhibitPolicyMapping?: number
  }
  readonly inhibitAnyPolicy?: Marked & { readonly skipCerts: number }
  readonly ocspNoCheck?: Marked
}

const badExtension = (oid: string, message: string, cause?: unknown): PkiError =>
  new PkiError({ code: 'x509.bad-extension', message, data: { oid }, cause })

const nonEmpty = (node: Asn1Node): readonly Asn1Node[] => {
  const parts = expectSequence(node)
  if (parts.length === 0) {
    throw new PkiError({ code: 'asn1.missing', message: 'A list must not be empty.' })
  }
  return parts
}

const parseBasicConstraints = (node: Asn1Node) => {
  const parts = expectSequence(node)
  const hasCa = isUniversal(parts[0], universalTag.boolean)
  const ca = hasCa && booleanOf(parts[0])
  const length = parts[hasCa ? 1 : 0]
  expectEnd(parts, (hasCa ? 1 : 0) + (length === undefined ? 0 : 1))
  const pathLength = length === undefined ? undefined : smallIntegerOf(length)
  if (pathLength !== undefined && (pathLength < 0 || !ca)) {
    throw new PkiError({
      code: 'asn1.bad-integer',
      message: 'A path length is negative or stands without cA.',
    })
  }
  return pathLength === undefined ? { ca } : { ca, pathLength }
}

const parseKeyUsage = (node: Asn1Node) => {
  const { bytes } = bitsOf(node)
  return {
    usages: keyUsageNames.filter(
      (_usage, bit) => (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1,
    ),
  }
}

const parseAuthorityKeyIdentifier = (node: Asn1Node) => {
  expectSequence(node)
  const keyIdentifier = contextChild(node, 0)
  const serialNumber = contextChild(node, 2)
  return {
    issuer: generalNamesBehind(contextChild(node, 1)),
    ...(keyIdentifier === undefined
      ? {}
      : { keyIdentifier: toHex(octetsOf(asUniversal(keyIdentifier, universalTag.octetString))) }),
    ...(serialNumber === undefined
      ? {}
      : { serialNumber: serialText(integerOf(asUniversal(serialNumber, universalTag.integer))) }),
  }
}

const parseInfoAccess = (node: Asn1Node) => {
  const descriptions = nonEmpty(node).map((description) => {
    const parts = expectSequence(description)
    expectEnd(parts, 2)
    return { method: oidOf(parts[0]), location: parseGeneralName(present(parts[1])) }
  })
  const urls = (method: string): readonly string[] =>
    urisOf(descriptions.filter((each) => each.method === method).map((each) => each.location))
  return { ocsp: urls('1.3.6.1.5.5.7.48.1'), caIssuers: urls('1.3.6.1.5.5.7.48.2') }
}

type TypedExtensions = Omit<CertificateExtensions, 'all'>

const readers: Readonly<Record<string, (node: Asn1Node, critical: boolean) => TypedExtensions>> = {
  [extensionOid.basicConstraints]: (node, critical) => ({
    basicConstraints: { critical, ...parseBasicConstraints(node) },
  }),
  [extensionOid.keyUsage]: (node, critical) => ({
    keyUsage: { critical, ...parseKeyUsage(node) },
  }),
  [extensionOid.extKeyUsage]: (node, critical) => ({
    extKeyUsage: { critical, oids: nonEmpty(node).map(oidOf) },
  }),
  [extensionOid.certificatePolicies]: (node, critical) => ({
    certificatePolicies: { critical, ...parsePolicies(node) },
  }),
  [extensionOid.subjectKeyIdentifier]: (node, critical) => ({
    subjectKeyIdentifier: { critical, keyIdentifier: toHex(octetsOf(node)) },
  }),
  [extensionOid.authorityKeyIdentifier]: (node, critical) => ({
    authorityKeyIdentifier: { critical, ...parseAuthorityKeyIdentifier(node) },
  }),
  [extensionOid.subjectAltName]: (node, critical) => ({
    subjectAltName: { critical, names: nonEmpty(node).map(parseGeneralName) },
  }),
  [extensionOid.issuerAltName]: (node, critical) => ({
    issuerAltName: { critical, names: nonEmpty(node).map(parseGeneralName) },
  }),
  [extensionOid.nameConstraints]: (node, critical) => ({
    nameConstraints: { critical, ...parseNameConstraints(node) },
  }),
  [extensionOid.policyMappings]: (node, critical) => ({
    policyMappings: { critical, ...parsePolicyMappings(node) },
  }),
  [extensionOid.policyConstraints]: (node, critical) => ({
    policyConstraints: { critical, ...parsePolicyConstraints(node) },
  }),
  [extensionOid.inhibitAnyPolicy]: (node, critical) => ({
    inhibitAnyPolicy: { critical, ...parseInhibitAnyPolicy(node) },
  }),
  [extensionOid.crlDistributionPoints]: (node, critical) => ({
    crlDistributionPoints: { critical, ...parseDistributionPoints(node) },
  }),
  [extensionOid.freshestCrl]: (node, critical) => ({
    freshestCrl: { critical, ...parseDistributionPoints(node) },
  }),
  [extensionOid.authorityInfoAccess]: (node, critical) => ({
    authorityInfoAccess: { critical, ...parseInfoAccess(node) },
  }),
}

/** Extensions whose presence is the message; Kazakh responders of 2022 leave ocsp-nocheck empty. */
const flags: Readonly<Record<string, (critical: boolean) => TypedExtensions>> = {
  [extensionOid.ocspNoCheck]: (critical) => ({ ocspNoCheck: { critical } }),
}

const parseExtension = (node: Asn1Node): Extension => {
  const parts = expectSequence(node)
  const hasCritical = isUniversal(parts[1], universalTag.boolean)
  expectEnd(parts, hasCritical ? 3 : 2)
  return {
    oid: oidOf(parts[0]),
    critical: hasCritical && booleanOf(parts[1]),
    value: octetsOf(parts[hasCritical ? 2 : 1]),
  }
}

/**
 * Reads a list of extensions without interpreting them; shared with CRL and OCSP.
 * Throws `x509.duplicate-extension` (RFC 5280 §4.2) and the `asn1.*` codes.
 */
export const parseExtensionList = (node: Asn1Node | undefined): readonly Extension[] => {
  const extensions = nonEmpty(present(node)).map(parseExtension)
  const seen = new Set<string>()
  for (const { oid } of extensions) {
    if (seen.has(oid)) {
      throw new PkiError({
        code: 'x509.duplicate-extension',
        message: 'An extension stands twice.',
        data: { oid },
      })
    }
    seen.add(oid)
  }
  return extensions
}

/**
 * Reads and types the extensions of a certificate. What is not understood stays in `all` with its
 * critical flag, for `validatePath` to refuse.
 *
 * Throws `x509.duplicate-extension`, and `x509.bad-extension` for a known one that cannot be read.
 */
export const parseCertificateExtensions = (node: Asn1Node | undefined): CertificateExtensions => {
  const all = node === undefined ? [] : parseExtensionList(node)
  const typed = all.map(({ oid, critical, value }) => {
    try {
      return Object.hasOwn(readers, oid)
        ? readers[oid]?.(readDer(value, { allowAnyTrue: true }), critical)
        : flags[oid]?.(critical)
    } catch (error) {
      throw isPkiError(error)
        ? badExtension(oid, 'A known extension cannot be read.', error)
        : error
    }
  })
  return Object.assign({ all }, ...typed)
}
