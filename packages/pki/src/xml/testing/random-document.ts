import fc from 'fast-check'

/** A node of a made-up document. */
export type MadeNode =
  | { readonly kind: 'text' | 'cdata' | 'comment' | 'instruction'; readonly value: string }
  | MadeElement

/** An element of a made-up document. */
export type MadeElement = {
  readonly kind: 'element'
  readonly prefix: string
  readonly name: string
  /** Prefix to URI; `''` is the default namespace. */
  readonly namespaces: Readonly<Record<string, string>>
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly MadeNode[]
}

const value = fc.string({
  unit: fc.constantFrom('a', 'Ш', '₸', ' ', '\t', '\n', '\r', '&', '<', '>', '"', "'", '🙂'),
  maxLength: 6,
})
const safe = fc.string({ unit: fc.constantFrom('a', 'Ш', ' ', '\n', '&', '<', '"'), maxLength: 6 })

/** Every prefix that a document uses is declared on its root; inner elements declare again. */
export const madeNamespaces: Readonly<Record<string, string>> = {
  p: 'urn:p',
  q: 'http://example.org/q',
}

const xmlAttributes = ['xml:lang', 'xml:space', 'xml:base', 'xml:id'] as const

const attributes = fc
  .uniqueArray(fc.constantFrom('z', 'a', 'Id', 'p:z', 'p:a', 'q:a', ...xmlAttributes), {
    maxLength: 4,
  })
  .chain((names) =>
    fc.tuple(...names.map(() => value)).map((values) =>
      Object.fromEntries(
        names.map((name, index) => {
          const any = values[index] ?? ''
          // The parser normalises xml:id, and xml:base is a URI.
          const plain = { 'xml:id': 'i', 'xml:base': 'http://example.org/x/' }[name as string]
          return [name, plain ?? any] as const
        }),
      ),
    ),
  )

const namespaces = fc.dictionary(
  fc.constantFrom('', 'p', 'q', 'r'),
  fc.constantFrom('urn:p', 'urn:other', 'http://example.org/q'),
  { maxKeys: 2 },
)

const leaf: fc.Arbitrary<MadeNode> = fc.oneof(
  value.map((text) => ({ kind: 'text' as const, value: text })),
  safe.map((text) => ({ kind: 'cdata' as const, value: text })),
  safe.map((text) => ({ kind: 'comment' as const, value: text })),
  safe.map((text) => ({ kind: 'instruction' as const, value: text.trim() })),
)

const element = (depth: number): fc.Arbitrary<MadeElement> =>
  fc.record({
    kind: fc.constant('element' as const),
    prefix: fc.constantFrom('', 'p', 'q'),
    name: fc.constantFrom('a', 'b', 'шарт'),
    namespaces,
    attributes,
    children: fc.array(
      depth === 0 ? leaf : fc.oneof({ weight: 2, arbitrary: leaf }, element(depth - 1)),
      { maxLength: 4 },
    ),
  })

/** Documents with namespaces, attributes, comments, CDATA, processing instructions, `xml:` attributes. */
export const madeDocument: fc.Arbitrary<MadeElement> = element(3).map((root) => ({
  ...root,
  namespaces: { ...madeNamespaces, ...root.namespaces },
}))

const escapeValue = (text: string): string =>
  text.replace(/[&<>"\r\n\t]/g, (character) => `&#${character.codePointAt(0) ?? 0};`)

/** How a document is written. */
export type RenderOptions = { readonly comments: boolean }

const renderNode = (node: MadeNode, options: RenderOptions): string => {
  switch (node.kind) {
    case 'element':
      return renderElement(node, options)
    case 'text':
      return node.value.replace(/[&<>\r]/g, (character) => `&#${character.codePointAt(0) ?? 0};`)
    case 'cdata':
      return `<![CDATA[${node.value}]]>`
    case 'comment':
      return options.comments ? `<!--${node.value}-->` : ''
    case 'instruction':
      return `<?pi ${node.value}?>`
  }
}

/** The text of an element. Attributes of two prefixes of one URI are left out: they would clash. */
export const renderElement = (made: MadeElement, options: RenderOptions): string => {
  const qualified = made.prefix === '' ? made.name : `${made.prefix}:${made.name}`
  const declared = Object.entries(made.namespaces).map(([prefix, uri]) =>
    prefix === '' ? ` xmlns="${uri}"` : ` xmlns:${prefix}="${uri}"`,
  )
  const written = Object.entries(made.attributes)
    .filter(([name]) => !(name === 'q:a' && 'p:a' in made.attributes))
    .map(([name, text]) => ` ${name}="${escapeValue(text)}"`)
  const children = made.children.map((child) => renderNode(child, options))
  return `<${qualified}${declared.join('')}${written.join('')}>${children.join('')}</${qualified}>`
}

/** An inner element with everything it inherits written on itself (Canonical XML 1.0 §2.4). */
export const inheriting = (
  chain: readonly MadeElement[],
  { xmlAttributes: inherited }: { readonly xmlAttributes: readonly string[] },
): MadeElement | undefined => {
  const last = chain.at(-1)
  const fromAncestors = chain
    .slice(0, -1)
    .flatMap((each) => Object.entries(each.attributes))
    .filter(([name]) => inherited.includes(name))
  return last === undefined
    ? undefined
    : {
        ...last,
        namespaces: Object.assign({}, ...chain.map((each) => each.namespaces)),
        attributes: { ...Object.fromEntries(fromAncestors), ...last.attributes },
      }
}
