import type { XmlElement } from 'libxml2-wasm'
import {
  type C14nAlgorithm,
  c14nAlgorithm,
  isUnsupportedMethod,
  type SignatureMethod,
  signatureMethodOf,
} from './algorithms.ts'
import type { XmlDefect } from './defects.ts'
import {
  attributeOf,
  childElements,
  childrenNamed,
  hasElementContent,
  isNamed,
  plainTextOf,
} from './elements.ts'
import { namespace } from './namespaces.ts'
import { readBase64 } from './read-base64.ts'

/** A ds:Transform: the element keeps parameters. */
export type TransformElement = { readonly uri: string; readonly element: XmlElement }

/** A ds:Reference as written. */
export type ReferenceElement = {
  readonly element: XmlElement
  readonly id: string | undefined
  /** `undefined`: no URI attribute, so the application is to know what was signed. */
  readonly uri: string | undefined
  readonly type: string | undefined
  readonly transforms: readonly TransformElement[]
  readonly digestMethod: string
  readonly digestValue: Uint8Array
}

/** Canonicalisation with its parameters. */
export type Canonicalization = {
  readonly algorithm: C14nAlgorithm
  readonly inclusivePrefixes: readonly string[]
}

/** A ds:Signature as written. Whatever is `undefined` could not be read, and a defect says so. */
export type SignatureElement = {
  readonly element: XmlElement
  readonly id: string | undefined
  readonly signedInfo: XmlElement | undefined
  readonly canonicalization: Canonicalization | undefined
  readonly methodUri: string
  readonly method: SignatureMethod | undefined
  readonly references: readonly ReferenceElement[]
  readonly signatureValue: Uint8Array | undefined
  readonly signatureValueElement: XmlElement | undefined
  readonly keyInfo: XmlElement | undefined
  readonly objects: readonly XmlElement[]
  readonly defects: readonly XmlDefect[]
}

const maxPrefixes = 64

/**
 * The canonicalisation that an element with Algorithm and perhaps InclusiveNamespaces asks for, or
 * `undefined` for one that is not on the list, or has other parameters.
 */
export const readCanonicalization = (element: XmlElement): Canonicalization | undefined => {
  const algorithm = c14nAlgorithm(attributeOf(element, 'Algorithm') ?? '')
  const [parameter, ...more] = childElements(element)
  if (algorithm === undefined || more.length > 0) {
    return undefined
  }
  if (parameter === undefined) {
    return { algorithm, inclusivePrefixes: [] }
  }
  const inclusivePrefixes = (attributeOf(parameter, 'PrefixList') ?? '')
    .split(/[ \t\r\n]+/)
    .filter((prefix) => prefix !== '')
  return algorithm.mode === 'exclusive-1.0' &&
    isNamed(parameter, namespace.ec, 'InclusiveNamespaces') &&
    inclusivePrefixes.length <= maxPrefixes
    ? { algorithm, inclusivePrefixes }
    : undefined
}

/** RSA of 16384 bits signs in 2048 octets. */
const maxSignatureOctets = 2048

/** More than any certificate, list or token has that comes inside of a signature. */
const maxValueOctets = 4 * 1024 * 1024

/** DigestValue, SignatureValue, X509Certificate: base64 and nothing but text. */
export const base64Of = (
  element: XmlElement | undefined,
  { maxOctets = maxValueOctets }: { readonly maxOctets?: number } = {},
): Uint8Array | undefined => {
  const text = element === undefined ? undefined : plainTextOf(element)
  // Line ends and indentation may be longer than the value itself, not many times so.
  const bytes = text === undefined || text.length > 8 * maxOctets ? undefined : readBase64(text)
  return bytes === undefined || bytes.length === 0 || bytes.length > maxOctets ? undefined : bytes
}

/** Are the children of an element just these, in this order? `?` marks one that may be missing. */
export const hasSequence = (element: XmlElement, names: readonly string[]): boolean => {
  const children = childElements(element)
  let next = 0
  for (const name of names) {
    const child = children[next]
    if (child !== undefined && isNamed(child, namespace.ds, name.replace('?', ''))) {
      next += 1
    } else if (!name.endsWith('?')) {
      return false
    }
  }
  return next === children.length && hasElementContent(element)
}

const readTransforms = (reference: XmlElement): readonly TransformElement[] | undefined => {
  const [list] = childrenNamed(reference, namespace.ds, 'Transforms')
  if (list === undefined) {
    return []
  }
  const transforms = childrenNamed(list, namespace.ds, 'Transform')
  return transforms.length > 0 &&
    transforms.length === childElements(list).length &&
    hasElementContent(list)
    ? transforms.map((element) => ({ uri: attributeOf(element, 'Algorithm') ?? '', element }))
    : undefined
}

