import type { XmlElement } from 'libxml2-wasm'
import type { CheckedReference } from '../check-reference.ts'
import type { XmlDefect } from '../defects.ts'
import type { DocumentViews } from '../document-views.ts'
import { attributeOf, childElements, childrenNamed } from '../elements.ts'
import { namespace, referenceType } from '../namespaces.ts'
import type { SignatureElement } from '../read-signature.ts'
import { readSignedProperties, type SignedProperties } from './read-signed-properties.ts'
import { readUnsignedProperties, type UnsignedProperties } from './read-unsigned-properties.ts'

/** QualifyingProperties of a signature, read and held against what is signed. */
export type QualifyingProperties = {
  readonly signed: SignedProperties | undefined
  readonly unsigned: UnsignedProperties | undefined
  readonly defects: readonly XmlDefect[]
}

const qualifyingPropertiesOf = (signature: SignatureElement): readonly XmlElement[] =>
  signature.objects.flatMap((object) =>
    childrenNamed(object, namespace.xades, 'QualifyingProperties'),
  )

/** The SignedProperties elements in the signature's own objects. */
export const signedPropertiesOf = (signature: SignatureElement): readonly XmlElement[] =>
  qualifyingPropertiesOf(signature).flatMap((element) =>
    childrenNamed(element, namespace.xades, 'SignedProperties'),
  )

/** Exactly one reference of the Type, and to the very element that is read (EN 319 132-1 §4.4.2). */
const checkReferenced = (
  element: XmlElement,
  references: readonly CheckedReference[],
): XmlDefect | undefined => {
  const typed = references.filter(({ fact }) => fact.type === referenceType.signedProperties)
  const leading = typed.filter(
    ({ target }) => target !== undefined && target !== 'document' && target.isSameNode(element),
  )
  if (leading.length === 1 && typed.length === 1) {
    return undefined
  }
  return typed.length === 0
    ? 'xades.signed-properties-not-referenced'
    : 'xades.signed-properties-elsewhere'
}

/**
 * Every DataObjectFormat names, by its Id, a reference of this signature (§5.2.4); the Id of what that
 * leads to, which some write instead, means the same.
 */
const checkObjectReferences = (
  { dataObjectFormats }: SignedProperties,
  references: readonly CheckedReference[],
): readonly XmlDefect[] =>
  dataObjectFormats.every(({ objectReference }) =>
    references.some(
      ({ fact }) =>
        (fact.id !== undefined && objectReference === `#${fact.id}`) ||
        (objectReference.length > 1 && objectReference === fact.uri),
    ),
  )
    ? []
    : ['xades.object-reference']

/**
 * Reads the QualifyingProperties of a signature (ETSI EN 319 132-1 §4.3), or `undefined` when it has
 * none. Signed properties count only when the signature covers them.
 */
export const readQualifyingProperties = (
  signature: SignatureElement,
  {
    references,
    views,
  }: { readonly references: readonly CheckedReference[]; readonly views: DocumentViews },
): QualifyingProperties | undefined => {
  const [element, ...more] = qualifyingPropertiesOf(signature)
  const hasTyped = references.some(({ fact }) => fact.type === referenceType.signedProperties)
  if (element === undefined) {
    return hasTyped
      ? { signed: undefined, unsigned: undefined, defects: ['xades.signed-properties-elsewhere'] }
      : undefined
  }
  const defects = new Set<XmlDefect>(more.length === 0 ? [] : ['xades.structure'])
  const names = childElements(element).map((child) =>
    child.namespaceUri === namespace.xades ? child.name : '',
  )
  // SignedProperties?, UnsignedProperties?, and nothing else (§4.3.1).
  if (
    !['', 'SignedProperties', 'UnsignedProperties', 'SignedProperties UnsignedProperties'].includes(
      names.join(' '),
    ) ||
    names.includes('')
  ) {
    defects.add('xades.structure')
  }
  const [first, ...others] = signature.id === undefined ? [] : views.findById(signature.id)
  if (
    attributeOf(element, 'Target') !== `#${signature.id}` ||
    first?.isSameNode(signature.element) !== true ||
    others.length > 0
  ) {
    defects.add('xades.target')
  }
  const [signedElement, ...otherSigned] = childrenNamed(
    element,
    namespace.xades,
    'SignedProperties',
  )
  if (otherSigned.length > 0) {
    defects.add('xades.structure')
  }
  let signed: SignedProperties | undefined
  if (signedElement === undefined) {
    if (hasTyped) {
      defects.add('xades.signed-properties-elsewhere')
    }
  } else {
    const read = readSignedProperties(signedElement)
    const found = [
      ...read.defects,
      ...[checkReferenced(signedElement, references) ?? []].flat(),
      ...checkObjectReferences(read.properties, references),
    ]
    found.forEach((defect) => {
      defects.add(defect)
    })
    signed = read.properties
  }
  const [unsignedElement] = childrenNamed(element, namespace.xades, 'UnsignedProperties')
  return {
    signed,
    unsigned:
      unsignedElement === undefined || signature.signatureValueElement === undefined
        ? undefined
        : readUnsignedProperties(unsignedElement, {
            signatureValue: signature.signatureValueElement,
            views,
          }),
    defects: [...defects],
  }
}
