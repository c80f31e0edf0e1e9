/**
 * How an XML signature breaks the rules, beyond a wrong digest or signature value. One that has any of
 * these is not believed, whatever the mathematics says.
 */
export type XmlDefect =
  /** A part is missing, repeated, out of order or foreign (XMLDSig 1.1 §4). */
  | 'signature.structure'
  /** A value that must be base64 is not, or is interrupted by markup. */
  | 'signature.value-malformed'
  /** Another Signature stands inside a part of this one where none may be. */
  | 'signature.position'
  /** KeyInfo holds something in the place of a certificate that is none. */
  | 'key-info.malformed'
  | 'c14n.unknown'
  | 'method.unknown'
  /** HMAC: whoever has the public key could have made it. */
  | 'method.hmac'
  | 'method.parameters'
  /** DigestMethod and SignatureMethod do not belong together. */
  | 'method.digest-mismatch'
  | 'reference.none'
  | 'reference.too-many'
  /** Nothing but properties of the signature is signed. */
  | 'reference.no-content'
  /** No element has the Id. */
  | 'reference.unresolved'
  /** Several elements have the Id. */
  | 'reference.duplicate-id'
  /** A pointer that is more than an Id. */
  | 'reference.pointer'
  /** A URI that is never followed: a file, another scheme. */
  | 'reference.forbidden-uri'
  /** Several references to what is outside of the document. */
  | 'reference.several-external'
  /** What is signed stands where nobody reads it: inside of a signature that does not own it. */
  | 'reference.position'
  /** An unsigned element has the name of a signed one: which of both is read nobody can tell. */
  | 'reference.wrapping'
  /** A comment that nobody signed splits a signed text: readers see different texts. */
  | 'reference.comment-in-text'
  | 'reference.malformed'
  | 'transform.xslt'
  | 'transform.xpath'
  | 'transform.unknown'
  /** A transform that does not follow from the one before it. */
  | 'transform.order'
  | 'transform.too-many'
  /** What is to be canonicalised is not XML, or none that is read here. */
  | 'transform.not-xml'
  | 'xades.structure'
  /** SignedProperties are there and no reference of the right Type covers them. */
  | 'xades.signed-properties-not-referenced'
  /** The reference of the Type SignedProperties leads to something else. */
  | 'xades.signed-properties-elsewhere'
  /** Target is not the Id of the signature. */
  | 'xades.target'
  /** A CounterSignature that is not over the value of the signature it stands in (§5.2.7.2). */
  | 'xades.counter-signature'
  /** DataObjectFormat describes a reference that is not there. */
  | 'xades.object-reference'
