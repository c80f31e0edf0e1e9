import { algorithmOid } from '../keys/oids.ts'

/** What a canonicalisation algorithm does. */
export type C14nAlgorithm = {
  readonly uri: string
  readonly mode: 'inclusive-1.0' | 'inclusive-1.1' | 'exclusive-1.0'
  readonly withComments: boolean
}

const c14n = (
  uri: string,
  mode: C14nAlgorithm['mode'],
  withComments: boolean,
): readonly [string, C14nAlgorithm] => [uri, { uri, mode, withComments }]

const c14nByUri: ReadonlyMap<string, C14nAlgorithm> = new Map([
  c14n('http://www.w3.org/TR/2001/REC-xml-c14n-20010315', 'inclusive-1.0', false),
  c14n('http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments', 'inclusive-1.0', true),
  c14n('http://www.w3.org/2006/12/xml-c14n11', 'inclusive-1.1', false),
  c14n('http://www.w3.org/2006/12/xml-c14n11#WithComments', 'inclusive-1.1', true),
  c14n('http://www.w3.org/2001/10/xml-exc-c14n#', 'exclusive-1.0', false),
  c14n('http://www.w3.org/2001/10/xml-exc-c14n#WithComments', 'exclusive-1.0', true),
])

/** The canonicalisation of a URI (Canonical XML 1.0, 1.1, Exclusive 1.0), or `undefined`. */
export const c14nAlgorithm = (uri: string): C14nAlgorithm | undefined => c14nByUri.get(uri)

/** URIs of algorithms that this room writes or tells apart. */
export const algorithmUri = {
  c14n10: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  c14n10WithComments: 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  c14n11: 'http://www.w3.org/2006/12/xml-c14n11',
  exclusiveC14n: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
  base64: 'http://www.w3.org/2000/09/xmldsig#base64',
  xpath: 'http://www.w3.org/TR/1999/REC-xpath-19991116',
  xpathFilter2: 'http://www.w3.org/2002/06/xmldsig-filter2',
  xslt: 'http://www.w3.org/TR/1999/REC-xslt-19991116',
} as const

const ruUrn = 'urn:ietf:params:xml:ns:cpxmlsec:algorithms:'
const kzUrn = 'urn:ietf:params:xml:ns:pkigovkz:xmlsec:algorithms:'
const dsig = 'http://www.w3.org/2000/09/xmldsig#'
const more = 'http://www.w3.org/2001/04/xmldsig-more#'
const xmlenc = 'http://www.w3.org/2001/04/xmlenc#'

/**
 * DigestMethod URIs (XMLDSig 1.1 §6.2, RFC 9231 §2.1, crypto.md §2). `#sha1` under xmldsig-more is no
 * standard's: old Kazakh clients write it (kz-egov-mobile.md §14). The first URI of an OID is written.
 */
const digestUris: readonly (readonly [uri: string, oid: string])[] = [
  [`${xmlenc}sha256`, algorithmOid.sha256],
  [`${more}sha384`, algorithmOid.sha384],
  [`${xmlenc}sha512`, algorithmOid.sha512],
  [`${dsig}sha1`, algorithmOid.sha1],
  [`${more}sha1`, algorithmOid.sha1],
  [`${ruUrn}gostr34112012-256`, algorithmOid.ruStreebog256],
  [`${ruUrn}gostr34112012-512`, algorithmOid.ruStreebog512],
  [`${ruUrn}gostr3411`, algorithmOid.ruGost341194],
  [`${more}gostr3411`, algorithmOid.ruGost341194],
  [`${kzUrn}gostr34112015-512`, algorithmOid.kzStreebog512],
  [`${kzUrn}gostr34112015-256`, algorithmOid.kzStreebog256],
  [`${more}gost34311`, algorithmOid.kzGost34311],
]

const digestOidByUri: ReadonlyMap<string, string> = new Map(digestUris)

/** OID of a DigestMethod, or `undefined` outside the white list. */
export const digestOidOfUri = (uri: string): string | undefined => digestOidByUri.get(uri)

/** The DigestMethod that is written for a digest OID, or `undefined`. */
export const digestUriOf = (digestOid: string): string | undefined =>
  digestUris.find(([, oid]) => oid === digestOid)?.[0]

/** One SignatureMethod: the signature algorithm it means, and which digests its references may use. */
export type SignatureMethod = {
  readonly uri: string
  /** As X.509 and CMS name it: key and digest follow (`resolveScheme`). */
  readonly signatureOid: string
  readonly digestOids: readonly string[]
  /** How SignatureValue holds a signature: as the scheme does, or r and s side by side (RFC 9231). */
  readonly encoding: 'scheme' | 'r-s'
}

/** SHA-1 belongs to RSA and ECDSA and is weak: what that means a policy says. */
const sha1AndSha2: readonly string[] = [
  algorithmOid.sha1,
  algorithmOid.sha256,
  algorithmOid.sha384,
  algorithmOid.sha512,
]
const streebogRu: readonly string[] = [algorithmOid.ruStreebog256, algorithmOid.ruStreebog512]
const streebogKz: readonly string[] = [algorithmOid.kzStreebog256, algorithmOid.kzStreebog512]

