import { type Asn1Node, expectEnd, expectSequence, expectSet, oidOf } from '../asn1/index.ts'
import type { Attribute } from './types.ts'

/** Reads one Attribute (RFC 5652 §5.3). Throws `asn1.*`. */
export const parseAttribute = (node: Asn1Node): Attribute => {
  const parts = expectSequence(node)
  const [type, values] = parts
  expectEnd(parts, 2)
  return { type: oidOf(type), values: expectSet(values), bytes: node.bytes }
}

/** The attributes of one type, in the order received. */
export const attributesOf = (
  attributes: readonly Attribute[] | undefined,
  type: string,
): readonly Attribute[] => (attributes ?? []).filter((attribute) => attribute.type === type)
