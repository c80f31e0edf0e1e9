import type { SignerCheck, SignerDefect } from '../cms/index.ts'
import type { PathResult } from '../path/index.ts'
import type { TrustAnchor, TrustStore } from '../trust/index.ts'
import type { TstInfo } from '../tsp/index.ts'
import type { Certificate, NationalIdentity } from '../x509/index.ts'
import type { EmbeddedStatus } from './check-embedded-certificate.ts'
import type { ContainerKind, RawSignature, XmlProfile } from './container-format.ts'
import type { SignatureFormat } from './report.ts'

/** Material kept from an earlier verification, or found elsewhere. DER, trusted by nobody. */
export type StoredMaterial = {
  readonly certificates?: readonly Uint8Array[]
  readonly ocsp?: readonly Uint8Array[]
  readonly crls?: readonly Uint8Array[]
}

/** Whom a revocation source is asked about. */
export type RevocationSubject = {
  readonly certificate: Certificate
  readonly issuer: Certificate
}

/**
 * How to ask for revocation data: the caller does the network, with hosts of its configuration, not
 * those that certificates name (design rule 11). A source that throws or returns nothing is a source
 * that is down.
 */
export type RevocationSources = {
  /** Sends an OCSPRequest (DER) and returns the OCSPResponse. */
  readonly ocsp?: (
    request: Uint8Array,
    subject: RevocationSubject,
  ) => Promise<Uint8Array | undefined>
  /** Returns the CertificateLists, base and delta, of the certificate's issuer. */
  readonly crl?: (subject: RevocationSubject) => Promise<readonly Uint8Array[]>
}

/** What revocation data says of one certificate at the reference time. */
export type RevocationFact = {
  readonly certificate: Certificate
  /**
   * `on-hold`: suspended, which may end (RFC 5280 §5.3.1). `unavailable`: no usable data was found.
   */
  readonly status: 'good' | 'revoked' | 'on-hold' | 'unknown' | 'unavailable'
  readonly source: 'ocsp' | 'crl' | 'none'
  readonly thisUpdate?: Date
  readonly revokedAt?: Date
  readonly reason?: string
  /** Why data that was found could not be used: codes of `revocation/`, in the order met. */
  readonly problems: readonly string[]
}

/** A certificate inside a container, and whether it is as its issuer made it. */
export type EmbeddedCertificateFact = {
  readonly certificate: Certificate
  readonly status: EmbeddedStatus
}

/** A path, and what was found of the revocation of its certificates at its time. */
export type PathFacts = {
  readonly at: Date
  readonly result: PathResult
  readonly anchor: TrustAnchor | undefined
  /** Of every certificate below the anchor, leaf first. */
  readonly revocation: readonly RevocationFact[]
}

/** How the certificate of a signer was found. */
export type Identification =
  | 'found'
  /** The container has certificates, and none is the one named. */
  | 'not-embedded'
  /** Two different certificates are named. */
  | 'ambiguous'
  /** The container has no certificates, and none at hand is the one named. */
  | 'absent'
  /** None is named, but one at hand verifies, and its name differs in an octet. */
  | 'damaged'

/** An algorithm as the report shows it; `oid` is empty where only a URI of no known algorithm stands. */
export type AlgorithmFact = { readonly oid: string; readonly name: string }

/**
 * Where the signed content of a signature is. `attached`: inside the container. `given`: detached, at
 * hand. `absent`: detached, not at hand. `differs`: the attached content is not the one that was given.
 */
export type ContentState = 'attached' | 'given' | 'absent' | 'differs'

/** What of a document a signature covers, in formats where that need not be all of it. */
export type CoverageFact = {
  /** `document`: all of it but signatures. `external`: what lies outside. Else paths of elements. */
  readonly covers: 'document' | 'external' | readonly string[]
  /** Path of something that is not covered; `undefined` when nothing is left. */
  readonly uncovered: string | undefined
  /** Digest algorithms of all references. */
  readonly digestOids: readonly string[]
  /** Is there a list of further digests, which is not followed? */
  readonly hasManifest: boolean
  /** The octets that were verified, and where they come from: whoever reads these reads what was signed. */
  readonly parts: readonly { readonly path: string; readonly octets: Uint8Array }[]
}

/** How a signature breaks the rules of its format: codes of CMS, or of another format by its prefix. */
export type SignatureDefect = SignerDefect | `xml.${string}` | `raw.${string}`

