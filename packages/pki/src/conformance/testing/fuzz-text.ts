import type { FuzzRandom } from './fuzz-random.ts'

const fragments: readonly string[] = [
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  '&#0;',
  '&#xD;',
  '<!-- x -->',
  '<?pi x?>',
  '<![CDATA[x]]>',
  ' xmlns:ds="urn:other"',
  ' Id="x"',
  ' URI="#x"',
  ' URI="file:///etc/passwd"',
  ' URI=""',
  '\u0000',
  '\uFEFF',
  ']]>',
  '<a:b/>',
  '</ds:Signature>',
  '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">',
  '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>',
  '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>//*</ds:XPath></ds:Transform>',
  '<a>'.repeat(3000),
  ` x="${'y'.repeat(100_000)}"`,
  Array.from({ length: 2000 }, (_, index) => ` xmlns:n${index}="u${index}"`).join(''),
]

/** Where a mark-up begins or ends, an attribute value, and any place at all. */
const placeIn = (text: string, random: FuzzRandom): number => {
  const marks = [...text.matchAll(/[<>"]/g)].map(({ index }) => index)
  return marks.length === 0 || random.below(4) === 0
    ? random.below(text.length + 1)
    : random.pick(marks) + random.below(2)
}

const elements = (text: string): readonly string[] => text.match(/<[^<>]{1,2000}>/g) ?? ['<a/>']

/** A document made from a valid one: up to three changes of its mark-up or characters. */
export const mutateText = (
  seed: Uint8Array,
  { random, donor }: { readonly random: FuzzRandom; readonly donor: Uint8Array },
): Uint8Array => {
  const decode = (octets: Uint8Array): string => new TextDecoder().decode(octets)
  let text = decode(seed)
  for (let count = random.below(3); count >= 0; count -= 1) {
    const place = placeIn(text, random)
    const length = random.below(80)
    const [before, after] = [text.slice(0, place), text.slice(place)]
    const changes: readonly (() => string)[] = [
      () => before + after.slice(1 + random.below(length + 1)),
      () => before + after.slice(0, length) + after,
      () => before + random.pick(fragments) + after,
      () => before + random.pick(elements(text)) + after,
      () => before + random.pick(elements(decode(donor))) + after,
      () => before + after.replace(/"[^"]*"/, () => random.pick(text.match(/"[^"]*"/g) ?? ['""'])),
      () => before + String.fromCharCode(random.below(0x2100)) + after.slice(1),
      () => before,
    ]
    text = random.pick(changes)()
  }
  const octets = new TextEncoder().encode(text.toWellFormed())
  const position = random.below(Math.max(1, octets.length))
  return random.below(6) === 0 && octets.length > 0
    ? octets.with(position, random.below(256))
    : octets
}
