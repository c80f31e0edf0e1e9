import { describe, expect, it } from 'vitest'
import { algorithmOid, digestOf } from '../keys/index.ts'
import { hasFixtures, readFixture } from '../test-support/fixtures.ts'
import { c14nAlgorithm } from './algorithms.ts'
import { canonicalize } from './canonicalize.ts'
import { attributeOf, childElements, childrenNamed, isElement } from './elements.ts'
import { namespace } from './namespaces.ts'
import { readXmlSource, withXml } from './open-document.ts'
import { readReference, readSignature } from './read-signature.ts'
import { canonicalizeByXpath } from './testing/canonicalize-by-xpath.ts'

const folder = 'crypto/xml-c14n'
const namespaces = {
  bar: 'http://example.org/bar',
  baz: 'http://example.org/baz',
  foo: 'http://example.org/foo',
}
const expected = (index: number): string =>
  new TextDecoder().decode(readFixture(`${folder}/c14n-${index}.txt`))

describe.skipIf(!hasFixtures(folder))('canonical forms of merlin-c14n-three', () => {
  it('are the 27 of its references, by octets and by digest', async () => {
    const source = await readXmlSource(readFixture(`${folder}/signature.xml`))
    withXml(source, (document) => {
      const elements = document.find('//ds:Reference', { ds: namespace.ds }).filter(isElement)
      expect(elements).toHaveLength(27)
      for (const [index, element] of elements.entries()) {
        const reference = readReference(element)
        const [filter, c14n] = reference?.transforms ?? []
        const [xpath] = filter === undefined ? [] : childElements(filter.element)
        const [list] = c14n === undefined ? [] : childElements(c14n.element)
        const octets = canonicalizeByXpath(document, {
          expression: xpath?.content ?? '',
          namespaces,
          mode: c14n === undefined ? 0 : 1,
          prefixes: list === undefined ? [] : (attributeOf(list, 'PrefixList') ?? '').split(' '),
        })
        expect(new TextDecoder().decode(octets), `c14n-${index}`).toBe(expected(index))
        expect(digestOf(algorithmOid.sha1, octets)).toEqual(reference?.digestValue)
      }
    })
  })

  it('are the 28th of its SignedInfo, and the first as a whole element', async () => {
    const source = await readXmlSource(readFixture(`${folder}/signature.xml`))
    withXml(source, (document) => {
      const algorithm = c14nAlgorithm('http://www.w3.org/TR/2001/REC-xml-c14n-20010315')
      const [signature] = childrenNamed(document.root, namespace.ds, 'Signature')
      const [something] = childrenNamed(document.root, namespaces.bar, 'Something')
      if (algorithm === undefined || signature === undefined || something === undefined) {
        throw new Error('the vectors are others')
      }
      const { signedInfo } = readSignature(signature, { maxReferences: 32 })
      const canonical = (element: typeof something): string =>
        new TextDecoder().decode(canonicalize(element, { algorithm }))
      expect(canonical(signedInfo ?? signature)).toBe(expected(27))
      expect(canonical(something)).toBe(expected(0))
    })
  })
})
