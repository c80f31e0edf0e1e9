import { asUniversal, explicitContent, present } from '../asn1/access.ts'
import { stringOf } from '../asn1/access-text.ts'
import { type Asn1Node, universalTag } from '../asn1/node.ts'
import { type Name, parseName } from './name.ts'

/** GeneralName of RFC 5280 §4.2.1.6, the forms that anything of ours reads. */
export type GeneralName =
  | { readonly type: 'email' | 'dns' | 'uri'; readonly value: string }
  | { readonly type: 'directory'; readonly name: Name }
  | { readonly type: 'ip'; readonly bytes: Uint8Array }
  /** otherName 0, x400Address 3, ediPartyName 5, registeredID 8. */
  | { readonly type: 'other'; readonly tag: number; readonly bytes: Uint8Array }

const textTypes = new Map([
  [1, 'email'],
  [2, 'dns'],
  [6, 'uri'],
] as const)

/** Reads one GeneralName; forms that nothing of ours reads are kept as they are. */
export const parseGeneralName = (node: Asn1Node): GeneralName => {
  const { tag } = node
  const textType = textTypes.get(tag as 1 | 2 | 6)
  if (node.class === 'context' && textType !== undefined) {
    return { type: textType, value: stringOf(asUniversal(node, universalTag.ia5String)) }
  }
  if (node.class === 'context' && tag === 4) {
    return { type: 'directory', name: parseName(explicitContent(node)) }
  }
  if (node.class === 'context' && tag === 7) {
    return { type: 'ip', bytes: node.content }
  }
  return { type: 'other', tag, bytes: node.bytes }
}

/** URIs among general names. */
export const urisOf = (names: readonly GeneralName[]): readonly string[] =>
  names.flatMap((name) => (name.type === 'uri' ? [name.value] : []))

/** GeneralNames behind an implicit context tag, or none. */
export const generalNamesBehind = (node: Asn1Node | undefined): readonly GeneralName[] =>
  node === undefined ? [] : present(node).children.map(parseGeneralName)
