import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codeOfAsync } from '../test-support/code-of.ts'
import { algorithmUri, c14nAlgorithm } from './algorithms.ts'
import { canonicalize } from './canonicalize.ts'
import { isElement } from './elements.ts'
import { readXmlSource, withXml } from './open-document.ts'
import {
  inheriting,
  type MadeElement,
  madeDocument,
  renderElement,
} from './testing/random-document.ts'
import { hasXmllint, xmllintC14n } from './testing/xmllint.ts'

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

const canonicalText = async (
  text: string,
  {
    uri,
    path,
    inclusivePrefixes = [],
  }: { uri: string; path?: string; inclusivePrefixes?: readonly string[] },
): Promise<string> => {
  const source = await readXmlSource(octets(text))
  return withXml(source, (document) => {
    const algorithm = c14nAlgorithm(uri)
    const node = path === undefined ? document : document.get(path)
    if (
      algorithm === undefined ||
      node === null ||
      (path !== undefined && !isElement(node as never))
    ) {
      throw new Error('there is nothing to canonicalise')
    }
    return new TextDecoder().decode(
      canonicalize(node as typeof document, { algorithm, inclusivePrefixes }),
    )
  })
}

const modes = [
  ['--c14n', algorithmUri.c14n10],
  ['--c14n11', algorithmUri.c14n11],
  ['--exc-c14n', algorithmUri.exclusiveC14n],
] as const

/** The same documents in every run, so that a failure can be seen again. */
const made = fc.sample(madeDocument, { numRuns: 150, seed: 20010315 })

/** Every chain of elements from the root down, the root alone left out. */
const chainsOf = (root: MadeElement): readonly (readonly MadeElement[])[] => {
  const below = (chain: readonly MadeElement[]): readonly (readonly MadeElement[])[] =>
    (chain.at(-1)?.children ?? []).flatMap((child) =>
      child.kind === 'element' ? [[...chain, child], ...below([...chain, child])] : [],
    )
  return below([root])
}

const pathOfChain = (chain: readonly MadeElement[]): string =>
  chain
    .map((each, level) => {
      const siblings = chain[level - 1]?.children.filter(({ kind }) => kind === 'element') ?? [each]
      return `/*[${siblings.indexOf(each) + 1}]`
    })
    .join('')

describe.skipIf(!hasXmllint)('canonical form against xmllint', () => {
  it.each(modes)('%s, with comments', async (mode, uri) => {
    const documents = made.map((root) => renderElement(root, { comments: true }))
    const peer = xmllintC14n(mode, documents)
    expect(peer).toHaveLength(documents.length)
    for (const [index, document] of documents.entries()) {
      const withComments = uri.endsWith('#') ? `${uri}WithComments` : `${uri}#WithComments`
      expect(await canonicalText(document, { uri: withComments })).toBe(peer[index])
    }
  })

  it.each(modes)('%s, without comments', async (mode, uri) => {
    const peer = xmllintC14n(
      mode,
      made.map((root) => renderElement(root, { comments: false })),
    )
    for (const [index, root] of made.entries()) {
      const document = renderElement(root, { comments: true })
      expect(await canonicalText(document, { uri })).toBe(peer[index])
    }
  })

  it.each([
    ['--c14n', algorithmUri.c14n10, ['xml:lang', 'xml:space', 'xml:base', 'xml:id']],
    ['--exc-c14n', algorithmUri.exclusiveC14n, []],
  ] as const)(
    '%s of an element is that of a document that says what it inherits',
    async (mode, uri, xmlAttributes) => {
      const cases = made.slice(0, 100).flatMap((root) =>
        chainsOf(root).flatMap((chain) => {
          const alone = inheriting(chain, { xmlAttributes })
          return alone === undefined ? [] : [{ root, chain, alone }]
        }),
      )
      expect(cases.length).toBeGreaterThan(100)
      const peer = xmllintC14n(
        mode,
        cases.map(({ alone }) => renderElement(alone, { comments: false })),
      )
      for (const [index, { root, chain }] of cases.entries()) {
        const document = renderElement(root, { comments: true })
        expect(await canonicalText(document, { uri, path: pathOfChain(chain) })).toBe(peer[index])
      }
    },
  )
})

describe('canonical form', () => {
  it('of Canonical XML 1.1 inherits xml:lang and joins xml:base, and leaves xml:id (§2.4)', async () => {
    const document =
      '<a xml:base="http://example.org/x/y" xml:lang="kk" xml:id="a"><b xml:base="../z"><c/></b></a>'
    expect(await canonicalText(document, { uri: algorithmUri.c14n11, path: '/*/*/*' })).toBe(
      '<c xml:base="http://example.org/z" xml:lang="kk"></c>',
    )
    expect(await canonicalText(document, { uri: algorithmUri.c14n10, path: '/*/*/*' })).toBe(
      '<c xml:base="../z" xml:id="a" xml:lang="kk"></c>',
    )
  })

  it('of Exclusive C14N takes only what an element uses (§2.2)', async () => {
    const document =
      '<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org">' +
      '<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff/></n1:elem2></n0:local>'
    expect(await canonicalText(document, { uri: algorithmUri.exclusiveC14n, path: '/*/*' })).toBe(
      '<n1:elem2 xmlns:n1="http://example.net" xml:lang="en"><n3:stuff xmlns:n3="ftp://example.org"></n3:stuff></n1:elem2>',
    )
    expect(
      await canonicalText(document, {
        uri: algorithmUri.exclusiveC14n,
        path: '/*/*',
        inclusivePrefixes: ['n0', 'n3'],
      }),
    ).toBe(
      '<n1:elem2 xmlns:n0="foo:bar" xmlns:n1="http://example.net" xmlns:n3="ftp://example.org" xml:lang="en"><n3:stuff></n3:stuff></n1:elem2>',
    )
  })

  it('keeps a carriage return as &#xD;, orders attributes, drops CDATA and declaration', async () => {
    expect(
      await canonicalText(
        '<?xml version="1.0"?><a b="1" a="&#9;\r\n"><![CDATA[<]]>x\r\ny&#13;\n</a>',
        { uri: algorithmUri.c14n10 },
      ),
    ).toBe('<a a="&#x9; " b="1">&lt;x\ny&#xD;\n</a>')
  })

  it('does not exist for a relative namespace URI (Canonical XML §1.3)', async () => {
    expect(await codeOfAsync(canonicalText('<a xmlns="x"/>', { uri: algorithmUri.c14n10 }))).toBe(
      'xml.not-canonicalizable',
    )
    expect(
      await codeOfAsync(canonicalText('<a xmlns="urn:x"/>', { uri: algorithmUri.c14n10 })),
    ).toBe('accepted')
  })
})
