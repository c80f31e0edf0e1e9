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
  'source.cut': 'The file ended early: it is being written or was cut; read it again.',
  'container.unreadable': 'The text is neither PEM nor base64: pass the file as it was received.',

  'key.malformed': 'The key is damaged or of an impossible size: get it from its owner again.',
  'key.bad-parameters': 'The parameters of an algorithm are not those of a published profile.',
  'key.unsupported-algorithm': 'Use a key of GOST R 34.10 or RSA, as the country requires.',
  'key.not-on-curve': 'The public key is no point of its curve: refuse whatever it signed.',
  'key.missing-parameters':
    'Verify with the parameters of the issuer’s key, which DSA may inherit.',
  'key.too-short': 'The key is shorter than the policy allows: use RSA of 2048 bits or more.',
  'key.verify-only': 'This algorithm is superseded: it is verified but makes no new signatures.',
  'key.mismatch': 'Pass the certificate that was issued for this key, or the right key.',
  'key.wrong-password': 'Check the password, its case and the keyboard layout, and try again.',
  'key.needs-node':
    'Outside of Node sign with a GOST key, or with RSA through WebCrypto (createRsaSigner).',
  'x509.bad-version': 'The certificate claims a version that its fields contradict: refuse it.',
  'x509.bad-name': 'A name in the certificate is malformed: refuse it.',
  'x509.bad-extension': 'An extension of the certificate is malformed: refuse it.',
  'x509.duplicate-extension': 'An extension stands twice, so its meaning is open: refuse it.',
  'x509.bad-serial-number': 'The serial number is missing or longer than the standard allows.',
  'x509.bad-signature-field': 'The signature field is not whole octets: refuse the object.',
  'x509.algorithm-mismatch': 'The signed and the unsigned algorithm differ: refuse the object.',
  'x509.bad-validity': 'The validity period is written in a form that RFC 5280 forbids.',
  'x509.not-a-certificate': 'The file is not an X.509 certificate: check what was passed.',
  'x509.bad-spec': 'The requested certificate cannot be written: correct the specification.',
  'ocsp.bad-request': 'The OCSP question is malformed: correct the client.',
  'ocsp.bad-response': 'The OCSP answer is malformed: ask again, or ask another responder.',
  'crl.bad-list': 'The revocation list is malformed: fetch it again.',
  'digest.unsupported': 'The digest algorithm is unknown here: check which country it comes from.',
  'scheme.unknown-signature': 'The signature algorithm is not on the list of accepted ones.',
  'scheme.unknown-digest': 'The digest algorithm is not on the list of accepted ones.',
  'scheme.key-mismatch':
    'The certificate belongs to a key of another algorithm than the signature.',
  'scheme.digest-mismatch': 'Digest and signature algorithm do not belong together: refuse.',
  'scheme.parameter-set-mismatch': 'The key is on another curve than its algorithm allows: refuse.',

  'signature.too-many': 'The file holds far more than any signature needs: ask for a plain one.',
  'container.not-a-signature': 'The file is no signature: pass the .p7s, .sig or CMS file itself.',
  'container.unsupported-format':
    'Signatures in files of this format are not verified here: ask for a detached CMS signature.',
  'cms.not-signed-data': 'The CMS object is of another kind: pass a SignedData.',
  'cms.bad-version': 'The signature is damaged or its maker is at fault: ask for it again.',
  'cms.bad-content': 'The signed content is not packed as RFC 5652 says: ask for it again.',
  'cms.no-signers': 'The container holds no signature: ask the signer for it again.',
  'cms.empty-set': 'The signature is damaged or its maker is at fault: ask for it again.',
  'cms.unsupported-certificate':
    'The signature is damaged or its maker is at fault: ask for it again.',
  'cms.unsupported-revocation':
    'The signature is damaged or its maker is at fault: ask for it again.',
  'cms.no-such-signer': 'Name one of the signatures that the container holds, counted from 0.',
  'cms.content-missing': 'Pass the content that the detached signature is over.',
  'cms.content-differs': 'Pass signatures over one and the same content.',
  'cms.content-unknown': 'Pass the content, so that it can be compared.',
  'cms.no-time-stamp': 'Time-stamp every signature first, then add what proves it.',
  'cms.length-unknown': 'Say how long the content is, or write BER.',
  'cms.length-mismatch': 'The content changed while it was signed: sign it again.',
  'cms.signer-mismatch': 'Pass the certificate that belongs to the signing key.',
  'tsp.malformed': 'The time-stamp is damaged or its maker is at fault: ask the TSA again.',
  'tsp.mismatch': 'The TSA answered another question than was asked: do not use the time-stamp.',
  'tsp.no-token': 'The TSA granted no time-stamp: read its status and ask again.',
  'pkcs12.not-a-store': 'The file is no PKCS#12 key store: pass the .p12 or .pfx file itself.',
  'pkcs12.no-mac': 'The key store is unprotected: have its owner export it again with a password.',
  'pkcs12.wrong-password': 'Check the password, its case and the keyboard layout, and try again.',
  'pkcs12.unsupported-algorithm':
    'Have the key store exported again with AES, Triple DES or GOST encryption and a password.',
  'pkcs12.too-much-work': 'The file asks for more hashing than any real one: do not use it.',
  'pkcs12.damaged': 'The key store is damaged: get it from its owner again.',
  'pkcs12.bad-entry': 'Give at least one key, each with its certificate.',
  'xml.too-large': 'The document is larger than the limit: raise it only for trusted data.',
  'xml.too-deep': 'The document nests deeper than any real one: do not use it.',
  'xml.too-many-nodes':
    'The document has more parts than the limit: raise it only for trusted data.',
  'xml.too-much-work': 'The document asks for more work than any real one: do not use it.',
  'xml.unsupported-encoding': 'Pass the document in UTF-8, or in UTF-16 with a byte order mark.',
  'xml.unsupported-version': 'Pass the document as XML 1.0, for which signatures are defined.',
  'xml.bad-octets':
    'The document is damaged or says a wrong encoding: get it from its source again.',
  'xml.doctype': 'The document must have no DOCTYPE: ask its maker for one without.',
  'xml.entity': 'The document must refer to no entity: ask its maker for one without.',
  'xml.not-well-formed': 'The document is damaged: fetch or read the whole file again.',
  'xml.not-canonicalizable': 'A namespace name of the document is relative: refuse it.',
  'xml.bad-schema': 'The schema is damaged or needs others: put all of its types into one schema.',
  'xml.no-engine':
    "XML is read with WebAssembly: allow it ('wasm-unsafe-eval' in the page's script-src).",
  'xml.no-signature': 'The document holds no signature: pass the signed one.',
  'xml.too-many-signatures': 'The document holds more signatures than any real one: do not use it.',
  'xml.not-signable': 'Correct the Id, the form or the key, and sign again.',
  'key.not-exportable':
    'Sign with the container itself, or have its owner issue a key that may be exported.',
  'key-store.unknown':
    'Pass a .p12, .pfx, .pem or .key file, or the files of a CryptoPro container.',
  'key-store.no-key': 'Pass the file that holds the private key, not the certificate alone.',
  'key-store.needs-password': 'Give the password of the key store, or the PIN of the container.',
  'cryptopro.missing-file': 'Pass the whole folder: header.key, masks.key, primary.key, name.key.',
  'cryptopro.damaged': 'A file of the container is damaged: copy the folder from its medium again.',
  'cryptopro.wrong-pin': 'Check the PIN, its case and the keyboard layout, and try again.',
  'cryptopro.old-format': 'Copy the container with a current CryptoPro CSP, which rewrites it.',
  'cryptopro.unsupported': 'Only keys of GOST R 34.10-2012 and 2001 on published curves are read.',
  'cryptopro.needs-certificate':
    'Pass the certificate of the key: the container has nothing to check it by.',
  'policy.unknown': 'Name one of the policies that this version knows.',
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
