/** Namespaces of XML signatures and of what stands around them. */
export const namespace = {
  xml: 'http://www.w3.org/XML/1998/namespace',
  /** XML Signature (W3C XMLDSig 1.1). */
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  /** Exclusive XML Canonicalization: its InclusiveNamespaces. */
  ec: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  /** XML-Signature XPath Filter 2.0. */
  filter2: 'http://www.w3.org/2002/06/xmldsig-filter2',
  /** XAdES (ETSI EN 319 132-1 §3). */
  xades: 'http://uri.etsi.org/01903/v1.3.2#',
  xades141: 'http://uri.etsi.org/01903/v1.4.1#',
  /** OASIS Web Services Security 1.0. */
  wsse: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  wsu: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
} as const

/** Values of Reference/@Type. */
export const referenceType = {
  signedProperties: 'http://uri.etsi.org/01903#SignedProperties',
  countersigned: 'http://uri.etsi.org/01903#CountersignedSignature',
  manifest: 'http://www.w3.org/2000/09/xmldsig#Manifest',
} as const
