/** What a file is and what can be done with it, for people; the advice follows “this is no signature”. */
type KindWords = {
  /** With its article: “it is …”. */
  readonly name: string
  readonly next: string
}

const signatureAdvice = 'Give the signature itself: a file that ends in .p7s, .sig, .cms or .p7m.'

/** Every kind of file that `muhr inspect` tells apart. */
export const kindWords = {
  empty: { name: 'an empty file', next: 'Get the file again: nothing of it arrived.' },
  'cms-signature': { name: 'a CMS signature', next: 'Check it with muhr verify.' },
  'cms-damaged': { name: 'a damaged CMS signature', next: 'Get the file again.' },
  'cms-other': {
    name: 'a CMS object that is no signature (encrypted or plain data)',
    next: signatureAdvice,
  },
  'evidence-bundle': { name: 'an evidence bundle of Muhr', next: 'Check it with muhr verify.' },
  'time-stamp-token': {
    name: 'a time-stamp token (RFC 3161)',
    next: 'Check it with openssl ts -verify -token_in; a time-stamp alone signs no document.',
  },
  'time-stamp-response': {
    name: 'an answer of a time-stamp service (RFC 3161)',
    next: 'Check it with openssl ts -verify; a time-stamp alone signs no document.',
  },
  'time-stamp-query': {
    name: 'a question to a time-stamp service (RFC 3161)',
    next: signatureAdvice,
  },
  certificate: { name: 'a certificate', next: `See it with muhr inspect. ${signatureAdvice}` },
  'certificate-request': { name: 'a certificate request (PKCS#10)', next: signatureAdvice },
  crl: {
    name: 'a certificate revocation list',
    next: `See it with muhr inspect. ${signatureAdvice}`,
  },
  'ocsp-response': { name: 'an OCSP answer', next: `See it with muhr inspect. ${signatureAdvice}` },
  'ocsp-request': { name: 'an OCSP question', next: signatureAdvice },
  pkcs12: {
    name: 'a key store (PKCS#12)',
    next: 'Keep it secret: whoever has it and its password signs as its owner.',
  },
  'private-key': {
    name: 'a private key',
    next: 'Keep it secret: whoever has it signs as its owner.',
  },
  'encrypted-private-key': {
    name: 'an encrypted private key',
    next: 'Keep it secret: whoever has it and its password signs as its owner.',
  },
  'public-key': { name: 'a public key', next: signatureAdvice },
  pdf: {
    name: 'a PDF document',
    next: 'Give its signature, and the document with --content. Signatures inside a PDF are not read by this version.',
  },
  'xml-signature': {
    name: 'an XML document with a signature inside (XMLDSig)',
    next: 'Check it with muhr verify; where it finds none, get the file again.',
  },
  xml: { name: 'an XML document', next: signatureAdvice },
  json: { name: 'JSON text', next: signatureAdvice },
  office: {
    name: 'an office document (zip)',
    next: 'Give its signature, and the document with --content.',
  },
  zip: { name: 'a zip archive', next: 'Unpack it and give the signature inside.' },
  image: { name: 'an image', next: signatureAdvice },
  text: { name: 'text', next: signatureAdvice },
  asn1: { name: 'an ASN.1 object of a kind that is not known here', next: signatureAdvice },
  binary: { name: 'data of a kind that is not known here', next: signatureAdvice },
} as const satisfies Record<string, KindWords>

export type FileKind = keyof typeof kindWords
