import type { XmlElement } from 'libxml2-wasm'
import { algorithmUri } from './algorithms.ts'
import type { CheckedReference } from './check-reference.ts'
import type { XmlDefect } from './defects.ts'
import type { DocumentViews } from './document-views.ts'
import { childrenNamed, isElement, isNamed, isWithin, pathOf } from './elements.ts'
import { hasSplitText } from './find-split-text.ts'
import {
  findUncovered,
  findUncoveredObject,
  instructionOutside,
  isMoreThanText,
  isPropertyObject,
} from './find-uncovered.ts'
import { namespace, referenceType } from './namespaces.ts'
import type { SignatureElement } from './read-signature.ts'
import { signedPropertiesOf } from './xades/read-qualifying-properties.ts'

/** What a reference is for: only `content` is something that somebody meant to sign. */
export type ReferenceRole =
  | 'content'
  | 'signed-properties'
  | 'key-info'
  /** A list of further digests, which are not followed and not counted. */
  | 'manifest'
  /** The value of another signature. */
  | 'countersigned'

/** What of a document a signature covers. */
export type Coverage = {
  /** `document`: all of it but signatures. Otherwise the paths of the elements that are covered. */
  readonly covers: 'document' | 'external' | readonly string[]
  /** Path of something that is not covered, though it is no mere wrapper; `undefined` when all is. */
  readonly uncovered: string | undefined
  readonly defects: readonly XmlDefect[]
}

/** The role of a checked reference. */
export const roleOf = (
  { target, fact }: CheckedReference,
  signature: SignatureElement,
): ReferenceRole => {
  if (target === undefined || target === 'document') {
    return 'content'
  }
  if (signedPropertiesOf(signature).some((element) => element.isSameNode(target))) {
    return 'signed-properties'
  }
  if (signature.keyInfo !== undefined && target.isSameNode(signature.keyInfo)) {
    return 'key-info'
  }
  if (isNamed(target, namespace.ds, 'Manifest') || fact.type === referenceType.manifest) {
    return 'manifest'
  }
  return isNamed(target, namespace.ds, 'SignatureValue') ? 'countersigned' : 'content'
}

/** The innermost ds:Signature around an element, itself not counted. */
const enclosingSignatures = (element: XmlElement): readonly XmlElement[] => {
  const found: XmlElement[] = []
  for (let each = element.parent; each !== null; each = each.parent) {
    if (isNamed(each, namespace.ds, 'Signature')) {
      found.push(each)
    }
  }
  return found
}

/**
 * Inside of a signature only its own objects are places where somebody reads: an element hidden
 * elsewhere in it, or in another signature, is signed and never seen (security.md row 10).
 */
const isBadPosition = (
  target: XmlElement,
  role: ReferenceRole,
  signature: SignatureElement,
): boolean =>
  role !== 'key-info' &&
  role !== 'countersigned' &&
  enclosingSignatures(target).some((around) => {
    if (around.isSameNode(signature.element)) {
      return !signature.objects.some((object) => isWithin(target, object))
    }
    return !childrenNamed(around, namespace.ds, 'Object').some(
      (object) => isWithin(target, object) && isWithin(signature.element, object),
    )
  })

const maxNamesakes = 1000

/** An element outside of everything that is signed, which has the name of a signed one. */
const hasNamesake = (
  views: DocumentViews,
  target: XmlElement,
  { covered, signature }: { covered: readonly XmlElement[]; signature: SignatureElement },
): boolean => {
  const isOutside = (element: XmlElement): boolean =>
    !covered.some((each) => isWithin(element, each))
  if (isNamed(target, namespace.ds, 'Object')) {
    return signature.objects.some((object) => isOutside(object) && !isPropertyObject(object))
  }
  views.walk()
  const namesakes = `//*[local-name()='${target.name}']`
  return (
    Number(views.document.eval(`count(${namesakes})`)) > maxNamesakes ||
    views.document.find(namesakes).filter(isElement).some(isOutside)
  )
}

/**
 * What the matching content references of a signature cover, and whether somebody could take an unsigned
 * part for a signed one. Signed elements of every signature of the document are in `signedByAny`.
 */
export const findCoverage = (
  views: DocumentViews,
  {
    signature,
    references,
    signedByAny,
  }: {
    readonly signature: SignatureElement
    readonly references: readonly CheckedReference[]
    readonly signedByAny: readonly XmlElement[]
  },
): Coverage => {
  const defects = new Set<XmlDefect>()
  const { document } = views
  const { root } = document
  for (const reference of references) {
    const { target } = reference
    if (
      target !== undefined &&
      target !== 'document' &&
      isBadPosition(target, roleOf(reference, signature), signature)
    ) {
      defects.add('reference.position')
    }
  }
  const content = references.filter(
    (reference) => roleOf(reference, signature) === 'content' && reference.fact.result === 'match',
  )
  const hasSplit = content.some(({ target, showsComments }) => {
    if (target === undefined || showsComments) {
      return false
    }
    views.walk()
    return hasSplitText(target === 'document' ? document : target)
  })
  if (hasSplit) {
    defects.add('reference.comment-in-text')
  }
  const isTextOnly = ({ fact }: CheckedReference): boolean =>
    fact.transforms.includes(algorithmUri.base64)
  const covered = references.flatMap((reference) => {
    const role = roleOf(reference, signature)
    const { target } = reference
    const element = target === 'document' ? root : target
    return element !== undefined &&
      (role === 'content' || role === 'countersigned') &&
      reference.fact.result === 'match'
      ? [{ element, reference }]
      : []
  })
  const isWhole = covered.some(
    ({ element, reference }) => element.isSameNode(root) && !isTextOnly(reference),
  )
  const left = (element: XmlElement | string | undefined): string | undefined =>
    element === undefined || typeof element === 'string' ? element : pathOf(element)
  const inSignature = findUncoveredObject(signature, references)
  if (isWhole) {
    const isByElement = !content.some(({ target }) => target === 'document')
    return {
      covers: 'document',
      uncovered: left(inSignature ?? (isByElement ? instructionOutside(document) : undefined)),
      defects: [...defects],
    }
  }
  if (covered.length === 0) {
    const isDetached = content.some(({ target }) => target === undefined)
    return {
      covers: isDetached ? 'external' : [],
      uncovered: left(inSignature),
      defects: [...defects],
    }
  }
  const elements = covered.map(({ element }) => element)
  const signed = elements.filter((element) => !isNamed(element, namespace.ds, 'SignatureValue'))
  if (
    signed.some((target) =>
      hasNamesake(views, target, { covered: [...signedByAny, ...elements], signature }),
    )
  ) {
    defects.add('reference.wrapping')
  }
  const textOnly = covered.flatMap(({ element, reference }) =>
    isTextOnly(reference) && isMoreThanText(element) ? [element] : [],
  )
  const uncovered =
    textOnly[0] ?? inSignature ?? (signed.length === 0 ? undefined : findUncovered(root, elements))
  return { covers: elements.map(pathOf), uncovered: left(uncovered), defects: [...defects] }
}
