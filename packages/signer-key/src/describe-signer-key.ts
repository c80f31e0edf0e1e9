import {
  algorithmOid,
  type Certificate,
  digestOf,
  gostSchemeOfKey,
  nationalIdentity,
  parseCertificate,
  toHex,
} from '@muhr/pki'
import { SignerKeyError } from './error.ts'
import { fromPki } from './from-pki-error.ts'
import type { SignerKeyKind } from './signer-key.ts'

/** Identifiers that the certificate names: digits, as the authority wrote them. Personal data. */
export type SignerIdentifiers = {
  /** 11 digits. */
  readonly snils?: string
  /** 12 digits, of the person. */
  readonly inn?: string
  /** 10 digits, of the organisation. */
  readonly organisationInn?: string
  /** 13 digits. */
  readonly ogrn?: string
  /** 15 digits, sole trader. */
  readonly ogrnip?: string
}

/** What a person is shown of a key, and what is decided by. Nothing secret. */
export type SignerKeyDescription = {
  readonly kind: SignerKeyKind
  /** X.509, DER. */
  readonly certificate: Uint8Array
  /** RFC 4514. */
  readonly subject: string
  readonly issuer: string
  /** Hex, lower case. */
  readonly serialNumber: string
  readonly notBefore: Date
  readonly notAfter: Date
  readonly algorithm: {
    /** OID of the key. */
    readonly oid: string
    readonly name: string
    /** `null`: not GOST R 34.10-2012. */
    readonly bits: 256 | 512 | null
  }
  /** SHA-1 of the certificate, hex, lower case: what CryptoPro calls the thumbprint. */
  readonly sha1: string
  /** SHA-256 of the certificate, hex, lower case. */
  readonly sha256: string
  readonly name: string | null
  readonly organisation: string | null
  readonly title: string | null
  readonly identifiers: SignerIdentifiers
  /** Does it name an organisation or a sole trader? Without that ESIA refuses it (§1). */
  readonly hasOrganisationData: boolean
  /** The private key lies in this process's memory: live use asks for a recorded acknowledgement. */
  readonly isSoftware: boolean
}

const softwareKinds: ReadonlySet<SignerKeyKind> = new Set(['pkcs12', 'pem', 'cryptopro-container'])

/** Reads a certificate. Throws `signer-key.unreadable`. */
export function readCertificate(bytes: Uint8Array): Certificate {
  return fromPki(() => parseCertificate(bytes))
}

/** Describes the key of a certificate (DER). Throws `signer-key.unreadable`. */
export function describeSignerKey(kind: SignerKeyKind, bytes: Uint8Array): SignerKeyDescription {
  const certificate = readCertificate(bytes)
  const { name, organisation, title, snils, inn, organisationInn, ogrn, ogrnip } =
    nationalIdentity(certificate)

  return Object.freeze({
    kind,
    certificate: certificate.bytes,
    subject: certificate.subject.text,
    issuer: certificate.issuer.text,
    serialNumber: certificate.serialNumber,
    notBefore: certificate.notBefore,
    notAfter: certificate.notAfter,
    algorithm: algorithmOf(certificate),
    sha1: toHex(digestOf(algorithmOid.sha1, certificate.bytes)),
    sha256: certificate.sha256,
    name,
    organisation: organisation ?? null,
    title: title ?? null,
    identifiers: {
      ...(snils === undefined ? {} : { snils }),
      ...(inn === undefined ? {} : { inn }),
      ...(organisationInn === undefined ? {} : { organisationInn }),
      ...(ogrn === undefined ? {} : { ogrn }),
      ...(ogrnip === undefined ? {} : { ogrnip }),
    },
    hasOrganisationData:
      organisationInn !== undefined || ogrn !== undefined || ogrnip !== undefined,
    isSoftware: softwareKinds.has(kind),
  })
}

/** The GOST R 34.10-2012 scheme of a certificate's key. Throws `signer-key.not-gost-2012`. */
export function gostSchemeOf(certificate: Certificate) {
  const { key, algorithm } = certificate.spki
  const scheme = gostSchemeOfKey(algorithm.oid)
  if (
    scheme === undefined ||
    (scheme.id !== 'ru-2012-256' && scheme.id !== 'ru-2012-512') ||
    key.type !== 'gost' ||
    scheme.parameterSets[key.parameterSet] === undefined
  ) {
    throw new SignerKeyError({
      code: 'signer-key.not-gost-2012',
      message: 'The key is not one of GOST R 34.10-2012 on a published curve.',
      data: { algorithm: algorithm.oid },
    })
  }

  return scheme
}

function algorithmOf(certificate: Certificate): SignerKeyDescription['algorithm'] {
  const { oid } = certificate.spki.algorithm
  try {
    const { id, name } = gostSchemeOf(certificate)

    return { oid, name, bits: id === 'ru-2012-256' ? 256 : 512 }
  } catch {
    return { oid, name: gostSchemeOfKey(oid)?.name ?? oid, bits: null }
  }
}
