import type { PkiErrorCode } from '../error.ts'
import type { Certificate } from '../x509/index.ts'
import type { SignatureFormat } from './report.ts'
import type {
  AlgorithmFact,
  ContentState,
  CoverageFact,
  IdentifiedSigner,
  UnsignedAttributeFact,
} from './types.ts'

/** What holds signatures, whatever their level: a line of the table in `container-formats.ts` each. */
export type ContainerKind = 'cms' | 'xml' | 'pdf' | 'raw'

/** A signature value alone, and the certificate of its signer: what SIGN_BYTES_ARRAY gives. */
export type RawSignature = {
  /** The value, in the octet order of the signer's country. */
  readonly signature: Uint8Array
  /** X.509, DER. */
  readonly certificate: Uint8Array
}

/** What a format reads from. */
export type ContainerInput = {
  readonly container: Uint8Array | RawSignature
  /** The stored content, when the caller has it. */
  readonly content: Uint8Array | undefined
  readonly xmlProfile?: XmlProfile
}

/** `single-enveloped`: one signature over the whole document, as eGov gives it (kz-egov-mobile.md §14). */
export type XmlProfile = 'any' | 'single-enveloped'

/** Untrusted values of a container that serve whoever verifies it. DER. */
export type ContainerValues = {
  /** Parsed: one that cannot be read makes the container unreadable. */
  readonly certificates: readonly Certificate[]
  readonly ocsp: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
}

/** One signature of a container, read; nothing of it is checked yet. */
export type SignatureReading = {
  readonly format: SignatureFormat
  readonly signatureAlgorithm: AlgorithmFact
  readonly digestAlgorithm: AlgorithmFact
  /**
   * Does the signature cover the attributes that its format has for it (signed attributes,
   * SignedProperties)? Also true of a format that has none.
   */
  readonly coversAttributes: boolean
  /** Is the signed content at hand, and is it the one that was given? */
  readonly content: ContentState
  /** What it covers, where that need not be all. */
  readonly coverage?: CoverageFact
  /** Time-stamp tokens on this signature (DER or BER), with the octets that each must stamp. */
  readonly timeStamps: readonly { readonly token: Uint8Array; readonly stamped: Uint8Array }[]
  /** What stands beside the signature, unsigned, and is no signature time-stamp. */
  readonly unsignedAttributes: readonly UnsignedAttributeFact[]
  /**
   * Finds the certificate of the signer, inside the container or among those at hand (of the caller, of
   * other containers, anchors), and checks the mathematics with it. Never throws for what a signer may
   * have written.
   */
  readonly identify: (atHand: readonly Certificate[]) => IdentifiedSigner
  /** Signatures over this one (RFC 5652 §11.4, XAdES CounterSignature): shown, signers of nothing. */
  readonly counterSignatures: readonly SignatureReading[]
}

/** A container that was read, or the code of why it could not be. */
export type ContainerReading =
  | {
      readonly readable: true
      readonly kind: ContainerKind
      readonly values: ContainerValues
      readonly signatures: readonly SignatureReading[]
    }
  | { readonly readable: false; readonly kind: ContainerKind; readonly code: PkiErrorCode }

/** One line of the table of container formats. */
export type ContainerFormat = {
  readonly kind: ContainerKind
  /** Is it, or was it before it was damaged, a container of this format? */
  readonly detect: (container: ContainerInput['container']) => boolean
  /**
   * Reads it. Damage is a reading (`readable: false`), which the report calls FORMAT_FAILURE; an error
   * is only thrown for what is no signature at all, or not yet supported.
   */
  readonly read: (input: ContainerInput) => ContainerReading | Promise<ContainerReading>
}