/** ANSI X9.62, RFC 5758 §3.2. */
const ecdsaOid = {
  sha1: '1.2.840.10045.4.1',
  sha256: '1.2.840.10045.4.3.2',
  sha384: '1.2.840.10045.4.3.3',
  sha512: '1.2.840.10045.4.3.4',
} as const

/** RFC 4491 §2.2.1: id-GostR3411-94-with-GostR3410-2001. */
const ru2001SignatureOid = '1.2.643.2.2.3'

const method = (
  uri: string,
  signatureOid: string,
  digestOids: readonly string[],
  encoding: SignatureMethod['encoding'] = 'scheme',
): SignatureMethod => ({ uri, signatureOid, digestOids, encoding })

/**
 * The closed list of SignatureMethod URIs, each with the digests that belong to it (security.md row 4).
 * HMAC is not among them: a public key would become its secret. The first URI of an OID is written.
 */
const signatureMethods: readonly SignatureMethod[] = [
  method(`${ruUrn}gostr34102012-gostr34112012-256`, algorithmOid.ruSignature256, streebogRu),
  method(`${ruUrn}gostr34102012-gostr34112012-512`, algorithmOid.ruSignature512, streebogRu),
  method(`${ruUrn}gostr34102001-gostr3411`, ru2001SignatureOid, [algorithmOid.ruGost341194]),
  method(`${more}gostr34102001-gostr3411`, ru2001SignatureOid, [algorithmOid.ruGost341194]),
  method(`${kzUrn}gostr34102015-gostr34112015-512`, algorithmOid.kz2015Signature512, streebogKz),
  method(`${kzUrn}gostr34102015-gostr34112015-256`, algorithmOid.kz2015Signature256, streebogKz),
  method(`${more}gost34310-gost34311`, algorithmOid.kz2004Signature, [algorithmOid.kzGost34311]),
  method(`${more}rsa-sha256`, algorithmOid.sha256WithRsa, sha1AndSha2),
  method(`${more}rsa-sha384`, algorithmOid.sha384WithRsa, sha1AndSha2),
  method(`${more}rsa-sha512`, algorithmOid.sha512WithRsa, sha1AndSha2),
  method(`${dsig}rsa-sha1`, algorithmOid.sha1WithRsa, sha1AndSha2),
  method(`${more}rsa-sha1`, algorithmOid.sha1WithRsa, sha1AndSha2),
  method(`${more}ecdsa-sha256`, ecdsaOid.sha256, sha1AndSha2, 'r-s'),
  method(`${more}ecdsa-sha384`, ecdsaOid.sha384, sha1AndSha2, 'r-s'),
  method(`${more}ecdsa-sha512`, ecdsaOid.sha512, sha1AndSha2, 'r-s'),
  method(`${more}ecdsa-sha1`, ecdsaOid.sha1, sha1AndSha2, 'r-s'),
]

const newer = 'http://www.w3.org/2007/05/xmldsig-more#'
const newest = 'http://www.w3.org/2021/04/xmldsig-more#'

/** Standard SignatureMethods with a public key (XMLDSig 1.1 §6.1, RFC 9231 §2.3) that are not computed here. */
const unsupportedMethods: ReadonlySet<string> = new Set([
  `${dsig}dsa-sha1`,
  'http://www.w3.org/2009/xmldsig11#dsa-sha256',
  ...['rsa-sha224', 'rsa-ripemd160', 'ecdsa-sha224'].map((name) => `${more}${name}`),
  `${newer}rsa-pss`,
  ...['sha1', 'sha224', 'sha256', 'sha384', 'sha512'].map((hash) => `${newer}${hash}-rsa-MGF1`),
  ...['sha3-224', 'sha3-256', 'sha3-384', 'sha3-512'].flatMap((hash) => [
    `${newer}${hash}-rsa-MGF1`,
    `${newest}ecdsa-${hash}`,
  ]),
  ...['ed25519', 'ed25519ctx', 'ed25519ph', 'ed448', 'ed448ph'].map(
    (name) => `${newest}eddsa-${name}`,
  ),
])

/** Is it a standard method that is only unsupported? Neither a fault of the signature nor a proof. */
export const isUnsupportedMethod = (uri: string): boolean => unsupportedMethods.has(uri)

/** The SignatureMethod of a URI, or `undefined` outside the white list. */
export const signatureMethodOf = (uri: string): SignatureMethod | undefined =>
  signatureMethods.find((each) => each.uri === uri)

/** The SignatureMethod that is written for a signature algorithm OID, or `undefined`. */
export const signatureMethodByOid = (signatureOid: string): SignatureMethod | undefined =>
  signatureMethods.find((each) => each.signatureOid === signatureOid)