/** A ds:Reference, in SignedInfo or in a time-stamp of XAdES; `undefined` when it is malformed. */
export const readReference = (element: XmlElement): ReferenceElement | undefined => {
  const [digestMethod] = childrenNamed(element, namespace.ds, 'DigestMethod')
  const [digestValueElement] = childrenNamed(element, namespace.ds, 'DigestValue')
  const transforms = readTransforms(element)
  const digestValue = base64Of(digestValueElement)
  if (
    !hasSequence(element, ['Transforms?', 'DigestMethod', 'DigestValue']) ||
    transforms === undefined ||
    digestMethod === undefined ||
    childElements(digestMethod).length > 0 ||
    digestValue === undefined
  ) {
    return undefined
  }
  return {
    element,
    id: attributeOf(element, 'Id'),
    uri: attributeOf(element, 'URI'),
    type: attributeOf(element, 'Type'),
    transforms,
    digestMethod: attributeOf(digestMethod, 'Algorithm') ?? '',
    digestValue,
  }
}

const readMethod = (
  signedInfo: XmlElement | undefined,
): Pick<SignatureElement, 'methodUri' | 'method'> & { readonly defects: readonly XmlDefect[] } => {
  const [element] =
    signedInfo === undefined ? [] : childrenNamed(signedInfo, namespace.ds, 'SignatureMethod')
  if (element === undefined) {
    return { methodUri: '', method: undefined, defects: [] }
  }
  const methodUri = attributeOf(element, 'Algorithm') ?? ''
  const method = signatureMethodOf(methodUri)
  if (method === undefined) {
    if (isUnsupportedMethod(methodUri)) {
      return { methodUri, method, defects: [] }
    }
    const isHmac = /hmac/i.test(methodUri)
    return { methodUri, method, defects: [isHmac ? 'method.hmac' : 'method.unknown'] }
  }
  const hasParameters = childElements(element).length > 0
  return { methodUri, method, defects: hasParameters ? ['method.parameters'] : [] }
}

/** Signature: SignedInfo, SignatureValue, KeyInfo?, Object* (XMLDSig 1.1 §4.2), and nothing else. */
const isSignatureSequence = (element: XmlElement): boolean => {
  const names = childElements(element).map((child) =>
    child.namespaceUri === namespace.ds ? child.name : '',
  )
  const rest = names.slice(names[2] === 'KeyInfo' ? 3 : 2)
  return (
    names[0] === 'SignedInfo' &&
    names[1] === 'SignatureValue' &&
    rest.every((name) => name === 'Object') &&
    hasElementContent(element)
  )
}

/** SignedInfo: CanonicalizationMethod, SignatureMethod, Reference+ (XMLDSig 1.1 §4.4). */
const isSignedInfoSequence = (element: XmlElement): boolean => {
  const [first, second, ...references] = childElements(element).map((child) =>
    child.namespaceUri === namespace.ds ? child.name : '',
  )
  return (
    first === 'CanonicalizationMethod' &&
    second === 'SignatureMethod' &&
    references.every((name) => name === 'Reference') &&
    hasElementContent(element)
  )
}

/**
 * Reads a ds:Signature strictly by its schema: every part once, in order, nothing foreign between, so
 * that there is one SignedInfo and one value of everything, whoever reads.
 */
export const readSignature = (
  element: XmlElement,
  { maxReferences }: { readonly maxReferences: number },
): SignatureElement => {
  const defects = new Set<XmlDefect>()
  const [signedInfo] = childrenNamed(element, namespace.ds, 'SignedInfo')
  const [signatureValueElement] = childrenNamed(element, namespace.ds, 'SignatureValue')
  const [keyInfo] = childrenNamed(element, namespace.ds, 'KeyInfo')
  if (!isSignatureSequence(element) || !signedInfo || !isSignedInfoSequence(signedInfo)) {
    defects.add('signature.structure')
  }
  const [c14nElement] =
    signedInfo === undefined
      ? []
      : childrenNamed(signedInfo, namespace.ds, 'CanonicalizationMethod')
  const canonicalization = c14nElement === undefined ? undefined : readCanonicalization(c14nElement)
  if (c14nElement !== undefined && canonicalization === undefined) {
    defects.add('c14n.unknown')
  }
  const method = readMethod(signedInfo)
  method.defects.forEach((defect) => {
    defects.add(defect)
  })
  const referenceElements =
    signedInfo === undefined ? [] : childrenNamed(signedInfo, namespace.ds, 'Reference')
  if (referenceElements.length === 0) {
    defects.add('reference.none')
  }
  if (referenceElements.length > maxReferences) {
    defects.add('reference.too-many')
  }
  const references = referenceElements.slice(0, maxReferences).flatMap((reference) => {
    const read = readReference(reference)
    if (read === undefined) {
      defects.add('reference.malformed')
    }
    return read ?? []
  })
  const signatureValue = base64Of(signatureValueElement, { maxOctets: maxSignatureOctets })
  if (signatureValue === undefined) {
    defects.add('signature.value-malformed')
  }
  return {
    element,
    id: attributeOf(element, 'Id'),
    signedInfo,
    canonicalization,
    methodUri: method.methodUri,
    method: method.method,
    references,
    signatureValue,
    signatureValueElement,
    keyInfo,
    objects: childrenNamed(element, namespace.ds, 'Object'),
    defects: [...defects],
  }
}
