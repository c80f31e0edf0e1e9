import type { XmlElement } from 'libxml2-wasm'
import { algorithmUri, c14nAlgorithm } from '../algorithms.ts'
import type { DocumentViews } from '../document-views.ts'
import { childElements, childrenNamed, isNamed } from '../elements.ts'
import { namespace } from '../namespaces.ts'
import { base64Of, type Canonicalization, readCanonicalization } from '../read-signature.ts'

/** A SignatureTimeStamp (ETSI EN 319 132-1 §5.3): a token, and the octets that it must be over. */
export type SignatureTimeStampFact = { readonly token: Uint8Array; readonly stamped: Uint8Array }

/** What unsigned properties hold; nobody vouches for any of it. */
export type UnsignedProperties = {
  readonly timeStamps: readonly SignatureTimeStampFact[]
  /** DER certificates of CertificateValues and TimeStampValidationData. */
  readonly certificates: readonly Uint8Array[]
  /** CertificateLists. */
  readonly crls: readonly Uint8Array[]
  /** OCSPResponses. */
  readonly ocsp: readonly Uint8Array[]
  /** Every property, by its name, and what came of it. */
  readonly facts: readonly {
    readonly type: string
    /** `hidden`: of no vocabulary of signatures, so that it may be content. */
    readonly status: 'values' | 'counter-signature' | 'hidden' | 'malformed' | 'unverified'
  }[]
}

const none: UnsignedProperties = {
  timeStamps: [],
  certificates: [],
  crls: [],
  ocsp: [],
  facts: [],
}

const maxProperties = 64

const isXades = (element: XmlElement, name: string): boolean =>
  isNamed(element, namespace.xades, name) || isNamed(element, namespace.xades141, name)

/** Canonicalisation of a time-stamp; Canonical XML 1.0 when it names none (§5.1.4.1). */
const canonicalizationOf = (timeStamp: XmlElement): Canonicalization | undefined => {
  const [element] = childrenNamed(timeStamp, namespace.ds, 'CanonicalizationMethod')
  if (element !== undefined) {
    return readCanonicalization(element)
  }
  const algorithm = c14nAlgorithm(algorithmUri.c14n10)
  return algorithm === undefined ? undefined : { algorithm, inclusivePrefixes: [] }
}

const malformed = (type: string): UnsignedProperties => ({
  ...none,
  facts: [{ type, status: 'malformed' }],
})

const readTimeStamp = (
  element: XmlElement,
  { signatureValue, views }: { signatureValue: XmlElement; views: DocumentViews },
): UnsignedProperties => {
  const how = canonicalizationOf(element)
  const tokens = childrenNamed(element, namespace.xades, 'EncapsulatedTimeStamp').map((each) =>
    base64Of(each),
  )
  const [token] = tokens
  if (how === undefined || token === undefined || tokens.length > 1) {
    return malformed('SignatureTimeStamp')
  }
  return {
    ...none,
    timeStamps: [{ token, stamped: views.canonicalizeElement(signatureValue, how) }],
  }
}

/** Is everything in it of the vocabularies of signatures? */
const isOfSignatures = (element: XmlElement): boolean =>
  (isXades(element, element.name) || element.namespaceUri === namespace.ds) &&
  childElements(element).every(isOfSignatures)

type Kind = 'certificates' | 'crls' | 'ocsp'

const kinds: Readonly<Record<string, Kind>> = {
  EncapsulatedX509Certificate: 'certificates',
  EncapsulatedCRLValue: 'crls',
  EncapsulatedOCSPValue: 'ocsp',
}

/** All encapsulated values in an element, at any depth of its few levels of grouping. */
const readValues = (element: XmlElement, type: string): UnsignedProperties => {
  const found: Record<Kind, Uint8Array[]> = { certificates: [], crls: [], ocsp: [] }
  let isMalformed = false
  const visit = (parent: XmlElement, depth: number): void => {
    for (const child of childElements(parent)) {
      const kind = isXades(child, child.name) ? kinds[child.name] : undefined
      if (kind !== undefined) {
        const bytes = base64Of(child)
        isMalformed ||= bytes === undefined
        found[kind].push(...(bytes === undefined ? [] : [bytes]))
      } else if (depth > 0) {
        visit(child, depth - 1)
      }
    }
  }
  visit(element, 3)
  return { ...none, ...found, facts: [{ type, status: isMalformed ? 'malformed' : 'values' }] }
}

const valueProperties: readonly string[] = [
  'CertificateValues',
  'RevocationValues',
  'TimeStampValidationData',
  'AnyValidationData',
]

const readProperty = (
  element: XmlElement,
  surroundings: { signatureValue: XmlElement; views: DocumentViews },
): UnsignedProperties => {
  if (isXades(element, 'SignatureTimeStamp')) {
    return readTimeStamp(element, surroundings)
  }
  if (isXades(element, 'CounterSignature')) {
    const [signature, ...more] = childElements(element)
    const isOne =
      signature !== undefined && more.length === 0 && isNamed(signature, namespace.ds, 'Signature')
    return isOne
      ? { ...none, facts: [{ type: element.name, status: 'counter-signature' }] }
      : malformed(element.name)
  }
  return valueProperties.some((name) => isXades(element, name))
    ? readValues(element, element.name)
    : {
        ...none,
        facts: [
          {
            type: element.name,
            status: isOfSignatures(element) ? 'unverified' : 'hidden',
          },
        ],
      }
}

/** Reads UnsignedProperties: time-stamps to check, values to use, and what nothing here can check. */
export const readUnsignedProperties = (
  element: XmlElement,
  surroundings: { readonly signatureValue: XmlElement; readonly views: DocumentViews },
): UnsignedProperties => {
  const groups = childElements(element)
  const properties = groups
    .filter((child) => isXades(child, 'UnsignedSignatureProperties'))
    .flatMap(childElements)
  const others = groups.filter((child) => !isXades(child, 'UnsignedSignatureProperties'))
  if (properties.length > maxProperties) {
    return malformed('UnsignedSignatureProperties')
  }
  const read = properties.map((property) => readProperty(property, surroundings))
  return {
    timeStamps: read.flatMap(({ timeStamps }) => timeStamps),
    certificates: read.flatMap(({ certificates }) => certificates),
    crls: read.flatMap(({ crls }) => crls),
    ocsp: read.flatMap(({ ocsp }) => ocsp),
    facts: [
      ...read.flatMap(({ facts }) => facts),
      ...others.map((other) => ({
        type: other.name,
        status: isXades(other, 'UnsignedDataObjectProperties')
          ? ('unverified' as const)
          : ('malformed' as const),
      })),
    ],
  }
}
