import { concatOctets } from '../../asn1/index.ts'
import type { FuzzRandom } from './fuzz-random.ts'

/** A tag-length-value as a tree that can be written again, whole or broken. */
type Node = {
  readonly tag: number
  readonly children: readonly Node[] | undefined
  readonly content: Uint8Array
  /** How its length is written. */
  readonly form: 'definite' | 'long' | 'indefinite' | 'wrong'
}

const maxDepth = 60

/** Reads leniently: what is no structure stays content. */
const readNodes = (octets: Uint8Array, depth = 0): readonly Node[] | undefined => {
  const nodes: Node[] = []
  let offset = 0
  while (offset < octets.length) {
    const tag = octets[offset] ?? 0
    const first = octets[offset + 1]
    if (first === undefined || (tag & 0x1f) === 0x1f) {
      return undefined
    }
    const count = first > 0x80 ? first & 0x7f : 0
    if (first === 0x80 || count > 4) {
      return undefined
    }
    const length =
      count === 0
        ? first
        : octets
            .subarray(offset + 2, offset + 2 + count)
            .reduce((value, octet) => value * 256 + octet, 0)
    const start = offset + 2 + count
    if (start + length > octets.length) {
      return undefined
    }
    const content = octets.subarray(start, start + length)
    const isStructured = (tag & 0x20) !== 0 && depth < maxDepth
    nodes.push({
      tag,
      content,
      children: isStructured ? readNodes(content, depth + 1) : undefined,
      form: 'definite',
    })
    offset = start + length
  }
  return nodes
}

const lengthOctets = (length: number, form: Node['form']): Uint8Array => {
  if (form === 'indefinite') {
    return Uint8Array.of(0x80)
  }
  const stated = form === 'wrong' ? length + 3 : length
  if (stated < 0x80 && form !== 'long') {
    return Uint8Array.of(stated)
  }
  return Uint8Array.of(
    0x84,
    stated >>> 24,
    (stated >>> 16) & 255,
    (stated >>> 8) & 255,
    stated & 255,
  )
}

const writeNode = ({ tag, children, content, form }: Node): Uint8Array => {
  const inner = children === undefined ? content : concatOctets(...children.map(writeNode))
  return concatOctets(
    Uint8Array.of(tag),
    lengthOctets(inner.length, form),
    inner,
    form === 'indefinite' ? new Uint8Array(2) : new Uint8Array(),
  )
}

const countOf = (nodes: readonly Node[]): number =>
  nodes.reduce((sum, { children }) => sum + 1 + countOf(children ?? []), 0)

/** Changes the node of a number, counted from the outside in. */
const changeAt = (
  nodes: readonly Node[],
  index: number,
  change: (node: Node) => readonly Node[],
): readonly Node[] => {
  let left = index
  const walk = (list: readonly Node[]): readonly Node[] =>
    list.flatMap((node) => {
      if (left === 0) {
        left -= 1
        return change(node)
      }
      left -= 1
      return left < 0 || node.children === undefined
        ? [node]
        : [{ ...node, children: walk(node.children) }]
    })
  return walk(nodes)
}

const nodeAt = (nodes: readonly Node[], index: number): Node | undefined => {
  let found: Node | undefined
  changeAt(nodes, index, (node) => {
    found = node
    return [node]
  })
  return found
}

const nest = (node: Node, levels: number): Node => {
  let value = node
  for (let level = 0; level < levels; level += 1) {
    value = { tag: 0x30, content: new Uint8Array(), children: [value], form: 'definite' }
  }
  return value
}

const oddContents: readonly Uint8Array[] = [
  new Uint8Array(),
  Uint8Array.of(0),
  Uint8Array.of(0xff),
  Uint8Array.of(0x80),
  Uint8Array.of(0x00, 0x00),
  new Uint8Array(40).fill(0xff),
  new Uint8Array(5000).fill(0x41),
]

const tags = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x17, 0x18, 0x24, 0x30, 0x31, 0x80, 0xa0,
  0xa1, 0xa3,
]

/** Two copies or many, as long as the whole stays a file that somebody might send. */
const copiesOf = (node: Node, random: FuzzRandom): number => {
  const many = random.pick([2, 50, 2000])
  return many * (countOf([node]) + node.content.length / 100) > 30_000 ? 2 : many
}

/** One change of the structure; lengths around it stay right. */
const changeTree = (
  nodes: readonly Node[],
  { random, donor }: { random: FuzzRandom; donor: readonly Node[] },
): readonly Node[] => {
  const total = countOf(nodes)
  const index = random.below(Math.max(1, total))
  const other = nodeAt(donor, random.below(Math.max(1, countOf(donor))))
  const changes: readonly ((node: Node) => readonly Node[])[] = [
    () => [],
    (node) => [node, node],
    (node) => [{ ...node, tag: random.pick(tags) }],
    (node) => [{ ...node, tag: node.tag ^ 0x20 }],
    (node) => [{ ...node, children: undefined, content: random.pick(oddContents) }],
    (node) => [{ ...node, children: undefined, content: random.octets(random.below(40)) }],
    (node) => [{ ...node, children: node.children?.toReversed() }],
    (node) => [{ ...node, form: random.pick(['long', 'indefinite', 'wrong'] as const) }],
    (node) => [nest(node, random.pick([1, 3, 40, 300]))],
    (node) => Array.from({ length: copiesOf(node, random) }, () => node),
    (node) => (other === undefined ? [node] : [other]),
    (node) => (other === undefined ? [node] : [node, other]),
  ]
  return changeAt(nodes, index, random.pick(changes))
}

/** One change of octets, whatever they mean. */
const changeOctets = (octets: Uint8Array, random: FuzzRandom): Uint8Array => {
  const position = random.below(Math.max(1, octets.length))
  const changes: readonly (() => Uint8Array)[] = [
    () => octets.with(position, (octets[position] ?? 0) ^ (1 << random.below(8))),
    () => octets.with(position, random.pick([0, 0x7f, 0x80, 0x84, 0xff])),
    () => octets.subarray(0, position),
    () =>
      concatOctets(octets.subarray(0, position), octets.subarray(position + 1 + random.below(4))),
    () =>
      concatOctets(
        octets.subarray(0, position),
        random.octets(1 + random.below(4)),
        octets.subarray(position),
      ),
    () => concatOctets(octets, random.octets(1 + random.below(3))),
  ]
  return octets.length === 0 ? random.octets(8) : random.pick(changes)()
}

/** Largest file that is made: the readers have limits of their own, and time is short. */
const maxOctets = 4_000_000

/** A file made from a valid one: up to four changes of its structure, sometimes of bare octets as well. */
export const mutateOctets = (
  seed: Uint8Array,
  { random, donor }: { readonly random: FuzzRandom; readonly donor: Uint8Array },
): Uint8Array => {
  let octets = seed
  const nodes = readNodes(seed)
  if (nodes !== undefined && random.below(4) > 0) {
    const other = readNodes(donor) ?? []
    let changed = nodes
    for (let count = random.below(4); count >= 0 && countOf(changed) < 50_000; count -= 1) {
      changed = changeTree(changed, { random, donor: other })
    }
    octets = concatOctets(...changed.map(writeNode))
  }
  if (nodes === undefined || random.below(3) === 0) {
    octets = changeOctets(octets, random)
  }
  return octets.subarray(0, maxOctets)
}
