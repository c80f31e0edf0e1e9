import { MuhrError } from '@muhr/identifiers'

/**
 * Every code of this package with the advice it carries. A room that needs a code adds a line here,
 * under its area; the union {@link PkiErrorCode} follows from the table, so it is closed.
 */
const adviceByCode = {
  'asn1.truncated': 'The data ends in the middle of a value: fetch or read the whole file again.',
  'asn1.trailing-octets': 'Octets follow the value: pass exactly one encoded object.',
  'asn1.indefinite-length': 'This object must be DER, which has no indefinite lengths.',
  'asn1.unterminated': 'An indefinite length is never closed: fetch or read the whole file again.',
  'asn1.non-minimal-length': 'This object must be DER, where a length takes the fewest octets.',
  'asn1.non-minimal-tag': 'A tag is written in more octets than needed: the encoder is at fault.',
  'asn1.bad-tag': 'A tag is reserved or larger than any standard uses: the data is damaged.',
  'asn1.bad-length': 'A length is of a reserved form or too large: the data is damaged.',
  'asn1.bad-integer': 'An INTEGER is empty, not minimal or too large for its place.',
  'asn1.bad-boolean': 'A BOOLEAN must be one octet, in DER 00 or FF.',
  'asn1.bad-null': 'A NULL must be empty.',
  'asn1.bad-oid': 'An OBJECT IDENTIFIER is malformed.',
  'asn1.bad-bits': 'A BIT STRING is malformed.',
  'asn1.bad-string': 'A character string holds octets that its type does not allow.',
  'asn1.bad-time': 'A time is not in the DER form of UTCTime or GeneralizedTime.',
  'asn1.constructed-string': 'This object must be DER, where strings are primitive.',
  'asn1.primitive-expected': 'A value of a primitive type is marked constructed.',
  'asn1.constructed-expected': 'A value of a constructed type is marked primitive.',
  'asn1.set-order': 'This object must be DER, where a SET OF is sorted.',
  'asn1.too-deep': 'The object nests deeper than the limit: it is not one that we accept.',
  'asn1.too-many-nodes':
    'The object has more parts than the limit: raise it only for trusted data.',
  'asn1.too-large': 'The object is larger than the limit: raise it only for trusted data.',
  'asn1.unexpected-type': 'The structure is not the one expected here: check what the file is.',
  'asn1.missing': 'A field that the structure requires is absent: check what the file is.',
  'asn1.unencodable': 'The value cannot be written in the requested type: correct the value.',
  'container.unreadable': 'The text is neither PEM nor base64: pass the file as it was received.',

  'key.malformed': 'The key is damaged or of an impossible size: get it from its owner again.',
  'key.bad-parameters': 'The parameters of an algorithm are not those of a published profile.',
  'key.unsupported-algorithm': 'Use a key of GOST R 34.10 or RSA, as the country requires.',
  'key.not-on-curve': 'The public key is no point of its curve: refuse whatever it signed.',
  'key.too-short': 'The key is shorter than the policy allows: use RSA of 2048 bits or more.',
  'key.verify-only': 'This algorithm is superseded: it is verified but makes no new signatures.',
  'digest.unsupported': 'The digest algorithm is unknown here: check which country it comes from.',
  'scheme.unknown-signature': 'The signature algorithm is not on the list of accepted ones.',
  'scheme.unknown-digest': 'The digest algorithm is not on the list of accepted ones.',
  'scheme.key-mismatch':
    'The certificate belongs to a key of another algorithm than the signature.',
  'scheme.digest-mismatch': 'Digest and signature algorithm do not belong together: refuse.',
  'scheme.parameter-set-mismatch': 'The key is on another curve than its algorithm allows: refuse.',
} as const satisfies Record<string, string>

/** The closed set of codes that this package throws. */
export type PkiErrorCode = keyof typeof adviceByCode

/** Particulars of a {@link PkiError}: positions, OIDs, limits; never personal data or content. */
export type PkiErrorData = Readonly<Record<string, string | number | boolean | null>>

/** What a {@link PkiError} is made from; the advice comes from the code. */
export type PkiErrorInit = {
  readonly code: PkiErrorCode
  readonly message: string
  readonly data?: PkiErrorData
  readonly cause?: unknown
}

/**
 * The one error of this package: input that cannot be read, or a request that cannot be met. A
 * signature, path or revocation answer that is merely *bad* is never an error but a fact.
 */
export class PkiError extends MuhrError<PkiErrorCode, PkiErrorData> {
  override readonly name: string = 'PkiError'

  constructor(init: PkiErrorInit) {
    super({ ...init, advice: adviceByCode[init.code] })
  }
}

/** Is this a {@link PkiError}, and, when `code` is given, one with that code? */
export const isPkiError = (value: unknown, code?: PkiErrorCode): value is PkiError =>
  value instanceof PkiError && (code === undefined || value.code === code)
