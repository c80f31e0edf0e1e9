/** The four classes of X.690 §8.1.2.2. */
export type Asn1Class = 'universal' | 'application' | 'context' | 'private'

/**
 * One decoded value. `bytes` and `content` are views of the buffer that was read, never copies: an
 * attached document of 100 MB costs nothing until somebody copies it.
 */
export type Asn1Node = {
  readonly class: Asn1Class
  readonly tag: number
  readonly constructed: boolean
  /** The length was indefinite (BER only). */
  readonly indefinite: boolean
  /** The whole value as encoded: tag, length, content and, if indefinite, the end-of-contents. */
  readonly bytes: Uint8Array
  /** The content octets, without the end-of-contents octets. */
  readonly content: Uint8Array
  /** The parts of a constructed value; empty for a primitive one. */
  readonly children: readonly Asn1Node[]
}

/** Universal tag numbers of X.680 §8.6, as far as this package meets them. */
export const universalTag = {
  boolean: 1,
  integer: 2,
  bitString: 3,
  octetString: 4,
  null: 5,
  oid: 6,
  enumerated: 10,
  utf8String: 12,
  sequence: 16,
  set: 17,
  numericString: 18,
  printableString: 19,
  teletexString: 20,
  ia5String: 22,
  utcTime: 23,
  generalizedTime: 24,
  visibleString: 26,
  universalString: 28,
  bmpString: 30,
} as const

/** String-like universal types that BER may split into parts (X.690 §8.6.4, §8.7.3, §8.23). */
export const isStringTag = (tag: number): boolean =>
  tag === universalTag.bitString ||
  tag === universalTag.octetString ||
  tag === universalTag.utf8String ||
  (tag >= 18 && tag <= 22) ||
  (tag >= 25 && tag <= 30)

/** What a reader accepts before it gives up; each has a stated default. */
export type Asn1Limits = {
  /** Nesting of constructed values. Default 64. */
  readonly maxDepth?: number
  /** Values in one object, of every level. Default 100 000. */
  readonly maxNodes?: number
  /** Octets of the whole object. Default 256 MiB. */
  readonly maxBytes?: number
  /**
   * Accept any non-zero BOOLEAN as TRUE in DER too. Default false. Extensions of two Uzbek national
   * certificates write 01; they are signed as they stand, so nothing is open to change.
   */
  readonly allowAnyTrue?: boolean
  /** Told how many values the object had: for whoever reads one object in several goes. */
  readonly onNodes?: (nodes: number) => void
}

/** The defaults of {@link Asn1Limits}. */
export const defaultAsn1Limits = {
  maxDepth: 64,
  maxNodes: 100_000,
  maxBytes: 256 * 1024 * 1024,
  allowAnyTrue: false,
  onNodes: () => undefined,
} as const satisfies Required<Asn1Limits>
