import type { Asn1Node } from '../asn1/index.ts'
import type { AlgorithmIdentifier } from '../keys/algorithm-identifier.ts'

/** Attribute (RFC 5652 §5.3): a type and the values of its SET. */
export type Attribute = {
  readonly type: string
  readonly values: readonly Asn1Node[]
  readonly bytes: Uint8Array
}

/** How a SignerInfo names its certificate (RFC 5652 §5.3 SignerIdentifier). */
export type SignerIdentifier =
  | {
      readonly kind: 'issuer-and-serial'
      /** The issuer's Name as encoded. */
      readonly issuer: Uint8Array
      /** Hex, lower case, without leading zeros. */
      readonly serialNumber: string
    }
  | { readonly kind: 'subject-key-identifier'; readonly keyIdentifier: Uint8Array }

/** Attributes that the signature covers, with the octets that it covers. */
export type SignedAttributes = {
  readonly list: readonly Attribute[]
  /** As received, with the tag [0] replaced by SET (RFC 5652 §5.4): what is hashed. */
  readonly tbsBytes: Uint8Array
  /** Why these octets are not DER, when they are not: `asn1.*` code of the reader. */
  readonly notDer: string | undefined
}

/** SignerInfo (RFC 5652 §5.3). */
export type SignerInfo = {
  readonly bytes: Uint8Array
  readonly version: number
  readonly identifier: SignerIdentifier
  readonly digestAlgorithm: AlgorithmIdentifier
  readonly signedAttributes: SignedAttributes | undefined
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  readonly unsignedAttributes: readonly Attribute[]
}

/** SignedData (RFC 5652 §5.1) without its content. */
export type SignedDataFields = {
  readonly version: number
  readonly digestAlgorithms: readonly AlgorithmIdentifier[]
  /** eContentType. */
  readonly contentType: string
  /** X.509 certificates as encoded; none of them parsed yet. */
  readonly certificates: readonly Uint8Array[]
  /** Every CertificateChoices as encoded, those of other formats too (RFC 5652 §10.2.2). */
  readonly certificateChoices: readonly Uint8Array[]
  /** CertificateLists as encoded. */
  readonly crls: readonly Uint8Array[]
  /** OCSPResponses as encoded (RFC 5940). */
  readonly ocspResponses: readonly Uint8Array[]
  /** Every RevocationInfoChoice as encoded, those of other formats too (RFC 5652 §10.2.1). */
  readonly revocationChoices: readonly Uint8Array[]
  readonly signerInfos: readonly SignerInfo[]
}

/** SignedData inside its ContentInfo (RFC 5652 §3, §5.1). */
export type SignedData = SignedDataFields & {
  /** The whole ContentInfo as encoded. */
  readonly bytes: Uint8Array
  /** eContent, joined when BER split it; `undefined` when the signature is detached. */
  readonly content: Uint8Array | undefined
}
