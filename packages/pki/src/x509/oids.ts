/** Extensions of RFC 5280 §4.2 and RFC 6960 §4.2.2.2.1. */
export const extensionOid = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extKeyUsage: '2.5.29.37',
  freshestCrl: '2.5.29.46',
  inhibitAnyPolicy: '2.5.29.54',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  ocspNoCheck: '1.3.6.1.5.5.7.48.1.5',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  /** NCA key-store type (kz-egov-mobile.md §12.4). */
  kzKeyStore: '1.2.398.3.3.5',
  /** Signing tools and identification of Russia (RFC 9215 §2, crypto.md §1.1). */
  ruSubjectSignTool: '1.2.643.100.111',
  ruIssuerSignTool: '1.2.643.100.112',
  ruIdentificationKind: '1.2.643.100.114',
} as const

/** anyPolicy of RFC 5280 §4.2.1.4. */
export const anyPolicyOid = '2.5.29.32.0'

/** Purposes of RFC 5280 §4.2.1.12 that this package asks about. */
export const extKeyUsageOid = {
  any: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  emailProtection: '1.3.6.1.5.5.7.3.4',
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
} as const

/**
 * Attribute types of names: the keyword that a readable name shows. RFC 4514 §3 first, then the usual
 * ones, then the national ones (crypto.md §1.1, uz-eimzo-didox.md §3.4).
 */
export const attributeKeyword: Readonly<Record<string, string>> = Object.freeze({
  '2.5.4.3': 'CN',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.6': 'C',
  '2.5.4.9': 'STREET',
  '0.9.2342.19200300.100.1.25': 'DC',
  '0.9.2342.19200300.100.1.1': 'UID',
  '2.5.4.4': 'SURNAME',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.12': 'TITLE',
  '2.5.4.15': 'BUSINESSCATEGORY',
  '2.5.4.41': 'NAME',
  '2.5.4.42': 'GIVENNAME',
  '1.2.840.113549.1.9.1': 'EMAILADDRESS',
  '1.2.643.3.131.1.1': 'INN',
  '1.2.643.100.4': 'INNLE',
  '1.2.643.100.1': 'OGRN',
  '1.2.643.100.5': 'OGRNIP',
  '1.2.643.100.3': 'SNILS',
  '1.2.860.3.16.1.1': 'STIR',
  '1.2.860.3.16.1.2': 'JSHSHIR',
})

const keywordOid: Readonly<Record<string, string>> = Object.freeze(
  Object.fromEntries(Object.entries(attributeKeyword).map(([oid, keyword]) => [keyword, oid])),
)

/** OID of an attribute keyword of {@link attributeKeyword}. */
export const attributeOid = (keyword: string): string | undefined => keywordOid[keyword]