/** What the mathematics of one signature says, in any format. */
export type SignatureCheck = Omit<SignerCheck, 'defects'> & {
  readonly defects: readonly SignatureDefect[]
}

/** Who signed, and what the mathematics says with that certificate. */
export type IdentifiedSigner = {
  readonly identification: Identification
  readonly certificate: Certificate | undefined
  readonly check: SignatureCheck
}

/** A time-stamp on a signature or on other octets, read and checked. */
export type ReadTimeStampFacts = {
  readonly readable: true
  readonly bytes: Uint8Array
  readonly tstInfo: TstInfo
  /** Is it a stamp of these octets? */
  readonly imprint: 'match' | 'mismatch' | 'unsupported'
  readonly check: SignatureCheck
  readonly identification: Identification
  readonly certificate: Certificate | undefined
  /** Does the certificate have the extended key usage timeStamping, alone and critical? */
  readonly isTimeStampCertificate: boolean
  readonly embedded: readonly EmbeddedCertificateFact[]
  /** At genTime. */
  readonly path: PathFacts | undefined
}

/** A time-stamp, or the code of what is wrong with its structure. */
export type TimeStampFacts =
  | ReadTimeStampFacts
  | { readonly readable: false; readonly bytes: Uint8Array; readonly code: string }

/** An unsigned attribute other than a signature time-stamp. */
export type UnsignedAttributeFact = {
  readonly type: string
  /**
   * `values`: certificates or revocation data, which are checked like all others. `hidden`: the type is
   * unknown, or not right, and the value is one that would have counted. `malformed`: the value is not
   * what the type says. `counter-signature`: see the facts of those. `unverified`: nothing here can
   * check it.
   */
  readonly status: 'values' | 'counter-signature' | 'hidden' | 'malformed' | 'unverified'
}

/** Everything found about one signature, in words that all formats share. */
export type SignerFacts = IdentifiedSigner & {
  readonly format: SignatureFormat
  /** As the container names it: the scheme that it belongs to stands in `check`. */
  readonly signatureAlgorithm: AlgorithmFact
  readonly digestAlgorithm: AlgorithmFact
  /** Does the signature cover the attributes that its format has? Also true where it has none. */
  readonly coversAttributes: boolean
  readonly content: ContentState
  /** `undefined`: the format knows no parts. */
  readonly coverage?: CoverageFact
  readonly identity: NationalIdentity | undefined
  readonly timeStamps: readonly TimeStampFacts[]
  readonly unsignedAttributes: readonly UnsignedAttributeFact[]
  /** Signatures over this one; their signers are no signers of the content. */
  readonly counterSignatures: readonly SignerFacts[]
  /** At the reference time; `undefined` when there is no certificate. */
  readonly path: PathFacts | undefined
  /** genTime of the first time-stamp that holds together, else the validation time. */
  readonly referenceTime: Date
  readonly referenceSource: 'time-stamp' | 'validation-time'
}

/** Revocation data inside a container, and whether it is as its signer made it. */
export type EmbeddedRevocationFact = {
  readonly kind: 'ocsp' | 'crl'
  readonly sha256: string
  readonly status: Exclude<EmbeddedStatus, 'anchor'> | 'unreadable'
}

/** Everything found about one container. Data: nothing here says what is acceptable. */
export type VerificationFacts = {
  readonly now: Date
  readonly validationTime: Date
  readonly container:
    | {
        readonly readable: true
        readonly kind: ContainerKind
        readonly embeddedCertificates: readonly EmbeddedCertificateFact[]
        readonly embeddedRevocation: readonly EmbeddedRevocationFact[]
      }
    | { readonly readable: false; readonly kind: ContainerKind; readonly code: string }
  readonly signers: readonly SignerFacts[]
}

/** What a verification is given. */
export type VerificationInput = {
  /** A file as received: CMS in DER, BER, PEM or base64, …; or a raw signature and its certificate. */
  readonly container: Uint8Array | RawSignature
  /** The stored content; needed for a detached signature, compared with an attached one. */
  readonly content?: Uint8Array
  /** What signatures of an XML document are accepted; `any` by default. */
  readonly xmlProfile?: XmlProfile
  readonly trust: TrustStore
  /** The validation time; `now` by default. */
  readonly at?: Date
  readonly now: Date
  readonly stored?: StoredMaterial
  readonly sources?: RevocationSources
}
